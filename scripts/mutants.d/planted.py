"""Plants the faults of a table, each in a copy of the sources, and looks whether the test that is named beside it fails."""

import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import queue
import shutil
import sys
import threading
import tomllib

from base import Base
from rooms import programs_of
from trial import LEAST_SECONDS, LONGER, NotCompiled, Worker

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = "tests/planted/faults.toml"
# The test of a fault that does not compile without a warning.
WARNING = "warning"
# For a test without a fault.
MOST_SECONDS = 1800


class BadTable(Exception):
    pass


@dataclasses.dataclass(frozen=True)
class Fault:
    file: str
    text: str
    becomes: str
    test: str
    shows: str

    def __str__(self):
        return f"{self.file}: {self.shows}"

    def planted_in(self, source):
        return source.replace(self.text, self.becomes)


def read(root):
    names = {field.name for field in dataclasses.fields(Fault)}
    faults = []
    for entry in tomllib.loads((root / TABLE).read_text(encoding="utf-8")).get("fault", []):
        if set(entry) != names or not all(isinstance(value, str) for value in entry.values()):
            raise BadTable(f"{TABLE}: a fault has these members, all texts: {', '.join(sorted(names))}; not {entry}")
        faults.append(Fault(**entry))
    if not faults:
        raise BadTable(f"{TABLE}: no faults")
    return faults


def misfits(root, faults):
    """Faults that do not fit the sources, a line each. That a test of that name exists is seen when it is run."""
    found, seen = [], set()
    for fault in faults:
        path = root / fault.file
        count = path.read_text(encoding="utf-8").count(fault.text) if path.is_file() else 0
        if not fault.text or count != 1:
            found.append(f"{fault}: the text occurs {count} times, not once")
        if fault.text == fault.becomes or not fault.shows or not fault.test:
            found.append(f"{fault}: nothing changes, or it does not say what shows it, by which test")
        if (fault.file, fault.text, fault.becomes, fault.test) in seen:
            found.append(f"{fault}: is in the table twice")
        seen.add((fault.file, fault.text, fault.becomes, fault.test))
    return found


class Garden:
    """Plants one fault after the other, with several workers at a time."""

    def __init__(self, base, folder, jobs):
        self.base = base
        self._workers = queue.Queue()
        for number in range(jobs):
            self._workers.put(Worker(base, folder / f"worker-{number}"))
        self._seconds = {}
        self._lock = threading.Lock()

    def plant(self, fault):
        """Whether the fault is noticed as the table says, and how it is, or why not."""
        worker = self._workers.get()
        try:
            seconds = None if fault.test == WARNING else self._normal_seconds(worker, fault.test)
            source = (self.base.root / fault.file).read_text(encoding="utf-8")
            worker.begin(fault.file, fault.planted_in(source))
            test = fault.test
            if test == WARNING:
                for name in (one for one, sources in self.base.sources.items() if str(self.base.root / fault.file) in sources):
                    worker.product(name)
                return False, "it compiles without a warning"
            if not self.base.uses(test, fault.file):
                return False, f"{test} is not made from it"
            failure, _ = worker.run(test, worker.command_of(test), max(LEAST_SECONDS, LONGER * seconds))
            return failure is not None, failure or f"{test} passes"
        except NotCompiled as stopped:
            return fault.test == WARNING and stopped.by == WARNING, f"{stopped.by}: {stopped}"
        finally:
            worker.end()
            self._workers.put(worker)

    def _normal_seconds(self, worker, test):
        """How long a test takes without a fault, which it has to pass."""
        with self._lock:
            if test not in self._seconds:
                failure, seconds = worker.run(test, self.base.command_of(test), MOST_SECONDS)
                if failure:
                    raise BadTable(f"{test} fails without a fault: {failure}")
                self._seconds[test] = seconds
            return self._seconds[test]


def parsed(words):
    parser = argparse.ArgumentParser(prog="scripts/planted", description=f"Plants the faults of {TABLE} and runs their tests.",
                                     epilog="Exit code: 0 if each fault is noticed by its test, 1 if not, 2 if the table is wrong.")
    parser.add_argument("--only", default="", metavar="TEXT", help="only faults whose file, test or description has this text")
    parser.add_argument("--preset", default="release", help="the build beside which they are made (release)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="how many at a time (as many as cores)")
    parser.add_argument("--check", action="store_true", help="only look whether the table fits the sources")
    parser.add_argument("--plan", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(words)


def programs_for(faults):
    """Of the tests, each once, in order."""
    return dict.fromkeys(program for fault in faults if fault.test != WARNING for program in programs_of(fault.test))


def plant_all(faults, options):
    base = Base(ROOT, ROOT / "build" / options.preset)
    base.read_programs(programs_for(faults))
    folder = ROOT / "build" / "planted"
    missed = 0
    try:
        garden = Garden(base, folder, options.jobs)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for fault, (noticed, how) in zip(faults, pool.map(garden.plant, faults)):
                missed += not noticed
                print(f"{'noticed' if noticed else 'MISSED '}  {fault}  [{how}]", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"Planted faults: {len(faults)}, {len(faults) - missed} noticed by the tests that are named for them, {missed} missed")
    return 1 if missed else 0


def main():
    options = parsed(sys.argv[1:])
    try:
        faults = read(ROOT)
        wrong = misfits(ROOT, faults)
        if wrong:
            raise BadTable("\n".join(wrong))
        faults = [fault for fault in faults if any(options.only in text for text in (fault.file, fault.test, fault.shows))]
        if options.plan:
            print(options.preset, *(pathlib.Path(program).name for program in programs_for(faults)))
        elif not options.check:
            return plant_all(faults, options)
        return 0
    except (BadTable, tomllib.TOMLDecodeError) as fault:
        print(f"planted: {fault}", file=sys.stderr)
        return 2


sys.exit(main())
