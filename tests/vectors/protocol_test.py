"""Tests scripts/vectors.d/runner.py: every outcome is seen for what it is, on programs made for it."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "vectors.d"))

import runner  # noqa: E402
import vectorfile  # noqa: E402

AUTHLINT = None

EVENTS = [
    {"kind": "challenge_begin", "begin": 0, "end": 0},
    {"kind": "scheme", "begin": 0, "end": 1},
    {"kind": "param_name", "begin": 2, "end": 3},
    {"kind": "param_value", "begin": 5, "end": 8, "quoted": True},
    {"kind": "challenge_end", "begin": 0, "end": 9},
]
VALID = {"editions": list(vectorfile.EDITIONS), "valid": True, "events": EVENTS}
INVALID = {"editions": list(vectorfile.EDITIONS), "valid": False, "error_offset": 3}
RIGHT = [{"scheme": "A", "token68": None, "params": [{"name": "b", "value": "c,", "form": "quoted"}]}]


def case(expected, *lines):
    return runner.Case({"id": "x"}, "WWW-Authenticate", "rfc7235", list(lines), expected)


class Outcomes(unittest.TestCase):
    def check(self, wanted, expected, answer, *lines):
        self.assertEqual(runner.outcome(case(expected, *(lines or [rb'A b="c\,"'])), answer), wanted)

    def test_valid_values(self):
        # The quoted value is `c\,` in the field and `c,` unescaped.
        self.check("agrees", VALID, {"valid": True})
        self.check("agrees", VALID, {"valid": True, "parsed": RIGHT})
        self.check("agrees", VALID, {"valid": True, "parsed": [{"scheme": "a", "params": [{"name": "B", "value": "c,"}]}]})
        self.check("agrees", VALID, {"valid": True, "events": EVENTS})
        self.check("too tight", VALID, {"valid": False})
        self.check("misread", VALID, {"valid": True, "parsed": []})
        self.check("misread", VALID, {"valid": True, "parsed": [{"scheme": "A", "token68": "b", "params": []}]})
        self.check("misread", VALID, {"valid": True, "parsed": [{**RIGHT[0], "params": [{"name": "b", "value": "c\\,"}]}]})
        self.check("misread", VALID, {"valid": True, "parsed": [{**RIGHT[0], "params": [{"name": "b", "value": "c,", "form": "token"}]}]})
        self.check("misread", VALID, {"valid": True, "events": EVENTS[1:]})

    def test_invalid_values(self):
        self.check("agrees", INVALID, {"valid": False})
        self.check("agrees", INVALID, {"valid": False, "error": {"offset": 3}})
        self.check("offset", INVALID, {"valid": False, "error": {"offset": 2}})
        self.check("too loose", INVALID, {"valid": True})

    def test_places_in_several_lines(self):
        # "A, B": the offset 3 is the first byte of the second line.
        self.check("agrees", INVALID, {"valid": False, "error": {"line": 1, "offset": 0}}, b"A", b"B")
        self.check("offset", INVALID, {"valid": False, "error": {"line": 0, "offset": 0}}, b"A", b"B")

    def test_no_answers(self):
        self.check("skipped", VALID, {"skipped": "not read here"})
        for answer in (None, [], {}, {"error": {}}, {"valid": "yes"}, {"valid": True, "parsed": [{"params": [{}]}]}):
            self.check("failed", VALID, answer)


class Places(unittest.TestCase):
    def test_every_offset(self):
        # ab, , cde: "ab, cde"
        wanted = [(0, 0), (0, 1), (0, 2), (0, 2), (2, 0), (2, 1), (2, 2), (2, 3)]
        self.assertEqual([vectorfile.place([b"ab", b"", b"cde"], at) for at in range(8)], wanted)


class Programs(unittest.TestCase):
    """Whole programs behind the protocol."""

    def run_script(self, source):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "program.py"
            program.write_text(source, "utf-8")
            done = subprocess.run(
                [str(ROOT / "scripts" / "vectors"), "run", "--vectors", str(ROOT / "corpus/vectors/peers.json"),
                 "--", sys.executable, str(program)],
                capture_output=True, text=True,
            )
            return done.returncode, done.stdout

    def row(self, output):
        return [int(each) for each in output.splitlines()[-1].strip("| ").split("|")[1:]]

    def test_one_that_accepts_everything(self):
        status, output = self.run_script("import sys\nfor _ in sys.stdin: print('{\"valid\": true}')")
        cases, agrees, tight, loose, *_ = self.row(output)
        self.assertEqual(status, 1)
        self.assertEqual((agrees + loose, tight), (cases, 0))
        self.assertGreater(min(agrees, loose), 0)

    def test_one_that_stops(self):
        status, output = self.run_script("print('{\"valid\": true}')")
        row = self.row(output)
        self.assertEqual((status, row[0] - row[-1]), (1, 1))

    def test_authlint_agrees_with_all(self):
        for edition in vectorfile.EDITIONS:
            asked = runner.cases([ROOT / "corpus" / "vectors" / "witness.json"], edition)
            counts, others, _ = runner.run([AUTHLINT, "parse", "--ndjson", "--reveal", "--edition", edition], asked)
            self.assertEqual((others, counts["agrees"]), ([], len(asked)))

    def test_the_worked_examples_answer(self):
        """Each parser of others that is installed answers every question with a verdict or skips it."""
        asked = runner.cases([ROOT / "corpus" / "vectors" / "rfc-examples.json"], "rfc9110-recipient")
        for program, module in (("werkzeug_parser", "werkzeug"), ("httplib2_parser", "httplib2"), ("urllib_parser", "json")):
            if subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode:
                continue
            command = [sys.executable, str(ROOT / "scripts/vectors.d/parsers" / f"{program}.py")]
            counts, _, _ = runner.run(command, asked)
            with self.subTest(program):
                self.assertEqual(counts["failed"], 0)
                self.assertGreater(counts["agrees"], 0)
                self.assertGreater(sum(counts.values()), counts["agrees"] + counts["skipped"])


if __name__ == "__main__":
    AUTHLINT = sys.argv.pop(1)
    unittest.main()
