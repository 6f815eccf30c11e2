#!/usr/bin/env python3
"""exported.py LIBRARY LIST [--c] [--no-runtime] [--update]: what a shared library exports, held against the list in a file.

Every exported symbol is a function of the namespace authgrammar, or with --c a function of C whose name begins with
authgrammar_, and in the list; and all of the list is exported. With --no-runtime the library also needs nothing of the C++
runtime: no allocation, no exception, no type information; with --c it is not even linked with it. --update writes the list
instead, once the symbols are what they may be.
"""

import argparse
import pathlib
import re
import subprocess
import sys

# nm's letters: T is code. D, B and R are data, V and W weak (vtables, type information, instances of templates).
FUNCTION = "T"

IN_NAMESPACE = re.compile(r"_ZN[KVrRO]*11authgrammar")
OF_C = re.compile(r"authgrammar_[a-z]")
RUNTIME = re.compile(r"@(GLIBCXX|CXXABI)|operator (new|delete)|typeinfo|__cxa_throw|std::")

RUNTIME_LIBRARY = re.compile(r"\(NEEDED\).*(?:stdc\+\+|libc\+\+|supc\+\+|abi|libauthgrammar).*")

# Functions of the library below, which have std::string_view among their arguments.
OURS = re.compile(r" U authgrammar::")


def nm(*arguments):
    return subprocess.run(["nm", "-D", *arguments], check=True, capture_output=True, text=True).stdout.splitlines()


def exported(library):
    """(letter, mangled name, name) of each symbol that the library exports."""
    mangled, named = (nm("--defined-only", *more, library) for more in ([], ["--demangle"]))
    for raw, shown in zip(mangled, named):
        letter, symbol = raw.split(" ", 2)[1:]
        yield letter, symbol, shown.split(" ", 2)[2]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("list", type=pathlib.Path)
    parser.add_argument("--c", action="store_true")
    parser.add_argument("--no-runtime", action="store_true")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()

    faults = []
    functions = set()
    ours, what = (OF_C, "authgrammar_…") if options.c else (IN_NAMESPACE, "of the namespace authgrammar")
    for letter, symbol, name in exported(options.library):
        if letter == FUNCTION and ours.match(symbol):
            functions.add(name)
        else:
            faults.append(f"no function {what}: {letter} {name}")
    if not functions:
        faults.append("exports no function")
    if options.no_runtime:
        needed = nm("--demangle", "--undefined-only", options.library)
        faults += [f"needs of the C++ runtime: {line.strip()}" for line in needed
                   if RUNTIME.search(line) and not OURS.search(line)]
        if options.c:
            linked = subprocess.run(["readelf", "-d", options.library], check=True, capture_output=True, text=True).stdout
            faults += [f"is linked with {needed[0]}" for needed in RUNTIME_LIBRARY.finditer(linked)]

    text = "".join(f"{name}\n" for name in sorted(functions))
    if options.update and not faults:
        options.list.write_text(text, encoding="utf-8")
    listed = set(options.list.read_text(encoding="utf-8").splitlines()) if options.list.exists() else set()
    faults += [f"not in {options.list.name}: {name}" for name in sorted(functions - listed)]
    faults += [f"in {options.list.name}, but not exported: {name}" for name in sorted(listed - functions)]

    for fault in faults:
        print(f"{options.library}: {fault}")
    if functions != listed:
        print(f"The list is made anew by: {sys.argv[0]} {options.library} {options.list} --update")
    print(f"{options.library}: {len(functions)} functions, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
