"""Breaks a copy of what scripts/requirements reads, each time in one place, and wants it to say so."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE, PROGRAMS = map(pathlib.Path, sys.argv[1:3])
FOLDERS = ("grammar", "src", "tests", "scripts", "docs")
DECISION = "tests/policy/decision_test.cpp"
REASONS = "tests/requirements/exceptions.tsv"
TABLE = "grammar/requirements.tsv"


def check(root, programs):
    command = ["/usr/bin/python3", "-B", SOURCE / "scripts/requirements", "--root", root, "--check"]
    command += ["--programs", PROGRAMS] if programs else []
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout


def replaced(old, new):
    return lambda text: text.replace(old, new, 1)


def appended(line):
    return lambda text: text + line


# The file, what is done to it, what has to be said.
BREAKS = (
    (TABLE, appended("S401-12\tthread\tdecision\tall\tA new one.\n"), "S401-12: no conforming case"),
    (TABLE, appended("S401-12\tthread\tdecision\tall\tA new one.\n"), "S401-12: no place in the code"),
    (TABLE, replaced("S401-11\t", "S401-12\t"), f"{DECISION}: unknown requirement S401-11"),
    (TABLE, replaced("S401-11\t", "S401-12\t"), "src/policy/decision_reasons.hpp: unknown requirement S401-11"),
    (DECISION, replaced("// shows: S401-7 violating\n", ""), "S401-7: no violating case"),
    (DECISION, replaced("// shows: S401-7 conforming\n", ""), "S401-7: no conforming case"),
    (DECISION, replaced("shows: S401-7 conforming", "shows: S401-7 conforms"), f"{DECISION}: not a tag"),
    (DECISION, replaced("TEST(decision, s401_7)", "int s401_7()"), "S401-7 conforming: no test stands below"),
    (DECISION, replaced("TEST(decision, s401_7)", "TEST(decision, s401_seven)"), "is in no test program"),
    (DECISION, appended("// shows: S401-1 violating\n"), "S401-1 violating: no test stands below"),
    (REASONS, appended("S401-1\tviolating\tscheme work\tIt will be shown when it is there.\n"), "but there is one"),
    (REASONS, appended("S401-99\tviolating\tscheme work\tIt will be shown when it is there.\n"), "unknown requirement"),
    (REASONS, appended("S401-1\tviolating\tsome day\tIt will be shown when it is there.\n"), "not a kind and a reason"),
    (REASONS, appended("S401-1\tmost\tscheme work\tIt will be shown when it is there.\n"),
     "the cases are conforming and violating"),
    ("src/policy/decision_reasons.hpp", replaced('"R7235-4.1-elsewhere"', '"R7235-4.1-else"'), "R7235-4.1-else"),
    ("docs/requirements.md", appended("\n"), "is out of date"),
)


def main():
    failures = []
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch)
        for folder in FOLDERS:
            shutil.copytree(SOURCE / folder, root / folder)
        status, said = check(root, True)
        if status != 0:
            failures.append(f"the tree itself does not pass: {said}")
        for name, change, wanted in BREAKS:
            path = root / name
            whole = path.read_text(encoding="utf-8")
            broken = change(whole)
            path.write_text(broken, encoding="utf-8")
            status, said = check(root, "program" in wanted)
            path.write_text(whole, encoding="utf-8")
            if broken == whole or status != 1 or wanted not in said:
                failures.append(f"{name}: not noticed: {wanted} (exit {status})\n{said}")
    print("\n".join(failures) or f"requirements: {len(BREAKS)} broken trees noticed")
    return 1 if failures else 0


sys.exit(main())
