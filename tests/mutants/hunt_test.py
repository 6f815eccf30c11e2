"""Tests scripts/mutants from the build to the verdict, on the small room in project/: every way in which a mutant ends."""

import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1] / "scripts/mutants.d"))

import equivalents  # noqa: E402
import hunt  # noqa: E402
import report  # noqa: E402
import rooms  # noqa: E402
import trial  # noqa: E402
from base import Base  # noqa: E402

ROOM = rooms.Room("src/core", ("core.room", "core.*"), ("fuzz.replay_fuzz_room",))
BOUNDED = "int bounded(int n) { return n > 1000 ? 1000 : n; }"
TABLE = f"""file\tfunction\tline\tbecomes\treason
src/core/room.cpp\tbounded\t{BOUNDED}\t{BOUNDED.replace(">", ">=")}\tthe same at 1000
src/core/room.cpp\ttwice\tint twice(int n) {{ return n * 2; }}\tint twice(int n) {{ return n / 2; }}\twrong
"""
# Function and change: what becomes of it, and by what.
WANTED = {
    ("sum", "+= -> -="): ("test", "core.room Room.Sum"),
    ("half", "/ -> *"): ("test", "core.room (exit 1)"),
    ("twice", "2 -> 3"): ("test", "core.program (exit 1)"),
    ("corpora_only", "7 -> 6"): ("corpus", "fuzz.replay_fuzz_room (exit 1)"),
    ("sum", "++i; -> {}"): ("time limit", "core.room time limit"),
    ("", "3 -> 4"): ("static_assert", "static assertion failed: as much as there is room for"),
    ("sum", "all += first[i]; -> {}"): ("warning", "unused parameter 'first' [-Werror=unused-parameter]"),
    ("is_short", "< -> >="): ("static_assert", "static assertion failed"),
    ("is_short", "< -> <="): ("test", "core.traps.c++.17 (exit 1)"),
    ("digit", "1 -> 2"): ("does not compile", "duplicate case value"),
    ("bounded", "> -> >="): ("listed", "the same at 1000"),
    ("elsewhere", "- -> +"): ("same code", ""),
    ("digit", "'?' -> '@'"): ("hole", ""),
    ("twice", "* -> /"): ("listed, but killed", "core.program (exit 1)"),
}


