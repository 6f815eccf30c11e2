#!/usr/bin/python3
"""Follows README.md word by word: installs the libraries from a copy of the sources, and builds its first example with them.

usage: follow.py SOURCE FOLDER [--packages]

What its section "Install" says to run is run, in a folder that is made anew, with a HOME of its own and nothing else of the
environment; what it says to write is written. The program has to print what README.md says. With --packages the packages
are installed too, as README.md says; without, they are taken to be there. The last line says how long it all took.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import time

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def section(text, heading):
    """What is under a heading, up to the next one of its level."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## )", text, re.M | re.S)
    if not found:
        sys.exit(f'README.md has no section "{heading}"')
    return found[1]


def copy_sources(source, target):
    """The files that git tracks; all but what is built, where there is no git."""
    command = ["git", "-c", "safe.directory=*", "-C", source, "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, check=False) if shutil.which("git") else None
    if listed is None or listed.returncode:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("build", ".git"))
        return
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, target / name)


class Reader:
    """Somebody with a HOME and a shell."""

    def __init__(self, home):
        self.environment = {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"}

    def run(self, commands, folder, **more):
        print(commands, end="", flush=True)
        done = subprocess.run(["sh", "-eu", "-c", commands], cwd=folder, env={**self.environment, **more},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        print(done.stdout, end="", flush=True)
        if done.returncode:
            sys.exit(f"exit {done.returncode}")
        return done.stdout


def main():
    arguments = sys.argv[1:]
    packages = "--packages" in arguments
    source, folder = (pathlib.Path(each).resolve() for each in arguments if each != "--packages")
    shutil.rmtree(folder, ignore_errors=True)
    checkout, home, hello = folder / "checkout", folder / "home", folder / "hello"
    home.mkdir(parents=True)
    hello.mkdir()

    text = (source / "README.md").read_text(encoding="utf-8")
    expected = re.search(r"^It prints `([^`]*)`, then `([^`]*)`", section(text, r"In C\+\+"), re.M)
    example = FENCE.search(section(text, r"In C\+\+"))
    blocks = FENCE.findall(section(text, "Install"))
    if not expected or example[1] != "cpp" or [kind for kind, _ in blocks] != ["sh", "sh", "cmake", "sh", "sh"]:
        sys.exit("README.md is not as it is here")
    (_, to_get), (_, to_install), (_, project), (_, with_cmake), (_, without) = blocks

    reader = Reader(home)
    if packages:
        reader.run(to_get.replace("apt-get install", "apt-get install -y -q --no-install-recommends"), folder, DEBIAN_FRONTEND="noninteractive")
    begin = time.monotonic()
    copy_sources(source, checkout)
    reader.run(to_install, checkout)
    (hello / "hello.cpp").write_text(example[2], encoding="utf-8")
    (hello / "CMakeLists.txt").write_text(project, encoding="utf-8")
    printed = [reader.run(with_cmake, hello)]
    taken = time.monotonic() - begin
    printed.append(reader.run(without, hello))
    for output in printed:
        if not output.endswith(f"{expected[1]}\n{expected[2]}\n"):
            sys.exit(f"README.md says that it prints {expected[1]}, then {expected[2]}")
    print(f"readme: from the sources to a program that is linked in {taken:.0f} s")


main()
