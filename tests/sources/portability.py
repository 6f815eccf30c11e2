#!/usr/bin/env python3
"""portability.py ROOT: what is said to one compiler only is said in one header of C++, and in one of C.

Builtins, attributes, assembly, pragmas, and the questions which compiler, processor or byte order it is, are in
PORTABILITY alone. Everything else in src/ and grammar/ is standard C++ or C, and the intrinsics (_mm…) of vector files.
"""

import pathlib
import re
import sys

PORTABILITY = ("src/core/include/authgrammar/detail/portability.hpp", "src/c/include/authgrammar.h")
FORBIDDEN = re.compile(
    r"""__builtin_\w+ | __attribute__ | \[\[ \s* (?:using \s+)? (?:gnu|clang|msvc)\b | __declspec | __forceinline
    | __noinline\w* | \b_*asm_*\b (?=\s*(?:volatile|goto|inline|\()) | __restrict\w* | __extension__ | __int128
    | \#\s*pragma | \b_?_Pragma\b | __has_(?:attribute|builtin|feature|cpp_attribute|extension|declspec_attribute)
    | __GNUC\w* | __clang\w* | _MSC_\w+ | __INTEL\w* | __GLIBC\w*
    | __x86_64\w* | __amd64\w* | __i386\w* | __aarch64\w* | __ARM\w* | _M_(?:X64|IX86|ARM\w*)
    | __(?:AVX|SSE|BMI|POPCNT|PCLMUL)\w* | __BYTE_ORDER\w* | __ORDER_\w+ | __OPTIMIZE\w*""",
    re.VERBOSE,
)
IGNORED = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^( ]*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)\'', re.DOTALL
)


def found_in(text):
    """(line number, what) of each thing that only some compilers know; comments and literals are ignored."""
    code = IGNORED.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(code.splitlines(), 1):
        for match in FORBIDDEN.finditer(line):
            yield number, match[0]


def test_itself():
    for code in (
        "__builtin_expect(a, 1)", "__attribute__((cold))", "[[gnu::noinline]] int f();", "[[ using gnu : cold ]]",
        "[[clang::musttail]] return f();", "__declspec(dllexport)", 'asm("" : "+r"(n));', "__asm__ volatile (x);",
        "#pragma once", "# pragma GCC unroll 4", '_Pragma("x")', "#if defined(__GNUC__)", "#ifdef _MSC_VER",
        "#if __has_builtin(x)", "__restrict__", "#ifdef __x86_64__", "#if __BYTE_ORDER__ == 1", "#ifdef __AVX2__",
    ):
        assert list(found_in(f"int i;\n{code}\n")), code
    for code in (
        "// __builtin_expect", "/* __GNUC__\n */", '"__attribute__"', "[[nodiscard]] int i;", "_mm256_add_epi8(a, b)",
        "__m256i v;", "#if __cplusplus >= 202002L", "#if __has_include(<x>)", "int asmple(int);", "spasm (1);",
        "AUTHGRAMMAR_NOINLINE void f();", "R\"(asm(1))\"",
    ):
        assert not list(found_in(code)), code


def main():
    test_itself()
    root = pathlib.Path(sys.argv[1])
    files = sorted(
        path
        for room in ("src", "grammar")
        for path in (root / room).rglob("*")
        if path.suffix in (".hpp", ".h", ".cpp", ".c", ".inl")
    )
    faults = [
        f"{path.relative_to(root)}:{number}: {what}"
        for path in files
        if path.relative_to(root).as_posix() not in PORTABILITY
        for number, what in found_in(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(faults))
    print(f"portability: {len(files)} files, {len(faults)} faults")
    if len(files) < 50:
        sys.exit("portability: too few files were found")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
