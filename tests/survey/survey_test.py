"""Tests scripts/survey.d: what bad readers do stays with them, and answers are judged by the rules of docs/survey.md."""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "survey.d"))

import box  # noqa: E402
import judge  # noqa: E402
import manifest  # noqa: E402
import measure  # noqa: E402
import questions  # noqa: E402
import report  # noqa: E402
import session  # noqa: E402

session.START_SECONDS, session.ANSWER_SECONDS, session.PATIENT_SECONDS = 20, 10, 20
box.MEMORY_BYTES, box.PROCESSES, box.WATCH_SECONDS = 256 << 20, 20, 0.05
BAD = pathlib.Path(__file__).with_name("bad_reader.py")
NO_BOX = subprocess.run(box.command("/nonexistent", ["true"]), capture_output=True, env=box.environment("/nonexistent", {}), check=False).returncode != 0


def opened(kind="good"):
    return session.Session(["/usr/bin/python3", "-B", str(BAD), kind], {}, pathlib.Path("/nonexistent"))


def left_over():
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return sum(str(BAD) in line for line in found.splitlines())


@unittest.skipIf(NO_BOX, "needs root or user namespaces")
class BadReaders(unittest.TestCase):
    def tearDown(self):
        deadline = time.monotonic() + 20
        while left_over() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(left_over(), 0, "processes outlive their reader")

    def ask(self, running, value):
        return running.ask("WWW-Authenticate", "*", [value])[:2]

    def good(self, running):
        self.assertEqual(self.ask(running, b"Basic realm=x")[0], "read")

    def test_a_death_costs_one_answer(self):
        with opened() as running:
            self.good(running)
            self.assertEqual(self.ask(running, b"Crash"), ("crash", "SIGABRT"))
            self.good(running)

    def test_a_death_that_does_not_come_again_is_none(self):
        with opened() as running:
            self.assertEqual(self.ask(running, b"Once")[0], "refused")

    def test_silence(self):
        with opened() as running:
            with mock.patch.object(session, "ANSWER_SECONDS", 0.5), mock.patch.object(session, "PATIENT_SECONDS", 1):
                self.assertEqual(self.ask(running, b"Hang"), ("hang", "no answer in 1 s of a processor, or asleep"))
            self.good(running)

    def test_memory_and_processes(self):
        with opened() as running:
            self.assertEqual(self.ask(running, b"Memory"), ("crash", "more than 256 MiB of memory"))
            self.assertEqual(self.ask(running, b"Forks"), ("crash", "more than 20 processes"))
            self.good(running)

    def test_garbage(self):
        for value in (b"Garbage", b"Endless"):
            with self.subTest(value), opened() as running:
                self.assertRaises(session.Garbage, self.ask, running, value)
                self.good(running)

    def test_two_answers(self):
        with opened() as running:
            self.assertEqual(self.ask(running, b"Twice")[0], "refused")
            self.assertRaises(session.Garbage, self.ask, running, b"Basic realm=x")
            self.good(running)

    def test_a_child_does_not_outlive_it(self):
        with opened() as running:
            self.assertEqual(self.ask(running, b"Leaves")[0], "crash")

    def test_what_does_not_start_is_named(self):
        for kind, reason in (("dies", "exit 3: cannot find its library"), ("other-protocol", "not of the protocol")):
            with self.subTest(kind), opened(kind) as running:
                with self.assertRaisesRegex(session.Unusable, reason):
                    running.start()

    def test_the_network_is_its_own(self):
        with tempfile.TemporaryDirectory() as folder:
            script = pathlib.Path(folder) / "bind.py"
            script.write_text(
                "import socket, sys, time\ns = socket.create_server(('127.0.0.1', 8081))\nprint('protocol 2 1', flush=True)\nsys.stdin.read()\n"
            )
            sessions = [session.Session(["/usr/bin/python3", str(script)], {}, pathlib.Path("/nonexistent")) for _ in range(2)]
            for each in sessions:
                each.start()
            for each in sessions:
                each.__exit__()


