"""Prints how parsers of others do on the hand-written vectors: one row a parser, with its version."""

import argparse
import importlib.metadata
import pathlib
import platform
import sys

import runner
import vectorfile

# The program in parsers/, and how to name what it wraps; none is the interpreter itself.
PARSERS = [("werkzeug_parser.py", "werkzeug"), ("httplib2_parser.py", "httplib2"), ("urllib_parser.py", None)]


def name_of(package):
    if package is None:
        return f"urllib {platform.python_version()}"
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return None


def main():
    parser = argparse.ArgumentParser(prog="scripts/vectors compare", description=__doc__)
    parser.add_argument("--edition", choices=vectorfile.EDITIONS, default="rfc9110-recipient")
    parser.add_argument("--authlint", help="a row for this program, too")
    parser.add_argument("--vectors", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    files = [each for each in vectorfile.files([options.vectors]) if not vectorfile.load(each)["generated"]]
    asked = runner.cases(files, options.edition)
    rows, missing = [], []
    if options.authlint:
        command = [options.authlint, "parse", "--ndjson", "--reveal", "--edition", options.edition]
        rows.append(("authlint", runner.run(command, asked)[0]))
    for program, package in PARSERS:
        name = name_of(package)
        if name is None:
            missing.append(package)
            continue
        command = [sys.executable, str(pathlib.Path(__file__).parent / "parsers" / program)]
        rows.append((name, runner.run(command, asked)[0]))
    print(f"{len(asked)} cases of {', '.join(each.name for each in files)}, edition {options.edition}\n")
    print(runner.table(rows))
    print("\n" + "\n".join(f"{outcome}: {text}" for outcome, text in runner.EXPLAINED.items()))
    for package in missing:
        print(f"not run: {package} is not installed (python3-{package})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
