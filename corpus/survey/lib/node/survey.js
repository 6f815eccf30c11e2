// Runner protocol 2 for readers in JavaScript: see corpus/survey/README.md.
"use strict";

const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const readline = require("readline");

const hex = (text) => Buffer.from(String(text), "latin1").toString("hex");

function words(challenge) {
  const found = [];
  const add = (kind, text) => {
    if (text !== undefined && text !== null) found.push(`${kind}:${hex(text)}`);
  };
  add("s", challenge.scheme);
  add("t", challenge.token68);
  const params = challenge.params || [];
  for (const [name, value] of Array.isArray(params) ? params : Object.entries(params)) {
    if (value === undefined || value === null) continue;
    add("n", name);
    add("v", value);
  }
  add("u", challenge.user);
  add("p", challenge.password);
  return found;
}

// The version in a package's package.json.
function version(name) {
  for (const folder of process.env.NODE_PATH.split(":")) {
    const file = path.join(folder, name, "package.json");
    if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file)).version;
  }
  throw new Error(`${name} is not there`);
}

// serve(package, read): read(value, field, lines, scheme) gives a challenge {scheme, token68, params, user, password}, a list of
// them, or nothing if it refuses; what it throws is a refusal too. It may give a promise.
async function serve(name, read) {
  const answer = (text) => fs.writeSync(1, text + "\n");
  answer(`protocol 2 ${version(name)}`);
  console.log = console.warn = () => {};
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [number, field, scheme, text] = line.split(" ");
    const lines = text.split(",").map((each) => (each === "-" ? "" : Buffer.from(each, "hex").toString("latin1")));
    try {
      const told = await read(lines.join(", "), field, lines, scheme);
      const found = told === undefined || told === null ? [] : [].concat(told);
      answer(`${number} ` + (found.length ? "read " + found.flatMap(words).join(" ") : "refused"));
    } catch (problem) {
      answer(`${number} refused ${String(problem && problem.message).replace(/[^ -~]/g, "?").slice(0, 100)}`);
    }
  }
}

// serveWriter(package, write): write(scheme, params) gives the value of a field, from a list of names and values.
function serveWriter(name, write) {
  return serve(name, (value, field, [scheme, ...words]) => {
    const params = [];
    for (let at = 0; at < words.length; at += 2) params.push([words[at], words[at + 1]]);
    return { token68: write(scheme, params) };
  });
}

// What is hashed while `texts` is a list. Set before any reader is loaded, because some keep the function.
let texts = null;
const create = crypto.createHash;
crypto.createHash = (...args) => {
  const hash = create.apply(crypto, args);
  const update = hash.update;
  hash.update = function (data, encoding) {
    if (texts) texts.push(Buffer.isBuffer(data) ? data.toString("latin1") : String(data));
    return update.call(this, data, encoding);
  };
  return hash;
};

// What a Digest client hashes for user "user" and password "pass" tells the realm and the nonce that it took. `run` makes
// it answer, and gives nothing if it does not.
async function hashed(run) {
  texts = [];
  let result;
  try {
    result = await run();
  } finally {
    [hashed.texts, texts] = [texts, null];
  }
  const first = hashed.texts.find((each) => each.startsWith("user:") && each.endsWith(":pass"));
  if (!result || first === undefined) return undefined;
  const ha1 = create("md5").update(first).digest("hex");
  const last = hashed.texts.find((each) => each.startsWith(ha1 + ":"));
  const nonce = last && last.slice(33).replace(/(:[^:]*:[^:]*:auth)?:[0-9a-f]{32}$/, "");
  return { scheme: "Digest", params: [["realm", first.slice(5, -5)], ["nonce", nonce]] };
}

module.exports = { serve, serveWriter, hashed, version };
