"""A finished build, as ninja knows it: what a program is made of, and how. It is only read.

A mutant's programs are made from its objects and archives, and from those few that the mutant changes."""

import collections
import json
import os
import shlex
import subprocess

from rooms import headers_of, program_of, programs_of

# Their arguments are files that stay where they are.
SOURCE_FOLDERS = ("src", "tests", "fuzz", "grammar")


def without_precompiled_header(words):
    """A compiler's command without CMake's precompiled header, which is of no use to other options. Sources include what
    they need."""
    for at, word in enumerate(words):
        if word == "-include" and words[at + 1].endswith("/cmake_pch.hxx"):
            return [one for one in words[:at] + words[at + 2:] if one != "-Winvalid-pch"]
    return words


class Base:
    def __init__(self, root, build):
        self.root = root
        self.build = build
        self.tests = self._tests()
        self.compile = {}
        self.sources = {}
        self._made = {}
        self._links = {}

    def runs_program(self, test):
        """Whether a test is a program of the build, by the name that it should have. CTest knows no command of those
        that are not built yet."""
        command = self.command_of(test)
        return not command or command[0] == str(self.build / program_of(test))

    def command_of(self, test):
        """The words of a test's command."""
        return self.tests[test][0]

    def read_programs(self, programs):
        """Learns what the programs are made of, once they are built."""
        self.compile = self._compile_commands()
        self.sources = self._dependencies()
        for program in programs:
            words = self._commands_of(program)
            self._links[program] = words
            self._made[program] = [word for word in words if word.endswith((".o", ".a"))]

    def parts_of(self, product):
        """The objects and archives that a program or an archive is made of, those of the project."""
        return [part for part in self._made.get(product, ()) if not part.startswith("/")]

    def objects_of(self, program):
        """All objects that can be in a program."""
        found, pending = set(), [program]
        while pending:
            for part in self.parts_of(pending.pop()):
                (found.add if part.endswith(".o") else pending.append)(part)
        return found

    def is_from(self, path, name):
        """Whether an object is made from a source."""
        return str(self.root / path) in self.sources.get(name, ())

    def is_in(self, path, program):
        """Whether a source is in a program."""
        return any(self.is_from(path, name) for name in self.objects_of(program))

    def uses(self, test, path):
        """Whether a source is in a program that a test runs, or in what it compiles."""
        headers = headers_of(test)
        return path.startswith(headers) if headers else any(self.is_in(path, program) for program in programs_of(test))

    def link_command(self, program):
        return list(self._links[program])

    def _run(self, *words):
        return subprocess.run(words, cwd=self.build, stdout=subprocess.PIPE, text=True, check=True).stdout

    def _compile_commands(self):
        commands = {}
        for entry in json.loads((self.build / "compile_commands.json").read_text(encoding="utf-8")):
            words = without_precompiled_header(shlex.split(entry["command"]))
            commands[words[words.index("-o") + 1]] = words
        return commands

    def _dependencies(self):
        """Object: the files that it is made from, as the compiler found them."""
        sources, product = collections.defaultdict(set), None
        for line in self._run("ninja", "-t", "deps").splitlines():
            if line.startswith(" "):
                sources[product].add(os.path.normpath(self.build / line.strip()))
            elif line:
                product = line.split(":")[0]
        return sources

    def _tests(self):
        """Test: its command, folder, environment and the pattern that means a failure."""
        tests = {}
        for entry in json.loads(self._run("ctest", "--show-only=json-v1"))["tests"]:
            properties = {one["name"]: one["value"] for one in entry.get("properties", ())}
            tests[entry["name"]] = (entry.get("command"), properties)
        return tests

    def _commands_of(self, program):
        """The words of a program's link. What makes its archives is learnt on the way."""
        link = None
        for line in self._run("ninja", "-t", "commands", program).splitlines():
            if not line.startswith(": && "):
                continue
            steps = [shlex.split(step) for step in line.removeprefix(": && ").removesuffix(" && :").split(" && ")]
            for words in steps:
                if words[1:2] == ["qc"]:
                    self._made[words[2]] = words[3:]
                elif "-o" in words and not words[0].endswith("cmake"):
                    link = words
        return link
