"use strict";

const fs = require("fs");
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

// known(reader, field): the names of the vectors that a reader of known/README.md does not read as the RFC does.
function known(reader, field) {
  if (!fields.includes(field)) throw new RangeError(`no field ${field}`);
  const file = path.join(__dirname, "known", `${path.basename(reader)}.${field}.txt`);
  if (!fs.existsSync(file)) throw new RangeError(`no list of ${reader} and ${field}`);
  return fs.readFileSync(file, "ascii").split("\n").filter(Boolean);
}

module.exports = { fields, editions, vectors, known };
