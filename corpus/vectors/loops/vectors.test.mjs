// node --test: auth-header, which reads one challenge. Change read() to your reader, and begin with no known differences.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import assert from "node:assert";
import test from "node:test";

const { parse } = createRequire(process.env.MODULES)("auth-header");
const vectors = JSON.parse(readFileSync(process.env.VECTORS + "/WWW-Authenticate.rfc9110-recipient.json"));
const known = new Set(readFileSync(process.env.KNOWN, "utf8").split(/\s+/));
const map = (params) => Object.fromEntries(params.map(([name, value]) => [name.toLowerCase(), value]));

function read(lines) {
  const { scheme, params, token } = parse(lines.join(", "));
  return [[scheme.toLowerCase(), token, map(Object.entries(params))]];
}

for (const vector of vectors) {
  test(vector.name, () => {
    const expected = (vector.expected || []).map(({ scheme, token68, params }) => [scheme.toLowerCase(), token68, map(params)]);
    let told = [];
    try {
      told = read(vector.raw);
    } catch {}
    const right = (told.length === 0 && (vector.must_fail || vector.can_fail)) || (!vector.must_fail && isDeepStrictEqual(told, expected));
    assert(Boolean(right) !== known.has(vector.name), JSON.stringify(told));
  });
}
