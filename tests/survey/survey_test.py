"""Tests scripts/survey.d: what bad readers do stays with them, and answers are judged by the rules of docs/survey.md."""

import concurrent.futures
import fcntl
import json
import os
import pathlib
import shutil
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

    def test_silence_from_the_start(self):
        with mock.patch.object(session, "START_SECONDS", 0.5), opened("silent") as running:
            with self.assertRaisesRegex(session.Unusable, "did not start: no answer in 0.5 s"):
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

    def measured(self, kind, count=3):
        """The result of a reader that is bad at all of a few values but the plain one."""
        self.reader(kind.lower(), kind)
        (reader,) = manifest.load_all(self.readers, [kind.lower()])
        vectors, _ = questions.vectors_of(ROOT / "corpus" / "vectors")
        few = [each for each in vectors if questions.question(reader.reads[0], each) and each.id.startswith("dressed-") and each.id.endswith("-basic")]
        with mock.patch.object(measure, "GROWTH_SECONDS", 0):
            return measure.measure(reader, measure.Places(ROOT, self.readers, self.results), few[:count])

    def test_garbage_again_and_again_is_not_measured(self):
        for kind in ("Garbage", "Twice"):
            self.assertIn("garbage instead of answers: ", self.measured(kind, 2 * measure.MOST_GARBAGE + 3)["not_measured"], kind)

    def test_what_dies_or_hangs_at_every_other_value_is_measured(self):
        with mock.patch.object(session, "ANSWER_SECONDS", 0.2), mock.patch.object(session, "PATIENT_SECONDS", 0.2):
            hanging = self.measured("Hang")
        for kind, result in (("crash", self.measured("Crash")), ("hang", hanging)):
            effects = [each["effect"] for each in result["answers"].values()]
            self.assertEqual(sorted(effects), sorted(["agrees", kind, kind]))

    def test_what_takes_too_long_leaves_questions_out(self):
        with mock.patch.object(measure, "BUDGET_SECONDS", 0):
            result = self.measured("Hang")
        self.assertEqual((result["left_out"], result["answers"]), (3, {}))
        self.assertEqual({each["effect"] for each in result["growth"]["WWW-Authenticate basic"].values()}, {"left out"})

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
        self.assertRegex(done.stdout, r"good 1\.0: \d+ questions in \d+ s: ")
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


STUBS = {
    "apt-cache": 'shift; for each; do [ "$each" = gone-deb ] || printf "%s:\\n  Candidate: 1\\n" "$each"; done',
    "apt-get": "exit 0",
    "npm": 'case " $* " in *" gone-npm "*) exit 1 ;; esac',
}


