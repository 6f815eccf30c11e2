"""Tests scripts/survey compare: which cells of another run contradict ours, and what counts as explained."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
A, B = "dressed-plain-basic", "dressed-plain-digest"


class Compare(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.result("ours", "good", {A: ("agrees", None), B: ("confused", [["scheme", "digest"]])})

    def result(self, folder, reader, answers, version="1.0"):
        told = {name: {"effect": effect, **({"told": parts} if parts else {})} for name, (effect, parts) in answers.items()}
        (self.path / folder).mkdir(exist_ok=True)
        (self.path / folder / f"{reader}.json").write_text(json.dumps({"reader": reader, "version": version, "answers": told}))

    def lines(self, *lines):
        (self.path / "other.tsv").write_text("".join("\t".join(words) + "\n" for words in lines))
        return "other.tsv"

    def compare(self, other, *options):
        command = [sys.executable, "-B", ROOT / "scripts/survey.d/compare.py", "--root", ROOT, "--results-folder", self.path / "ours", *options, self.path / other]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def explained(self, *lines):
        (self.path / "explained.tsv").write_text("# why\n" + "".join("\t".join(words) + "\n" for words in lines))
        return "--explained", self.path / "explained.tsv"

    def test_the_same(self):
        status, text = self.compare("ours")
        self.assertIn("2 cells of 1 readers compared: 0 contradict", text)
        self.assertEqual(status, 0)

    def test_another_effect_contradicts(self):
        self.result("other", "good", {A: ("refuses", None), B: ("confused", [["scheme", "digest"]])})
        status, text = self.compare("other")
        self.assertIn(f"good: {A}: agrees here, refuses there\n", text)
        self.assertIn("1 contradict, of which 0 are of another version, 0 explained, 1 not explained", text)
        self.assertEqual(status, 1)

    def test_another_part_contradicts(self):
        self.result("other", "good", {B: ("confused", [["scheme", "basic"]])})
        status, text = self.compare("other")
        self.assertIn(f"good: {B}: confused [['scheme', 'digest']] here, confused [['scheme', 'basic']] there", text)
        self.assertIn("not compared: 1 cells only here, 0 only there", text)
        self.assertEqual(status, 1)

    def test_another_version_does_not(self):
        self.result("other", "good", {A: ("crash", None)}, version="2.0")
        status, text = self.compare("other")
        self.assertIn("(version 1.0 here, 2.0 there)", text)
        self.assertIn("1 contradict, of which 1 are of another version, 0 explained, 0 not explained", text)
        self.assertEqual(status, 0)

    def test_what_is_explained_does_not(self):
        self.result("other", "good", {A: ("refuses", None)})
        status, text = self.compare("other", *self.explained(("good", "*-basic", "agrees", "ref*", "asks another function")))
        self.assertIn("agrees here, refuses there (asks another function)", text)
        self.assertEqual(status, 0)

    def test_an_explanation_without_use_is_an_error(self):
        status, text = self.compare("ours", *self.explained(("good", "*", "agrees", "lost", "no longer")))
        self.assertIn("explains nothing: good * agrees lost: no longer", text)
        self.assertEqual(status, 1)

    def test_lines_with_wider_words(self):
        for word, status in (("differs", 0), ("fails", 0), ("agrees", 1), ("dies", 1)):
            self.assertEqual(self.compare(self.lines(("good", B, word)))[0], status, word)

    def test_lines_by_value(self):
        flat = json.loads((ROOT / "corpus/vectors/flat/WWW-Authenticate.rfc9110-recipient.json").read_text())
        line = next(each["raw"][0] for each in flat if each["name"] == B)
        status, text = self.compare(self.lines(("good", "hex:" + line.encode("latin-1").hex(), "lost")))
        self.assertIn(f"good: {B}: confused [['scheme', 'digest']] here, lost there", text)
        self.assertEqual(status, 1)

    def test_nothing_in_common_is_no_success(self):
        status, text = self.compare(self.lines(("another", A, "agrees")))
        self.assertIn("readers only here: good; only there: another", text)
        self.assertEqual(status, 1)

    def test_what_is_not_measured_is_not_compared(self):
        (self.path / "other").mkdir()
        (self.path / "other" / "good.json").write_text('{"reader": "good", "not_measured": "gone"}')
        self.assertIn("readers only here: good", self.compare("other")[1])

    def test_what_cannot_be_read_is_named(self):
        for lines, reason in (
            ((("good", A),), "other.tsv:1: 2 columns"),
            ((("good", A, "fine"),), "'fine' is neither an effect nor one of"),
            ((("good", "hex:0", "lost"),), "is not in hexadecimal"),
        ):
            status, text = self.compare(self.lines(*lines))
            self.assertIn(reason, text)
            self.assertEqual(status, 2)
        for text in ("{", '{"answers": 3}', '{"answers": {"a": {}}}'):
            (self.path / "other").mkdir(exist_ok=True)
            (self.path / "other" / "bad.json").write_text(text)
            status, said = self.compare("other")
            self.assertIn("bad.json", said)
            self.assertEqual(status, 2)
        self.assertEqual(self.compare("nowhere")[0], 2)
        self.assertEqual(self.compare("ours", *self.explained(("good", "*", "lost")))[0], 2)


if __name__ == "__main__":
    unittest.main()
