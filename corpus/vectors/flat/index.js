"use strict";

const path = require("path");

const fields = [
  "WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization", "Authentication-Info",
  "Proxy-Authentication-Info",
];
const editions = ["rfc7235", "rfc9110-recipient", "rfc9110-sender"];

// vectors(field, edition): the vectors of a field; the edition is rfc9110-recipient unless another is named.
function vectors(field, edition = "rfc9110-recipient") {
  if (!fields.includes(field)) throw new RangeError(`no field ${field}`);
  if (!editions.includes(edition)) throw new RangeError(`no edition ${edition}`);
  return require(path.join(__dirname, `${field}.${edition}.json`));
}

module.exports = { fields, editions, vectors };