MANIFEST = """title = "Test"
language = "Python"
run = ["/usr/bin/python3", "-B", "{reader}", "{kind}"]
{more}
[[reads]]
fields = ["WWW-Authenticate"]
what = "list"
call = "none"
schemes = ["Basic"]
needs = ["realm"]
tells = ["scheme", "params"]
"""


@unittest.skipIf(NO_BOX, "needs root or user namespaces")
class Runs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.readers, self.results = (pathlib.Path(self.folder.name) / name for name in ("readers", "results"))
        self.readers.mkdir()

    def tearDown(self):
        self.folder.cleanup()

    def reader(self, name, kind, more=""):
        (self.readers / f"{name}.toml").write_text(MANIFEST.replace("{reader}", str(BAD)).replace("{kind}", kind).replace("{more}", more))

    def run_survey(self):
        command = ["/usr/bin/python3", "-B", ROOT / "scripts/survey.d/survey.py", "--root", ROOT, "--readers-folder", self.readers, "--results-folder", self.results]
        return subprocess.run([*map(str, command), "run"], capture_output=True, text=True, check=False)

    def test_bad_readers_are_named_and_the_others_go_on(self):
        self.reader("dies", "dies")
        self.reader("good", "good")
        self.reader("unbuilt", "good", 'build = ["true"]')
        done = self.run_survey()
        self.assertIn("dies: not measured: did not start: exit 3: cannot find its library", done.stdout)
        self.assertIn("unbuilt: not measured: not installed", done.stdout)
        # It reads all values as the same challenge: a plain one is read, and counts.
        self.assertRegex(done.stdout, r"good 1\.0: \d+ questions: ")
        self.assertEqual(done.returncode, 0)
        self.assertIn("not_measured", json.loads((self.results / "dies.json").read_text()))
        self.assertEqual({path.name for path in self.results.iterdir()}, {"dies.json", "good.json", "unbuilt.json"})

    def test_two_runs_at_once(self):
        self.reader("good", "good")
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            first, second = pool.map(lambda _: self.run_survey(), range(2))
        self.assertEqual((first.returncode, second.returncode), (0, 0))
        self.assertIn("answers", json.loads((self.results / "good.json").read_text()))

    def test_a_bad_manifest_is_named(self):
        (self.readers / "bad.toml").write_text('title = "x"\nunknown = 1\n')
        done = self.run_survey()
        self.assertEqual(done.returncode, 2)
        self.assertIn("bad.toml: unknown member unknown", done.stderr)


def read_of(what="list", **members):
    table = {"fields": ["WWW-Authenticate"], "what": what, "call": "f", "tells": ["scheme", "token68", "params"], **members}
    return manifest.read_of("test", table)


def verdict(read, wanted, told, level="must"):
    """`wanted` and `told`: [(scheme, [(name, value)…])…]; None is invalid, or refused."""
    challenges = None if wanted is None else [
        {"scheme": scheme, "token68": None, "params": [{"name": name, "value": value} for name, value in params]} for scheme, params in wanted
    ]
    vector = questions.Vector("x", ["WWW-Authenticate"], [b"x"], challenges, level, None)
    parts = "" if told is None else [
        part for scheme, params in told for part in [["scheme", scheme], *(p for name, value in params for p in (["name", name], ["value", value]))]
    ]
    found = judge.judge(questions.Question(vector, read, "WWW-Authenticate", [b"x"]), "refused" if told is None else "read", parts)
    return found.effect, found.severity


