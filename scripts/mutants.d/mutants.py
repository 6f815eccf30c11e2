"""The commands of scripts/mutants."""

import argparse
import os
import pathlib
import shutil
import signal
import sys

import equivalents
import hunt
import report
from base import Base
from rooms import ROOMS, NoSuchTest, programs_of, tests_of

ROOT = pathlib.Path(__file__).resolve().parents[2]


def parsed(words):
    parser = argparse.ArgumentParser(
        prog="scripts/mutants", description="Changes one token of a source at a time and looks whether the tests notice; "
                                            "docs/mutants.md.",
        epilog="Exit code: 0 if every mutant was killed or is equivalent, 1 if not, 2 if a test fails without one.")
    parser.add_argument("--room", action="append", choices=ROOMS, help="which sources; may be repeated (all)")
    parser.add_argument("--seed", default="1", help="which sample: the same mutants as long as the sources stay (1)")
    parser.add_argument("--count", type=int, default=40, help="how many mutants of each room (40)")
    parser.add_argument("--only", metavar="TEXT", help="only mutants whose file, function, line or change has this text")
    parser.add_argument("--preset", default="release", help="the build beside which they are made (release)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="how many at a time (as many as cores)")
    parser.add_argument("--all-killers", action="store_true", help="run every test, not only up to the first that fails")
    parser.add_argument("--out", type=pathlib.Path, metavar="FILE", help="every verdict, as .json or with tabs")
    parser.add_argument("--list", action="store_true", help="only print the sample, without trying it")
    parser.add_argument("--check", action="store_true", help=f"only look whether {equivalents.TABLE} fits the sources")
    parser.add_argument("--plan", choices=["preset", "targets"], help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    options.room = options.room or list(ROOMS)
    return options


def sample(options, room):
    """The mutants of a room, as they are drawn, and how many there are."""
    found = hunt.all_mutants(ROOT, room)
    if options.only:
        found = [one for one in found if any(options.only in text for text in (*one.key, one.change))]
    return sorted(found, key=lambda one: one.rank(options.seed)), len(found)


def check():
    """Faults of the table, a line each."""
    try:
        reasons = equivalents.read(ROOT)
    except equivalents.BadTable as fault:
        return [str(fault)]
    mutants = [one for room in ROOMS for one in hunt.all_mutants(ROOT, room)]
    return [f"{equivalents.TABLE}: no mutant is this any more: {' | '.join(key)}"
            for key in equivalents.stale(reasons, mutants)]


def needed_programs(base, options):
    return dict.fromkeys(program for room in options.room for tests in tests_of(room, base) for test in tests
                         for program in programs_of(test))


def plan(options):
    """For scripts/mutants: the preset, if anything has to be built; and what, once that is configured."""
    if not options.list and not options.check:
        base = Base(ROOT, ROOT / "build" / options.preset) if options.plan == "targets" else None
        print(*([pathlib.Path(one).name for one in needed_programs(base, options)] if base else [options.preset]))
    return 0


def try_them(options):
    base = Base(ROOT, ROOT / "build" / options.preset)
    base.read_programs(needed_programs(base, options))
    folder = ROOT / "build" / "mutants"
    rooms, good = {}, True
    seeker = hunt.Hunt(base, folder, options.jobs, options.all_killers)
    try:
        for room in options.room:
            mutants, available = sample(options, room)
            rooms[room] = seeker.run(room, mutants, options.count, lambda one: print(report.line_of(one), flush=True))
            print("\n".join(report.summary(room, options.seed, available, rooms[room])), flush=True)
            faults = [one for one in rooms[room] if one.outcome in hunt.FAULTS]
            good = good and not faults
            for one in faults:
                print(report.in_full(one))
    finally:
        if options.out:
            report.write(options.out, rooms)
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


def main():
    options = parsed(sys.argv[1:])
    # Ends what runs, as an interrupt does.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        if options.plan:
            return plan(options)
        if options.check:
            faults = check()
            print(*faults, sep="\n", end="\n" if faults else "")
            return 1 if faults else 0
        if options.list:
            for room in options.room:
                for one in sample(options, room)[0][:options.count]:
                    print(equivalents.line_for(one, one.change))
            return 0
        return try_them(options)
    except (equivalents.BadTable, hunt.BrokenTest, NoSuchTest) as fault:
        print(f"mutants: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


sys.exit(main())
