"""Draws mutants, tries each and says what became of it."""

import concurrent.futures
import dataclasses
import pathlib
import platform
import queue
import re
import threading

import equivalents
from mutations import mutants_of
from rooms import headers_of, in_order, programs_of, sources_of, tests_of
from trial import LEAST_SECONDS, LONGER, NotCompiled, Worker

# For a test without a mutant.
MOST_SECONDS = 1800

# What can become of a mutant. These were noticed:
KILLED = ("test", "corpus", "time limit", "static_assert", "warning")
# these are none:
EQUIVALENT = ("same code", "listed")
# these fail the run: nothing notices them, or the table says wrongly that nothing can;
FAULTS = ("hole", "listed, but killed")
# and in place of these another one is drawn.
NOT_TRIED = ("does not compile", "needs another processor")

# What /proc/cpuinfo calls the instruction sets of the compiler's options, where it has another name.
PROCESSOR = {"bmi": "bmi1", "avx512vbmi2": "avx512_vbmi2", "pclmul": "pclmulqdq"}

# Sources that are empty to the compilers of all other machines, as `uname -m` calls them.
MACHINE = {"src/core/bulk/neon.cpp": "aarch64", "src/core/bulk/neon_block.hpp": "aarch64"}


@dataclasses.dataclass
class Verdict:
    """`seconds` are those of the processor."""
    mutant: object
    outcome: str
    by: str = ""
    seconds: float = 0.0
    killers: tuple = ()

    @property
    def judged(self):
        return self.outcome not in NOT_TRIED


class BrokenTest(Exception):
    """A test fails without any mutant."""


def all_mutants(root, room):
    return [mutant for path in sources_of(root, room)
            for mutant in mutants_of(path, (root / path).read_text(encoding="utf-8"))]


