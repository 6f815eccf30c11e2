#!/usr/bin/env python3
"""names.py INCLUDE COMPILER [FLAG…]: what reaches a program that includes all headers of the installation INCLUDE.

Their macros begin with AUTHGRAMMAR_, and all that those of C++ declare is in the namespace authgrammar; what those of C
declare begins with authgrammar_. COMPILER, with the FLAGs, is one that takes -E and -dD as g++ does.
"""

import pathlib
import re
import subprocess
import sys

MARKER = re.compile(r'# \d+ "((?:[^"\\]|\\.)*)"')
DIRECTIVE = re.compile(r"#\s*(define|undef)\s+(\w+)")
LITERAL = re.compile(r'R"([^( ]*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'', re.DOTALL)
# A digit separator is not the start of a character.
SEPARATOR = re.compile(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])")
OURS = re.compile(r"(?:inline\s+)?namespace\s+authgrammar(?:::\w+)*\s*(?=\{)")
LINKAGE = re.compile(r'extern\s*""\s*(?=\{)')


# What a declaration of C declares.
DECLARED_BY_C = re.compile(r"(\w+)(?:\(.*\)|\[\w+\])?\Z")


def preprocessed(include, compiler, headers):
    """The macros that headers of ours leave behind, and what stands in these headers."""
    unit = "".join(f"#include <{path}>\n" for path in headers)
    out = subprocess.run(
        [*compiler, "-x", "c++", "-E", "-dD", f"-I{include}", "-"], input=unit, check=True, capture_output=True, text=True
    ).stdout
    macros = {}
    lines = []
    ours = False
    for line in out.splitlines():
        if marker := MARKER.match(line):
            file = pathlib.Path(marker[1])
            ours = include in file.parents
        elif directive := DIRECTIVE.match(line):
            if directive[1] == "undef":
                macros.pop(directive[2], None)
            elif ours:
                macros[directive[2]] = file.relative_to(include)
        elif ours and not line.startswith("#"):
            lines.append(line)
    return macros, "\n".join(lines)


def block_end(text, at):
    """Behind the brace that closes the one at `at`."""
    depth = 0
    for brace in re.finditer(r"[{}]", text[at:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return at + brace.end()
    raise ValueError("a brace that is not closed")


def outside(text):
    """The declarations of the text that are not in the namespace authgrammar; linkage makes no difference."""
    found = []
    at = 0
    while rest := text[at:].lstrip(" \t\n;"):
        at = len(text) - len(rest)
        if ours := OURS.match(rest):
            at = block_end(text, at + ours.end())
        elif linkage := LINKAGE.match(rest):
            end = block_end(text, at + linkage.end())
            found += outside(text[at + linkage.end() + 1 : end - 1])
            at = end
        else:
            stop = re.search(r"[;{]", rest)
            if stop is None:
                found.append(rest)
                break
            found.append(rest[: stop.start()])
            at = block_end(text, at + stop.start()) if stop[0] == "{" else at + stop.end()
    return [" ".join(declaration.split()) for declaration in found]


def names_outside(code):
    return outside(LITERAL.sub('""', SEPARATOR.sub("", code)))


def names_of_c(code):
    """What headers of C declare under another name than theirs."""
    found = []
    for declaration in outside(LITERAL.sub('""', re.sub(r"__attribute__\s*\(\(.*?\)\)", "", code))):
        name = DECLARED_BY_C.search(declaration)
        if not re.match(r"(?:typedef )?enum\b|authgrammar_\w+\Z", declaration) and not (
            name and name[1].startswith("authgrammar_")
        ):
            found.append(declaration)
    return found


def test_itself():
    """That the reader of declarations finds what it is for."""
    assert names_outside('namespace authgrammar::a { struct b { char c = \'{\'; }; }\ninline namespace authgrammar {}') == []
    assert names_outside('namespace authgrammar { const char* s = "}"; auto r = R"x(}")x"; int n = 1\'000; }') == []
    assert names_outside("namespace authgrammarian { int i; }") == ["namespace authgrammarian"]
    assert names_outside("int f(int a);\nstruct s { int i; };\nusing t = int;") == ["int f(int a)", "struct s", "using t = int"]
    assert names_outside('extern "C" { enum { AG_A }; void g(void) { if (1) {} } }') == ["enum", "void g(void)"]
    assert names_of_c('extern "C" { typedef struct authgrammar_a { int i; } authgrammar_a; int authgrammar_f(int a); }') == []
    assert names_of_c("typedef struct a { int i; } a; int f(int authgrammar_a);") == ["typedef struct a", "a", "int f(int authgrammar_a)"]
    assert names_outside("namespace authgrammar {} namespace std { template <> struct hash<int> {}; }") == ["namespace std"]


def main():
    test_itself()
    include = pathlib.Path(sys.argv[1]).resolve()
    headers = sorted(path.relative_to(include) for path in (include / "authgrammar").rglob("*.hpp"))
    macros, code = preprocessed(include, sys.argv[2:], headers)
    headers_of_c = sorted(path.relative_to(include) for path in include.glob("authgrammar*.h"))
    macros_of_c, code_of_c = preprocessed(include, sys.argv[2:], headers_of_c)
    macros.update(macros_of_c)
    faults = [f"{file}: macro {name}" for name, file in sorted(macros.items()) if not name.startswith("AUTHGRAMMAR_")]
    faults += [f"outside the namespace authgrammar: {name}" for name in names_outside(code)]
    faults += [f"not authgrammar_…: {name}" for name in names_of_c(code_of_c)]
    print("\n".join(faults))
    print(f"headers: {len(headers)} C++ headers, {len(headers_of_c)} C headers, {len(macros)} macros, {len(faults)} faults")
    if not headers or "namespace authgrammar" not in code:
        sys.exit("headers: nothing was read")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
