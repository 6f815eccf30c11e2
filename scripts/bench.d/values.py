"""Measures authlint parse --ndjson on lines of scripts/make-corpus values: for scripts/bench values.

usage: values.py ROOT [--lines N] [--seed N]

ROOT is a checkout whose release preset is built. Both ways are measured: with secrets redacted, as by default, and with
--reveal."""

import argparse
import os
import pathlib
import subprocess
import sys


def measure(command, questions):
    """Runs a command on the questions: what it used. Its answers are read by nobody."""
    with open(questions, "rb") as source:
        child = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command} ends with {child.returncode}")
    return usage


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--lines", default="1000000")
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    questions = given.root / "build/bench/values.ndjson"
    subprocess.run([given.root / "scripts/make-corpus", "values", "--seed", given.seed, "--lines", given.lines, "--out",
                    questions], check=True)
    authlint = given.root / "build/release/bin/authlint"
    for more in ([], ["--reveal"]):
        usage = measure([authlint, "parse", "--ndjson", *more], questions)
        print(f"{' '.join(['authlint parse --ndjson', *more])}: {given.lines} lines, {questions.stat().st_size / 1e6:.0f} MB, "
              f"in {usage.ru_utime + usage.ru_stime:.2f} s of processor time ({usage.ru_utime:.2f} user, "
              f"{usage.ru_stime:.2f} system); at most {usage.ru_maxrss / 1024:.0f} MiB of memory")


if __name__ == "__main__":
    main()
