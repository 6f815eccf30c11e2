"""Breaks the decisions in the code, one after the other, and wants the tests of their requirements to fail.

Each line of breaks.tsv replaces a text of one source file, which has to be there once, and names the requirements that
this breaks; the file has to say that it decides them. It is compiled with the change and linked before the libraries
into the test programs that show these requirements; for each of them one of its tests has to fail. Every requirement
that has tests stands in a line.
"""

import argparse
import concurrent.futures
import csv
import importlib.machinery
import importlib.util
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

TABLE = "tests/requirements/breaks.tsv"


def matrix_of(root):
    loader = importlib.machinery.SourceFileLoader("requirements", str(root / "scripts/requirements"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("requirements", loader))
    loader.exec_module(module)
    return module.Matrix(root)


def tests_of(program):
    """The tests of a program, as tags name them."""
    listed = subprocess.run([program, "--gtest_list_tests"], stdout=subprocess.PIPE, text=True, check=True).stdout
    names, suite = set(), ""
    for line in listed.splitlines():
        word = line.split("#")[0].strip().split("/")
        if line[:1] != " ":
            suite = word[-1] if word[-1].endswith(".") else word[-2] + "."
        elif suite:
            names.add(suite + word[0])
    return names


class Breaker:
    """Compiles, links and runs what is broken; `build` is the folder of a build with everything in it."""

    def __init__(self, root, build, scratch):
        self.root = root
        self.build = build
        self.scratch = scratch
        self.matrix = matrix_of(root)
        commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
        self.compile = {pathlib.Path(entry["file"]): entry["command"] for entry in commands}
        self.programs = {path.name: tests_of(path) for path in sorted((build / "tests/bin").glob("test_*"))}

    def break_one(self, number, path, old, new, ids):
        """What was not noticed, a line each."""
        folder = self.scratch / str(number)
        folder.mkdir()
        source = self.root / path
        text = source.read_text(encoding="utf-8")
        if text.count(old) != 1:
            return [f"{path}: {old!r} stands there {text.count(old)} times"]
        header = "/include/" in path
        if header:
            broken = folder / "include" / path.split("/include/")[1]
        else:
            broken = folder / source.name
        broken.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix != ".cpp" and not header:
            # What includes it looks beside itself first.
            for beside in (*source.parent.glob("*.hpp"), *source.parent.glob("*.cpp")):
                shutil.copy(beside, folder)
        broken.write_text(text.replace(old, new), encoding="utf-8")
        faults = []
        for name in ids:
            if not self._noticed(folder, source, broken, header, name):
                faults.append(f"{path}: {old!r} broken, and no test of {name} fails")
        return faults

    def _noticed(self, folder, source, broken, header, name):
        shown = {case.name for cases in self.matrix.cases[name].values() for case in cases}
        for program, tests in self.programs.items():
            wanted = sorted(shown & tests)
            if not wanted:
                continue
            linked = folder / program
            if not linked.exists() and not self._link(folder, source, broken, header, program):
                continue
            names = ":".join(f"{test}:{test}/*:*/{test}/*" for test in wanted)
            done = subprocess.run([linked, "--gtest_fail_fast", f"--gtest_filter={names}"], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, cwd=folder, check=False, timeout=300)
            if done.returncode != 0:
                return True
        return False

    def _link(self, folder, source, broken, header, program):
        """Whether the program has the broken file in it; if so it is linked."""
        command = self._run(["ninja", "-C", self.build, "-t", "commands", program], self.build).splitlines()[-1]
        words = shlex.split(command.removeprefix(": && ").removesuffix(" && :"))
        if self._archive(source, header) not in words:
            return False
        at = words.index("-o")
        words[at + 1] = str(folder / program)
        if header:
            # The tests see the header too; what stands first is what the linker takes.
            own = [self.root / word.split("/CMakeFiles/")[0] / word.split(".dir/")[1].removesuffix(".o")
                   for word in words[:at] if word.endswith(".cpp.o")]
            objects = [self._compile(folder, path, path, header) for path in (*own, self.root / "src/core/parse.cpp")]
            words = [word for word in words if not word.endswith(".cpp.o")]
        elif source.suffix != ".cpp":
            objects = [self._compile(folder, path, folder / path.name, header) for path in self._includers(source)]
        else:
            objects = [self._compile(folder, source, broken, header)]
        words[1:1] = objects
        self._run(words, self.build)
        return True

    def _includers(self, header):
        """The sources beside a header that include it, by way of others beside it too."""
        texts = {path: path.read_text(encoding="utf-8") for path in header.parent.glob("*.[ch]pp")}
        found, added = set(), {header}
        while added:
            found |= added
            added = {path for path, text in texts.items()
                     if any(f'#include "{name.name}"' in text for name in found)} - found
        return sorted(path for path in found if path in self.compile)

    def _archive(self, source, header):
        """The archive that has the object of a source, or of those that a header belongs to."""
        if header or source.suffix != ".cpp":
            room = source.relative_to(self.root).parts[1]
            return f"src/{room}/libauthgrammar{'' if room == 'core' else '_' + room}.a"
        words = shlex.split(self.compile[source])
        place = re.fullmatch(r"(.*)/CMakeFiles/(.*)\.dir/.*", words[words.index("-o") + 1])
        return f"{place[1]}/lib{place[2]}.a"

    def _compile(self, folder, source, broken, header):
        target = folder / (re.sub(r"\W", "_", str(source)) + ".o")
        if target.exists():
            return str(target)
        words = shlex.split(self.compile[source])
        words[words.index("-o") + 1] = str(target)
        words[words.index("-c") + 1] = str(broken)
        words = ["-O0" if word == "-O3" else word for word in words]
        first = next(at for at, word in enumerate(words) if word.startswith("-D") or word.startswith("-I"))
        words[first:first] = [f"-I{folder / 'include'}"] if header else ["-iquote", str(source.parent)]
        self._run([*words, "-w"], self.build)
        return str(target)

    @staticmethod
    def _run(words, folder):
        done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, cwd=folder, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{shlex.join(map(str, words))}\n{done.stdout}")
        return done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", help="a requirement: only the lines that name it")
    options = parser.parse_args()
    with open(options.root / TABLE, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    faults = []
    with tempfile.TemporaryDirectory() as scratch:
        breaker = Breaker(options.root.resolve(), options.build.resolve(), pathlib.Path(scratch))
        named = {name for row in rows for name in row[3].split()}
        faults += [f"{TABLE}: unknown requirement {name}" for name in sorted(named - breaker.matrix.cases.keys())]
        faults += [f"{TABLE}: nothing breaks {name}" for name, cases in breaker.matrix.cases.items()
                   if any(cases.values()) and name not in named]
        faults += [f"{TABLE}: {row[0]} is broken, but does not say that it decides {name}" for row in rows
                   for name in row[3].split() if pathlib.Path(row[0]) not in breaker.matrix.places.get(name, ())]
        if not faults:
            with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
                jobs = [pool.submit(breaker.break_one, number, row[0], row[1], row[2], row[3].split())
                        for number, row in enumerate(rows)
                        if options.only is None or options.only in row[3].split()]
                for job in jobs:
                    faults += job.result()
    print("\n".join(faults))
    print(f"broken decisions: {len(rows)} made, of {len(named)} requirements, {len(faults)} not noticed")
    return 1 if faults else 0


sys.exit(main())