class WholeRoom(unittest.TestCase):
    """Those mutants of the room, tried once."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.scratch.name)
        subprocess.run(["cp", "-r", f"{FOLDER}/project/.", str(root)], check=True)
        for name in ("fuzz", "grammar"):
            (root / name).mkdir()
        (root / equivalents.TABLE).parent.mkdir(parents=True)
        (root / equivalents.TABLE).write_text(TABLE, encoding="utf-8")
        build = root / "build" / "dev"
        for words in (["cmake", "-G", "Ninja", "-S", root, "-B", build], ["cmake", "--build", build]):
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        rooms.ROOMS = {"core": ROOM}
        rooms.COMMANDS = {"core.program": {"TWICE": "bin/twice"}}
        hunt.LEAST_SECONDS = 1
        cls.root, base = root, Base(root, build)
        base.read_programs(program for tests in rooms.tests_of("core", base) for test in tests
                           for program in rooms.programs_of(test))
        cls.sources = {path: path.read_bytes() for path in (root / "src").rglob("*.?pp")}
        cls.hunt = hunt.Hunt(base, root / "build" / "mutants", 2)
        cls.reported = []
        cls.mutants = [one for one in hunt.all_mutants(root, "core") if (one.place, one.change) in WANTED]
        cls.verdicts = cls.hunt.run("core", cls.mutants, 1000, cls.reported.append)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def test_verdicts(self):
        self.assertEqual({(one.mutant.place, one.mutant.change): (one.outcome, one.by) for one in self.verdicts}, WANTED)
        self.assertEqual(len(self.mutants), len(WANTED))
        self.assertEqual([one.mutant for one in self.verdicts], self.mutants)
        self.assertEqual(len(self.reported), len(self.mutants))

    def test_every_outcome_but_that_of_another_processor(self):
        every = {*hunt.KILLED, *hunt.EQUIVALENT, *hunt.FAULTS, *hunt.NOT_TRIED} - {"needs another processor"}
        self.assertEqual({one.outcome for one in self.verdicts}, every)

    def test_sources_are_as_they_were(self):
        self.assertEqual({path: path.read_bytes() for path in (self.root / "src").rglob("*.?pp")}, self.sources)

    def test_tables(self):
        self.assertEqual(report.summary("core", 1, 99, [hunt.Verdict(
            one.mutant, one.outcome, one.by, 1.0, one.killers) for one in self.verdicts]), [
            "Mutants: core, seed 1, 13 of 99: 9 killed (4 test, 1 corpus, 1 time limit, 2 static_assert, 1 warning), "
            "2 equivalent (1 same code, 1 listed), 2 faults (1 hole, 1 listed, but killed); not tried: 1 does not compile; "
            "14 s of the processor",
            "     3 core.room", "     2 core.program", "     1 core.traps.c++.17", "     1 fuzz.replay_fuzz_room"])
        for name in ("all.tsv", "all.json"):
            report.write(self.root / name, {"core": self.verdicts})
        self.assertEqual(len((self.root / "all.tsv").read_text().splitlines()), len(self.verdicts) + 1)

    def test_a_test_that_fails_without_a_mutant(self):
        base = self.hunt.base
        program = base.build / "bin" / "fuzz_room"
        good = program.read_bytes()
        program.unlink()
        program.write_bytes(b"#!/bin/sh\nexit 1\n")
        program.chmod(0o755)
        try:
            fresh = hunt.Hunt(base, self.root / "build" / "fresh", 1)
            mutants = [one for one in self.mutants if one.place == "corpora_only"]
            with self.assertRaisesRegex(hunt.BrokenTest, "fuzz.replay_fuzz_room fails without a mutant"):
                fresh.run("core", mutants, 1, lambda _: None)
        finally:
            program.write_bytes(good)


class Drawing(unittest.TestCase):
    """Which mutants are tried, whichever is done first."""

    class Fake(hunt.Hunt):
        def __init__(self, outcomes, jobs):
            self.outcomes, self.tried = outcomes, []
            self.workers, self.base = [None] * jobs, self
            self.tests, self._locks, self.stopped = ["core.room", "fuzz.replay_fuzz_room"], {}, threading.Event()

        @staticmethod
        def runs_program(test):
            return True

        def _try(self, mutant):
            self.tried.append(mutant)
            return hunt.Verdict(mutant, self.outcomes[mutant])

    def test_those_that_do_not_compile_are_replaced(self):
        rooms.ROOMS = {"core": ROOM}
        outcomes = ["does not compile", "test", "hole", "does not compile", "listed", "test", "test", "test"]
        for jobs in (1, 2, 5):
            fake = self.Fake(outcomes, jobs)
            verdicts = fake.run("core", list(range(len(outcomes))), 3, lambda _: None)
            self.assertEqual([verdict.mutant for verdict in verdicts], [0, 1, 2, 3, 4])

    def test_there_may_be_too_few(self):
        rooms.ROOMS = {"core": ROOM}
        self.assertEqual(len(self.Fake(["test", "does not compile"], 2).run("core", [0, 1], 9, lambda _: None)), 2)


    def test_there_may_be_no_such_test(self):
        rooms.ROOMS = {"core": rooms.Room("src/core", ("core.room", "other.*"), ())}
        with self.assertRaisesRegex(rooms.NoSuchTest, "other"):
            self.Fake([], 1).run("core", [], 1, lambda _: None)


class Messages(unittest.TestCase):
    def test_of_compilers(self):
        why = trial.why_not_compiled
        self.assertEqual(why("a.cpp:1:2: error: unused variable 'x' [-Werror=unused-variable]\n")[0], "warning")
        self.assertEqual(why("a.cpp:1:2: error: unused 'x' [-Werror=unused]\nb:1:1: error: expected ';'\n")[0], "error")
        self.assertEqual(why("a.cpp:1:2: error: static assertion failed: words\n"),
                         ("static_assert", "static assertion failed: words"))
        self.assertEqual(why("a.cpp:1:2: error: static_assert failed \"words\"\n")[0], "static_assert")
        self.assertEqual(why("a.cpp:1:2: fatal error: no such file\n"), ("error", "no such file"))

    def test_of_programs(self):
        said = "[ RUN      ] A.B\n[       OK ] A.B (0 ms)\n[ RUN      ] A.C\n"
        self.assertEqual(trial.first_failure(said + "[  FAILED  ] A.C (0 ms)\n[  FAILED  ] A.C\n", 1), "A.C")
        self.assertEqual(trial.first_failure(said + "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address\n", 1),
                         "A.C (heap-buffer-overflow)")
        self.assertEqual(trial.first_failure(said + "x.cpp:1:2: runtime error: index 9 out of bounds\n", 1),
                         "A.C (index 9 out of bounds)")
        self.assertEqual(trial.first_failure(said, -11), "A.C (signal 11)")


class Table(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as scratch:
            path = pathlib.Path(scratch) / equivalents.TABLE
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
            return equivalents.read(pathlib.Path(scratch))

    def test_good_lines(self):
        self.assertEqual(len(self.read(TABLE)), 2)

    def test_bad_lines(self):
        head = TABLE.splitlines()[0] + "\n"
        for text in ("", "file\n", head + "a\tb\tc\td\n", head + "a\tb\tc\td\t \n", head + "a\tb\tc\td\te\n" * 2):
            with self.assertRaises(equivalents.BadTable, msg=repr(text)):
                self.read(text)

    def test_stale_lines(self):
        reasons = self.read(TABLE)
        mutants = [one for one in hunt.all_mutants(FOLDER / "project", "core") if one.place == "twice"]
        self.assertEqual([key[1] for key in equivalents.stale(reasons, mutants)], ["bounded"])


if __name__ == "__main__":
    unittest.main()