@unittest.skipIf(NO_BOX, "needs root or user namespaces")
class Install(unittest.TestCase):
    """scripts/survey in a repository with readers of its own, where apt and npm know some packages only."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name in ("scripts", "corpus/survey/readers", "corpus/survey/writers", "stubs"):
            (self.root / name).mkdir(parents=True)
        for name in ("scripts/survey", "scripts/survey.d", "scripts/vectors.d", "scripts/lib", "corpus/survey/lib", "corpus/vectors"):
            (self.root / name).symlink_to(ROOT / name)
        (self.root / "scripts/survey").unlink()
        shutil.copy(ROOT / "scripts/survey", self.root / "scripts/survey")
        for name, text in STUBS.items():
            (self.root / "stubs" / name).write_text(f"#!/bin/sh\n{text}\n")
            (self.root / "stubs" / name).chmod(0o755)

    def reader(self, name, program, *packages):
        text = MANIFEST.replace("/usr/bin/python3", program).replace("{reader}", str(BAD)).replace("{kind}", "good")
        (self.root / "corpus/survey/readers" / f"{name}.toml").write_text(text.replace("{more}", "\n".join(packages)))

    def start(self, *words):
        environment = {**os.environ, "PATH": f"{self.root / 'stubs'}:{os.environ['PATH']}"}
        return subprocess.Popen([str(self.root / "scripts/survey"), *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def test_packages_that_are_gone_are_named_and_the_others_go_on(self):
        self.reader("good", "/usr/bin/python3", 'debian = ["known-deb"]', 'npm = ["known-npm"]')
        self.reader("gone", "/usr/bin/gone", 'debian = ["gone-deb"]', 'npm = ["gone-npm"]')
        self.reader("unbuilt", "/usr/bin/gone", 'build = ["/usr/bin/gone"]')
        running = self.start("install", "run")
        said = running.communicate()[0]
        self.assertIn("not to be had from apt, so left out: gone-deb\n", said)
        self.assertIn("not to be had from npm, so left out: gone-npm\n", said)
        self.assertIn("gone: not measured: did not start: exit 127: ", said)
        self.assertIn("unbuilt: not measured: its adapter does not build: ", said)
        self.assertRegex(said, r"good 1\.0: \d+ questions ")
        self.assertEqual(running.returncode, 0)

    def test_install_waits_for_a_run(self):
        self.reader("good", "/usr/bin/python3")
        (self.root / "build/survey").mkdir(parents=True)
        with open(self.root / "build/survey/.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            running = self.start("install")
            self.assertRaises(subprocess.TimeoutExpired, running.wait, 1)
        self.assertEqual((running.wait(), running.communicate()[0]), (0, ""))


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
        # A step that was disturbed does not hide it.
        self.assertTrue(measure.grows([0.01, 0.06, 0.16]))
        self.assertFalse(measure.grows([0.04, 0.08, 0.16]))
        self.assertFalse(measure.grows([0.0001, 0.0004, 0.0016]))


    def test_what_a_result_keeps_has_an_order(self):
        told = [["scheme", "A"], ["name", "b"], ["value", "1"], ["name", "a"], ["value", "2"], ["scheme", "B"], ["name", "c"]]
        turned = [*told[:1], *told[3:5], *told[1:3], *told[5:]]
        self.assertEqual(measure.in_order(read_of(map=True), told), turned)
        self.assertEqual(measure.in_order(read_of(map=True), turned), turned)
        self.assertEqual(measure.in_order(read_of(), told), told)


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

    def test_known_differences_are_those_that_the_loops_find(self):
        """A loop sees more than the survey: lines that a reader does not take, token68 that it does not tell."""
        vectors = measure.Places(ROOT).vectors
        for name, loop in (("httplib2", "pytest"), ("docker-distribution", "go"), ("auth-header", "javascript"), ("httpclient5", "java"), ("mechanize", "ruby")):
            mine = set((vectors / "flat/known" / f"{name}.WWW-Authenticate.txt").read_text().split())
            loops = set((vectors / "loops/known" / f"{loop}.txt").read_text().split())
            self.assertEqual(mine - loops, set(), name)
            self.assertGreater(len(mine), 0.85 * len(loops), name)

    def test_the_vectors_of_a_reader(self):
        command = [str(ROOT / "scripts/survey"), "vectors", "werkzeug", "WWW-Authenticate"]
        subset = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        flat = json.loads((ROOT / "corpus/vectors/flat/WWW-Authenticate.rfc9110-recipient.json").read_text())
        self.assertTrue(all(each in flat for each in subset))
        known = set((ROOT / "corpus/vectors/flat/known/werkzeug.WWW-Authenticate.txt").read_text().split())
        self.assertLess(known, {each["name"] for each in subset})

    def test_results_are_of_the_vectors(self):
        vectors = {each.id for each in questions.vectors_of(ROOT / "corpus" / "vectors")[0]}
        for path in measure.Places(ROOT).results.glob("*.json"):
            self.assertEqual(json.loads(path.read_text("utf-8")).get("answers", {}).keys() - vectors, set(), path.name)


if __name__ == "__main__":
    if NO_BOX and os.environ.get("CI"):
        sys.exit("survey: no namespaces, so nothing could be tested")
    unittest.main()
