"""Tests scripts/vectors.d/lint.py: each kind of defect, put into good vectors one at a time, is found."""

import contextlib
import copy
import io
import json
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "vectors.d"))
import lint as linter

GOOD = {
    "schema": 1,
    "title": "t",
    "description": "d",
    "generated": False,
    "flags": {"Flag": {"bug_class": "c", "description": "d", "requirements": ["R7235-4.1-syntax"]}},
    "vectors": [
        {
            "id": "one",
            "fields": ["WWW-Authenticate"],
            "raw": ['A b="c"'],
            "expected": [
                {
                    "editions": ["rfc7235", "rfc9110-recipient", "rfc9110-sender"],
                    "valid": True,
                    "events": [
                        {"kind": "challenge_begin", "begin": 0, "end": 0},
                        {"kind": "scheme", "begin": 0, "end": 1},
                        {"kind": "param_name", "begin": 2, "end": 3},
                        {"kind": "param_value", "begin": 5, "end": 6, "quoted": True},
                        {"kind": "challenge_end", "begin": 0, "end": 7},
                    ],
                }
            ],
            "flags": ["Flag"],
        },
        {
            "id": "two",
            "fields": ["WWW-Authenticate"],
            "raw": ["="],
            "expected": [
                {"editions": ["rfc7235", "rfc9110-recipient", "rfc9110-sender"], "valid": False, "error_offset": 0}
            ],
        },
    ],
}


def lint(content):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "vectors.json"
        path.write_text(json.dumps(content), "utf-8")
        output = io.StringIO()
        arguments = ["lint.py", "--root", str(ROOT), str(path)]
        with mock.patch.object(sys, "argv", arguments), contextlib.redirect_stdout(output), \
                contextlib.redirect_stderr(output):
            return linter.main(), output.getvalue()


class Linter(unittest.TestCase):
    def refused(self, words, change):
        content = copy.deepcopy(GOOD)
        change(content, content["vectors"])
        status, output = lint(content)
        self.assertEqual(status, 1, output)
        self.assertIn(words, output)

    def test_good(self):
        status, output = lint(GOOD)
        self.assertEqual(status, 0, output)

    def test_ids(self):
        self.refused("the id is also in", lambda c, v: v[1].update(id="one"))

    def test_same_value(self):
        self.refused("the same value as one", lambda c, v: v.append({**v[0], "id": "three"}))

    def test_flags(self):
        self.refused("no flag Other", lambda c, v: v[1].update(flags=["Other"]))
        self.refused("no vector has it", lambda c, v: v[0].pop("flags"))
        self.refused("no requirement R0", lambda c, v: c["flags"]["Flag"].update(requirements=["R0"]))

    def test_situations(self):
        def situated(level, names=("s", "s")):
            def change(content, vectors):
                content["situations"] = {"s": {"level": level, "section": "RFC 9110, 11.3", "title": "t"}}
                for vector, name in zip(vectors, names):
                    vector.update({"situation": name} if name else {})

            return change

        self.refused("situation s is must, and the value is invalid", situated("must"))
        self.refused("no situation other in the file", situated("may", ("s", "other")))
        self.refused("without a situation", situated("may", ("s", None)))
        self.refused("situation s: no vector has it", situated("may", ("other", "other")))

    def test_editions(self):
        self.refused("each of the three once", lambda c, v: v[1]["expected"][0]["editions"].pop())
        self.refused("each of the three once", lambda c, v: v[1]["expected"].append({"editions": ["rfc7235"], "valid": False, "error_offset": 0}))

    def test_offsets(self):
        events = lambda v: v[0]["expected"][0]["events"]
        self.refused("outside the value", lambda c, v: v[1]["expected"][0].update(error_offset=2))
        self.refused("is not in the value", lambda c, v: events(v)[4].update(end=8))
        self.refused("more than separators before it", lambda c, v: events(v)[3].update(begin=6, end=6, quoted=False))
        self.refused("not after scheme", lambda c, v: events(v).pop(2))
        self.refused("no DQUOTE at its ends", lambda c, v: events(v)[3].update(begin=4))
        self.refused("not from the scheme", lambda c, v: events(v)[4].update(end=6))
        self.refused("the events stop in the middle", lambda c, v: [events(v).pop() for _ in range(3)])

    def test_hexadecimal(self):
        def change(content, vectors):
            vectors[1]["raw_hex"] = [vectors[1].pop("raw")[0].encode().hex()]

        self.refused("all is printable", change)


class Schema(Linter):
    """What only the schema finds; needs python3-jsonschema."""

    @classmethod
    def setUpClass(cls):
        if not linter.jsonschema:
            raise unittest.SkipTest("no python3-jsonschema")

    def test_members(self):
        self.refused("'x' was unexpected", lambda c, v: v[0].update(x=1))
        self.refused("'command' is a required property", lambda c, v: c.update(generated=True))
        self.refused("is not one of", lambda c, v: v[0].update(fields=["Cookie"]))
        self.refused("does not match", lambda c, v: v[0].update(raw=["\t"]))


if __name__ == "__main__":
    unittest.main()
