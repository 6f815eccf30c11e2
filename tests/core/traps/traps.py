"""Compiles traps.cpp and holds the diagnostics to what its comments announce: traps.py COMPILER STANDARD INCLUDE…"""

import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(__file__).with_name("traps.cpp")
ANNOUNCED = re.compile(r"// (error|warning|clang|consteval): (.+)$")
DIAGNOSTIC = re.compile(
    r"^(?P<file>[^\s:]+):(?P<line>\d+):(?:\d+:)? (?P<kind>fatal error|error|warning|note): (?P<text>.*)$"
)
# What g++ says before an error, and clang after it, of its context: for a template, which line of the source uses it.
CONTEXT = re.compile(r": In .+:$|: At global scope:$")
USED_BY = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+):.*(?:required from here|requested here)$")
# And before an error in a constant expression: which line of the source makes the call.
CALLED_BY = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+):\d+:   in .constexpr. expansion of ")


def announced(has):
    """The diagnostics that the source announces to a compiler that has these of "clang" and "consteval":
    {line: (kind, text)}."""
    kinds = {"error": "error", "warning": "warning", "clang": "warning", "consteval": "error"}
    out = {}
    for number, line in enumerate(SOURCE.read_text(encoding="utf-8").splitlines(), 1):
        found = ANNOUNCED.search(line)
        if found and not line.startswith("//") and has.get(found[1], True):
            out[number] = (kinds[found[1]], found[2])
    return out


def diagnosed(output, is_clang):
    """The errors and warnings in the compiler's output as [line, kind, text], where text holds the notes and the quoted
    lines of headers too. The line is one of the source, also for a diagnostic in a header; where the compiler does not
    repeat it for a second diagnostic, it is that of the first."""
    out = []
    used_by = called_by = 0
    for line in output.splitlines():
        user = USED_BY.match(line)
        if user and user["file"].endswith(SOURCE.name):
            if is_clang:
                out[-1][0] = int(user["line"])
            else:
                used_by = int(user["line"])
        elif CONTEXT.search(line):
            used_by = 0
        caller = CALLED_BY.match(line)
        if caller and caller["file"].endswith(SOURCE.name):
            called_by = int(caller["line"])
        found = DIAGNOSTIC.match(line)
        if ANNOUNCED.search(line):
            continue  # the line of the source, which compilers quote with its comment
        if found and found["kind"] != "note":
            in_source = found["file"].endswith(SOURCE.name)
            here = int(found["line"]) if in_source else out[-1][0] if out else 0
            out.append([called_by or used_by or here, found["kind"], found["text"]])
            called_by = 0
        elif out:
            out[-1][2] += "\n" + line
    return out


def main(compiler, standard, *includes):
    version = subprocess.run([compiler, "--version"], check=True, capture_output=True, text=True).stdout
    is_clang = "clang" in version
    macros = subprocess.run([compiler, f"-std=c++{standard}", "-dM", "-E", "-x", "c++", "/dev/null"], check=True,
                            capture_output=True, text=True).stdout
    options = ["-fno-color-diagnostics", "-ferror-limit=0"] if is_clang else ["-fdiagnostics-color=never"]
    command = [compiler, f"-std=c++{standard}", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wno-unused"]
    command += ["-Wunused-result", *options]
    command += [*(f"-I{path}" for path in includes), str(SOURCE)]
    output = subprocess.run(command, check=False, capture_output=True, text=True).stderr
    expected = announced({"clang": is_clang, "consteval": "__cpp_consteval" in macros})
    said = diagnosed(output, is_clang)
    failures = []
    for line, (kind, text) in expected.items():
        if not any(where == line and what == kind and text in words for where, what, words in said):
            failures.append(f"{SOURCE.name}:{line}: no {kind} with the words: {text}")
    for where, kind, words in said:
        if where not in expected:
            failures.append(f"{SOURCE.name}:{where}: not announced: {kind}: {words}")
    for failure in failures:
        print(failure)
    print(f"{compiler} -std=c++{standard}: {len(expected)} diagnostics announced, {len(failures)} failures")
    return 1 if failures or not expected else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
