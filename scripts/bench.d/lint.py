"""Measures authlint lint on a corpus of scripts/make-corpus lint: for scripts/bench lint.

usage: lint.py ROOT [--bytes N] [--seed N]

ROOT is a checkout whose release preset is built."""

import argparse
import os
import pathlib
import subprocess
import sys

PARTS = ("reader", "fields", "conversation", "judge")


def run(command, out):
    """Runs a command with its output to a file: the exit code, and what it used."""
    with open(out, "wb") as stream:
        child = subprocess.Popen(command, stdout=stream)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1])
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--bytes", default="1G")
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    folder = given.root / "build" / "bench"
    programs = given.root / "build" / "release" / "bin"
    corpus = folder / "lint-corpus.http"
    report = folder / "lint-report.txt"
    subprocess.run([given.root / "scripts" / "make-corpus", "lint", "--seed", given.seed, "--bytes", given.bytes, "--out",
                    corpus], check=True)
    code, usage = run([programs / "authlint", "lint", corpus], report)
    if code not in (0, 1):
        sys.exit(f"authlint lint ends with {code}")
    size = corpus.stat().st_size
    seconds = usage.ru_utime + usage.ru_stime
    print(f"authlint lint, text: {size / 1e6:.0f} MB in {seconds:.2f} s of processor time ({usage.ru_utime:.2f} user, "
          f"{usage.ru_stime:.2f} system): {size / 1e6 / seconds:.1f} MB/s; at most {usage.ru_maxrss / 1024:.0f} MiB of "
          f"memory; {report.stat().st_size / size:.2f} bytes of output a byte")
    report.unlink()
    said = subprocess.run([programs / "authgrammar_bench_lint", corpus], check=True, capture_output=True, text=True).stdout
    figures = {name: int(figure) for name, figure in (line.split() for line in said.splitlines())}
    whole = sum(figures[part] for part in PARTS)
    print(f"in the library: {whole / 1000:.2f} µs a message: "
          + ", ".join(f"{part} {figures[part] / 1000:.2f}" for part in PARTS))
    print(f"{figures['findings']} findings in {figures['messages']} messages")


if __name__ == "__main__":
    main()
