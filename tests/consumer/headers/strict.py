#!/usr/bin/env python3
"""strict.py INCLUDE COMPILER…: all C++ headers of the installation INCLUDE, without a warning in a program that has its warnings on.

They are no system headers to it, whose warnings compilers keep to themselves. Each COMPILER is one like g++ or clang++; one
that is not there is passed over, but the first.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Wold-style-cast"]
STANDARDS = ["c++17", "c++2b"]


def complaints(compiler, standard, include, headers):
    """What the compiler says of a program that includes the headers; nothing if all is well."""
    unit = "".join(f"#include <{header}>\n" for header in headers)
    return subprocess.run(
        [compiler, f"-std={standard}", *WARNINGS, "-Werror", "-fsyntax-only", f"-I{include}", "-x", "c++", "-"],
        input=unit, capture_output=True, text=True, check=False).stderr


def sees(compiler):
    """Whether each of the warnings that are asked for would be seen here."""
    faults = {
        "old-style-cast": "inline int f(double d) { return (int)d; }",
        "shadow": "inline int f(int i) { { int i = 1; return i; } }",
        "conversion": "inline int f(long l) { return l; }",
    }
    with tempfile.TemporaryDirectory() as folder:
        header = pathlib.Path(folder) / "fault.hpp"
        for warning, fault in faults.items():
            header.write_text(f"#pragma once\n{fault}\n", encoding="utf-8")
            # clang's name for what g++ calls -Wconversion is longer.
            said = complaints(compiler, "c++17", folder, ["fault.hpp"])
            if warning not in said and "shorten-64-to-32" not in said:
                sys.exit(f"strict: {compiler} does not notice what -W{warning} is for")


def main():
    include = pathlib.Path(sys.argv[1]).resolve()
    first, *others = sys.argv[2:]
    headers = sorted(str(path.relative_to(include)) for path in (include / "authgrammar").rglob("*.hpp"))
    if not headers:
        sys.exit(f"strict: no headers in {include}")
    compilers = [first, *(other for other in others if shutil.which(other))]
    faults = 0
    for compiler in compilers:
        sees(compiler)
        for standard in STANDARDS:
            said = complaints(compiler, standard, include, headers)
            if said:
                faults += 1
                print(f"{compiler} -std={standard}:\n{said}")
    print(f"strict: {len(headers)} C++ headers, {len(compilers)} compilers, {len(STANDARDS)} standards, {faults} with warnings")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
