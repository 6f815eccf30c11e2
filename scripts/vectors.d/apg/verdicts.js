// What apg-js makes of RFC 7235's collected ABNF, taken as it is: its verdicts on the hand-written vectors.
"use strict";

const fs = require("fs");
const path = require("path");
const { apgApi, apgLib } = require("apg-js");

const repository = process.argv[2];
const edition = "rfc7235";
const version = JSON.parse(fs.readFileSync(path.join(path.dirname(require.resolve("apg-js/package.json")), "package.json"))).version;

// The texts as they are, less the prose that imports rules from RFC 7230, which stand in a file of their own.
const text = ["rfc7235", "rfc7230", "rfc5234"]
  .map((name) => fs.readFileSync(path.join(repository, "grammar", "abnf", `${name}.abnf`), "latin1"))
  .map((each) => each.replace(/^[A-Za-z0-9-]+ = <[^>]*>\n/gm, ""))
  .join("\n");
const api = new apgApi(text);
api.generate();
if (api.errors.length) {
  console.error(api.errorsToAscii());
  process.exit(2);
}
const grammar = api.toObject();

function parse(rule, bytes) {
  const parser = new apgLib.parser();
  return parser.parse(grammar, rule.toLowerCase(), Array.from(bytes));
}

function linesOf(vector) {
  return vector.raw_hex
    ? vector.raw_hex.map((line) => Buffer.from(line, "hex"))
    : vector.raw.map((line) => Buffer.from(line, "latin1"));
}

function joined(lines) {
  return Buffer.from(lines.filter((line) => line.length).map((line) => line.toString("latin1")).join(", "), "latin1");
}

console.log(`apg-js ${version}, RFC 7235's collected ABNF, edition ${edition}`);
for (const example of [
  'Basic realm="simple"',
  'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
  "Negotiate abc=",
  "A ,B",
]) {
  const result = parse("WWW-Authenticate", Buffer.from(example, "latin1"));
  console.log(`  ${result.success ? "accepted" : "rejected"}, ${result.maxMatched} of ${example.length} characters matched: ${example}`);
}

const folder = path.join(repository, "corpus", "vectors");
let all = { cases: 0, agrees: 0, tight: 0, loose: 0 };
for (const name of fs.readdirSync(folder).sort()) {
  if (!name.endsWith(".json") || name === "schema.json") continue;
  const content = JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
  if (content.generated) continue;
  const counts = { cases: 0, agrees: 0, tight: 0, loose: 0 };
  for (const vector of content.vectors) {
    const expected = vector.expected.find((each) => each.editions.includes(edition));
    const value = joined(linesOf(vector));
    for (const field of vector.fields) {
      // RFC 7235 has no -Info fields. An empty input is none to apg-js.
      if (field.endsWith("Info") || value.length === 0) continue;
      const valid = parse(field, value).success;
      counts.cases += 1;
      if (valid === expected.valid) counts.agrees += 1;
      else if (expected.valid) counts.tight += 1;
      else counts.loose += 1;
    }
  }
  console.log(`  ${name}: ${counts.cases} cases, ${counts.agrees} agree, ${counts.tight} too tight, ${counts.loose} too loose`);
  for (const key of Object.keys(all)) all[key] += counts[key];
}
console.log(`  in all: ${all.cases} cases, ${all.agrees} agree, ${all.tight} too tight, ${all.loose} too loose`);