class Hunt:
    """`all_killers`: goes on after the first test that fails."""

    def __init__(self, base, folder, jobs, all_killers=False):
        self.base = base
        self.reasons = equivalents.read(base.root)
        self.all_killers = all_killers
        self.stopped = threading.Event()
        self.workers = [Worker(base, folder / f"worker-{number}") for number in range(jobs)]
        self._idle = queue.Queue()
        for worker in self.workers:
            self._idle.put(worker)
        self._tests, self._corpora = [], []
        self._normal = {}
        self._locks = {}
        self._confirmed = set()
        self._processor = processor_flags()

    def run(self, room, mutants, count, report):
        """Tries the mutants in their order until `count` are judged. Which ones depends on nothing but the order and
        the compiler: another one is begun only if those that run are too few. Verdicts in the order of the mutants."""
        self._tests, self._corpora = tests_of(room, self.base)
        for test in (*self._tests, *self._corpora):
            self._locks.setdefault(test, threading.Lock())
        verdicts, running, begun = {}, {}, 0
        with concurrent.futures.ThreadPoolExecutor(len(self.workers)) as pool:
            try:
                while True:
                    judged = sum(verdict.judged for verdict in verdicts.values())
                    while judged + len(running) < count and begun < len(mutants):
                        running[pool.submit(self._try, mutants[begun])] = begun
                        begun += 1
                    if not running:
                        break
                    done, _ = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
                    for one in done:
                        verdicts[running.pop(one)] = one.result()
                        report(one.result())
            except BaseException:
                self.stopped.set()
                for one in running:
                    one.cancel()
                for worker in self.workers:
                    worker.stop()
                raise
        return [verdicts[at] for at in sorted(verdicts)]

    def _try(self, mutant):
        worker = self._idle.get()
        worker.seconds = 0.0
        try:
            text = (self.base.root / mutant.path).read_text(encoding="utf-8")
            worker.begin(mutant.path, mutant.apply(text))
            try:
                verdict = self._judge(worker, mutant)
                # A sanitizer or a clock.
                doubtful = verdict.killers[0][0] if verdict.killers and re.search(r"\(|time limit", verdict.by) else None
            except NotCompiled as fault:
                verdict = Verdict(mutant, "does not compile" if fault.by == "error" else fault.by, str(fault))
                doubtful = fault.product if fault.by == "warning" else None
            if doubtful:
                self._confirm(worker, mutant.path, doubtful)
            seconds = worker.seconds
        finally:
            worker.end()
            self._idle.put(worker)
        if mutant.key in self.reasons and verdict.outcome in KILLED:
            verdict = dataclasses.replace(verdict, outcome="listed, but killed")
        verdict.seconds = seconds
        return verdict

    def _judge(self, worker, mutant):
        own, corpora = ([test for test in tests if self.base.uses(test, mutant.path)] for tests in (self._tests, self._corpora))
        tests = [*in_order(own, mutant.path), *corpora]
        objects = {name for test in tests for program in programs_of(test)
                   for name in self.base.objects_of(program) if self.base.is_from(mutant.path, name)}
        machine = platform.machine()
        if MACHINE.get(mutant.path, machine) != machine or not self._can_run(objects):
            return Verdict(mutant, "needs another processor")
        killers = []
        for test in tests:
            failure = self._failure(worker, test)
            if self.stopped.is_set():
                raise InterruptedError
            if failure:
                killers.append((test, failure))
                if not self.all_killers:
                    break
        if killers:
            test, failure = killers[0]
            outcome = "corpus" if test in self._corpora else \
                "time limit" if failure == "time limit" else "test"
            return Verdict(mutant, outcome, f"{test} {failure}", killers=tuple(killers))
        if mutant.key in self.reasons:
            return Verdict(mutant, "listed", self.reasons[mutant.key])
        # What is in a public header can make a difference only to programs of others.
        if objects and not any(headers_of(test) for test in own) and worker.is_same_code(objects):
            return Verdict(mutant, "same code")
        return Verdict(mutant, "hole", "" if tests else "in no program of the room's tests")

    def _confirm(self, worker, path, product):
        """A warning, or what a sanitizer or a clock says, has to be the mutant's fault: the source without the change, made
        in the same way, passes. `product` is an object or a test. Once for each of them and each source."""
        if (path, product) in self._confirmed:
            return
        worker.begin(path, (self.base.root / path).read_text(encoding="utf-8"))
        try:
            failure = self._failure(worker, product) if product in self.base.tests else worker.product(product) and None
        except NotCompiled as fault:
            failure = str(fault)
        if failure and not self.stopped.is_set():
            raise BrokenTest(f"{product} fails on {path} without a change, made as mutants are: {failure}")
        self._confirmed.add((path, product))

    def _failure(self, worker, test):
        """What fails in a test of the worker's source, or None."""
        normal = self._normal_seconds(worker, test)
        return worker.run(test, worker.command_of(test), max(LEAST_SECONDS, LONGER * normal))[0]

    def _normal_seconds(self, worker, test):
        """How long a test takes without a mutant, which it has to pass."""
        with self._locks[test]:
            if test not in self._normal:
                failure, seconds = worker.run(test, self.base.command_of(test), MOST_SECONDS)
                if failure and not self.stopped.is_set():
                    raise BrokenTest(f"{test} fails without a mutant: {failure}")
                self._normal[test] = seconds
            return self._normal[test]

    def _can_run(self, objects):
        """Whether one of the objects is for this processor."""
        def needs(name):
            options = (re.fullmatch(r"-m(avx\w*|bmi\w*|popcnt|pclmul|sse\w*)", word) for word in self.base.compile[name])
            return {PROCESSOR.get(option.group(1), option.group(1)) for option in options if option}
        return not objects or not self._processor or any(needs(name) <= self._processor for name in objects)


def processor_flags():
    """The flags of this processor, or nothing if they cannot be read."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return set()
    found = re.search(r"^flags\s*:(.*)$", text, re.MULTILINE)
    return set(found.group(1).split()) if found else set()
