#!/usr/bin/env python3
"""vector_files.py SOURCE BINARY [CMAKE OPTION…]: what the objects of vector files show to the linker.

A vector file is a source of the core that is compiled for more than the baseline processor. Of what it shares with other
files the linker keeps one copy, and if that is the vector file's, the program dies on an older processor. So its object
defines one symbol, its kernel table, in every build type; all else in it is local.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys

BUILD_TYPES = ("Debug", "Release", "RelWithDebInfo", "MinSizeRel")
FOR_A_PROCESSOR = re.compile(r"-m(?:avx|bmi|sse|popcnt|pclmul|arch=)")
TABLE = re.compile(r"authgrammar::detail::\w+_kernels\Z")


def visible(object_file):
    """The lines of nm for the symbols that the object defines for others: letters in upper case, and weak ones."""
    out = subprocess.run(
        ["nm", "--demangle", "--defined-only", object_file], check=True, capture_output=True, text=True
    ).stdout
    for line in out.splitlines():
        letter, name = line.split(" ", 2)[1:]
        if letter.isupper() or letter in "uvw":
            yield letter, name


def main():
    source, binary = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    subprocess.run(
        ["cmake", "-S", source, "-B", binary, "-G", "Ninja Multi-Config", *sys.argv[3:],
         f"-DCMAKE_CONFIGURATION_TYPES={';'.join(BUILD_TYPES)}", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"],
        check=True, stdout=subprocess.DEVNULL,
    )
    commands = json.loads((binary / "compile_commands.json").read_text(encoding="utf-8"))
    vector = [c for c in commands if "/src/core/" in c["file"] and FOR_A_PROCESSOR.search(c["command"])]
    faults = []
    for command in vector:
        words = shlex.split(command["command"])
        target = pathlib.Path(command["directory"], words[words.index("-o") + 1])
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(words, cwd=command["directory"], check=True)
        symbols = list(visible(target))
        # The build type is a folder in the name of the object.
        name = target.relative_to(binary)
        tables = [shown for _, shown in symbols if TABLE.match(shown)]
        if len(tables) != 1:
            faults.append(f"{name}: not one kernel table but {len(tables)}")
        faults += [f"{name}: {letter} {shown}" for letter, shown in symbols if not TABLE.match(shown)]
    print("\n".join(faults))
    files = {pathlib.Path(command["file"]).name for command in vector}
    print(f"vector files: {', '.join(sorted(files))}: {len(vector)} objects, {len(faults)} faults")
    if not files or len(vector) != len(files) * len(BUILD_TYPES):
        sys.exit("vector files: not every one was compiled in every build type")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
