"""Configures the project with combinations of its options: combinations.py SOURCE BINARY COUNT [CMAKE-ARGUMENT…]

As many as COUNT says, the same every time, those first that need most of each other; "all" for all of them. Every one has to
configure: an option that is on brings what it needs with it."""

import itertools
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

PARTS = ("GRAMMAR", "ABNF", "POLICY", "VERIFY", "CONVERSATION", "C", "CLI", "TESTS", "FUZZERS")


# First to be tried: each alone.
ALONE = ("CLI", "CONVERSATION", "FUZZERS", "TESTS", "C")


def combinations(count):
    everything = list(itertools.product((False, True), repeat=len(PARTS)))
    if count == "all":
        return everything
    first = [tuple(part == alone for part in PARTS) for alone in ALONE]
    others = [one for one in everything if one not in first]
    random.Random(17).shuffle(others)
    return (first + others)[:int(count)]


def configure(source, folder, arguments, one):
    """What CMake says if it fails, or nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    options = [f"-DAUTHGRAMMAR_BUILD_{part}={'ON' if on else 'OFF'}" for part, on in zip(PARTS, one)]
    done = subprocess.run(["cmake", "-S", source, "-B", folder, *options, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)
    shutil.rmtree(folder, ignore_errors=True)
    return "" if done.returncode == 0 else " ".join(options) + "\n" + done.stdout


def main():
    source, binary, count, *arguments = sys.argv[1:]
    chosen = combinations(count)
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        said = list(pool.map(lambda i: configure(source, f"{binary}/{i}", arguments, chosen[i]), range(len(chosen))))
    faults = [one for one in said if one]
    for fault in faults[:3]:
        print(fault, file=sys.stderr)
    print(f"{len(chosen)} combinations of {len(PARTS)} options, {len(faults)} do not configure")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