class Judge(unittest.TestCase):
    A, B = ("Basic", [("realm", "a")]), ("Digest", [("realm", "b"), ("nonce", "n")])

    def test_the_same(self):
        self.assertEqual(verdict(read_of(), [self.A, self.B], [("BASIC", [("Realm", "a")]), self.B]), ("agrees", "none"))
        self.assertEqual(verdict(read_of(), None, None), ("agrees", "none"))
        self.assertEqual(verdict(read_of("one"), [self.A, self.B], [self.B]), ("agrees", "none"))

    def test_order_counts_unless_it_is_a_map(self):
        turned = [("Digest", [("nonce", "n"), ("realm", "b")])]
        self.assertEqual(verdict(read_of(), [self.B], turned)[0], "confused")
        self.assertEqual(verdict(read_of(map=True), [self.B], turned)[0], "agrees")

    def test_of_a_repeated_name_any_one(self):
        twice = [("Basic", [("realm", "a"), ("realm", "b")])]
        for value, effect in (("a", "agrees"), ("b", "agrees"), ("c", "confused")):
            self.assertEqual(verdict(read_of(map=True), twice, [("Basic", [("realm", value)])])[0], effect)

    def test_effects(self):
        self.assertEqual(verdict(read_of(), [self.A], None), ("refuses", "minor"))
        self.assertEqual(verdict(read_of(), None, [self.A]), ("accepts", "minor"))
        self.assertEqual(verdict(read_of(), [self.A, self.B], [self.A]), ("lost", "moderate"))
        self.assertEqual(verdict(read_of(), [self.B], [("Digest", [("realm", "b")])]), ("lost", "moderate"))
        self.assertEqual(verdict(read_of(), [self.A], [("Basic", [("realm", "z")])]), ("confused", "severe"))
        self.assertEqual(verdict(read_of(), [self.B], [("Digest", [("realm", "b"), ("nonce", "z")])]), ("confused", "moderate"))
        self.assertEqual(verdict(read_of(), [self.A], [self.A, ("Bearer", [])]), ("made-up", "severe"))
        self.assertEqual(verdict(read_of("one"), [self.A, self.B], [("Basic", [("realm", "a"), ("nonce", "n")])])[0], "confused")

    def test_what_may_be_weighs_little(self):
        self.assertEqual(verdict(read_of(), [self.A], [("Basic", [("realm", "z")])], "may"), ("confused", "minor"))

    def test_escapes_that_are_kept_are_moderate(self):
        self.assertEqual(verdict(read_of(), [("Basic", [("realm", 'a"b')])], [("Basic", [("realm", 'a\\"b')])]), ("confused", "moderate"))

    def test_only_what_it_tells(self):
        read = read_of("one", tells=["params"], names=["realm"], schemes=["Digest"])
        self.assertEqual(verdict(read, [self.A, self.B], [("", [("realm", "b")])])[0], "agrees")
        self.assertEqual(verdict(read, [self.A, self.B], [("", [("realm", "a")])]), ("confused", "severe"))

    def test_growth(self):
        self.assertTrue(measure.grows([0.01, 0.04, 0.16]))
        self.assertFalse(measure.grows([0.04, 0.08, 0.16]))
        self.assertFalse(measure.grows([0.0001, 0.0004, 0.0016]))


class Committed(unittest.TestCase):
    def test_every_reader_has_a_result_that_counts_or_says_why_not(self):
        places = measure.Places(ROOT)
        readers = manifest.load_all(places.readers)
        results = {path.stem: json.loads(path.read_text("utf-8")) for path in places.results.glob("*.json")}
        self.assertEqual(results.keys(), {reader.name for reader in readers})
        counting = [reader for reader in readers if len(results[reader.name].get("answers", ())) >= report.COUNTS_FROM]
        self.assertGreaterEqual(len(counting), 45)
        self.assertGreaterEqual(len({reader.language for reader in counting}), 10)
        print(f"survey: {len(counting)} readers that count, in {len({reader.language for reader in counting})} languages")

    def test_results_are_of_the_vectors(self):
        vectors = {each.id for each in questions.vectors_of(ROOT / "corpus" / "vectors")[0]}
        for path in measure.Places(ROOT).results.glob("*.json"):
            self.assertEqual(json.loads(path.read_text("utf-8")).get("answers", {}).keys() - vectors, set(), path.name)


if __name__ == "__main__":
    if NO_BOX and os.environ.get("CI"):
        sys.exit("survey: no namespaces, so nothing could be tested")
    unittest.main()
