"""One mutant in a copy of the sources: compiled, linked and tested as far as it takes."""

import math
import os
import pathlib
import re
import shutil
import signal
import subprocess
import threading

import rooms
from base import SOURCE_FOLDERS

# What a program that runs wild may take.
MOST_MEMORY_MB = 4096
MOST_OUTPUT = 256 << 20
LEAST_SECONDS = 5
# What sanitizers may slow a test down by, and more.
LONGER = 30
# By the clock, for what waits: more than a busy machine makes of it.
MOST_WAITING = 600
WAITING = 20
MOST_SECONDS = 3600
# What the mutant changes is compiled with sanitizers, whatever the build has: AddressSanitizer, and those checks of
# UndefinedBehaviorSanitizer that are cheap to compile and find what the other does not.
SANITIZERS = "-fsanitize=address,bool,bounds,enum,float-cast-overflow,integer-divide-by-zero,return,shift," \
             "signed-integer-overflow,unreachable,vla-bound"
# g++ sees uninitialised variables where sanitizers have changed the code. A textual change may leave out brackets that a
# person would write.
FLAGS = ("-O1", "-g0", "-D_GLIBCXX_ASSERTIONS", SANITIZERS, "-fno-sanitize-recover=all", "-Werror",
         "-Wno-maybe-uninitialized", "-Wno-parentheses", "-fdiagnostics-color=never")
# Where only the code counts.
PLAIN = ("-O2", "-fno-sanitize=all", "-w")
ENVIRONMENT = {
    "ASAN_OPTIONS": f"detect_stack_use_after_return=1:strict_memcmp=1:hard_rss_limit_mb={MOST_MEMORY_MB}",
    "UBSAN_OPTIONS": "print_stacktrace=0:halt_on_error=1",
}


class NotCompiled(Exception):
    """`by` is what stopped it: "error", "warning" or "static_assert"; `product` what could not be made."""

    def __init__(self, by, said, product):
        super().__init__(said)
        self.by = by
        self.product = product


def why_not_compiled(said):
    """What a compiler's messages amount to, and the first of them."""
    errors = re.findall(r"^.*?: (?:fatal )?error: .*", said, re.MULTILINE)
    first = errors[0].split("error: ", 1)[1] if errors else said.strip()[-200:]
    if errors and all("[-Werror" in line for line in errors):
        return "warning", first
    if any("static assertion failed" in line or "static_assert failed" in line for line in errors):
        return "static_assert", next(line for line in errors if "static" in line).split("error: ", 1)[1]
    return "error", first


def first_failure(output, code):
    """What a failed program said: the test of GoogleTest that failed, a sanitizer's finding, or how it ended."""
    found = re.search(r"^.*ERROR: \w+Sanitizer: ([\w-]+)", output, re.MULTILINE) or \
        re.search(r"runtime error: (.*)", output)
    running = re.findall(r"^\[ RUN      \] (\S+)", output, re.MULTILINE)
    failed = re.search(r"^\[  FAILED  \] ([^\s,]+\.[^\s,]+)", output, re.MULTILINE)
    where = failed.group(1) if failed else running[-1] if running else ""
    what = found.group(1) if found else "" if failed else f"signal {-code}" if code < 0 else f"exit {code}"
    return " ".join(part for part in (where, what and f"({what})") if part)


def limited(seconds):
    """Before a command: what it and each of its children may take, in seconds of the processor, so that a busy machine
    makes no difference."""
    return ["prlimit", "--core=0", f"--fsize={MOST_OUTPUT}", f"--cpu={seconds}:{seconds + 1}", "--"]


class Worker:
    """A folder with a copy of the sources, in which one mutant after the other is tried."""

    def __init__(self, base, folder):
        self.base = base
        self.tree = folder / "tree"
        self.out = folder / "out"
        self.own = folder / "own"
        shutil.rmtree(folder, ignore_errors=True)
        self.own.mkdir(parents=True)
        self.out.mkdir()
        for name in SOURCE_FOLDERS:
            shutil.copytree(base.root / name, self.tree / name, symlinks=True)
        self._roots = re.compile(re.escape(str(base.root)) + rf"(?=/(?:{'|'.join(SOURCE_FOLDERS)})(?:/|$))")
        self._made = {}
        self._mutated = None
        self._running = None
        self.seconds = 0.0  # of the processor, for all that was made and run

    def begin(self, path, text):
        """From here on the source says `text`."""
        self.end()
        self._mutated = path
        (self.tree / path).write_text(text, encoding="utf-8")

    def end(self):
        if self._mutated:
            shutil.copyfile(self.base.root / self._mutated, self.tree / self._mutated)
        self._mutated, self._made = None, {}
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir(parents=True)

    # -- making -----------------------------------------------------------------------------------------------------

    def product(self, name, commands=None):
        """The path of an object, an archive or a program with the mutant in it, made now if it is another than the
        base's. `commands` are programs that this one runs, by the macro that has their path."""
        if name not in self._made:
            if commands:
                self._made[name] = self._link(name, commands)
            elif name.endswith(".o"):
                self._made[name] = self._object(name)
            else:
                parts = [self.product(part) for part in self.base.parts_of(name)]
                own = any(part.startswith(str(self.out)) for part in parts)
                self._made[name] = str(self.base.build / name)
                if own:
                    self._made[name] = self._archive(name, parts) if name.endswith(".a") else self._link(name)
        return self._made[name]

    def _new(self, name):
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return str(path)

    def _is_mutated(self, name):
        return self.base.is_from(self._mutated, name)

    def _object(self, name):
        return self.compile(name, self._new(name)) if self._is_mutated(name) else str(self.base.build / name)

    def own_paths(self, words):
        """The words of a command with the worker's copy of the sources in them."""
        return [self._roots.sub(str(self.tree), word) for word in words]

    def compile(self, name, target, *more):
        words = self.own_paths(self.base.compile[name])
        words[words.index("-o") + 1] = target
        code, said = self._execute([*words, *FLAGS, *more], self.base.build, {"LC_ALL": "C"}, MOST_SECONDS)
        if code != 0:
            raise NotCompiled(*why_not_compiled(said), name)
        return target

    def _archive(self, name, parts):
        target = self._new(name)
        self._succeed(["ar", "qc", target, *parts], name)
        return target

    def _link(self, name, commands=None):
        target = self._new(name)
        words = self.base.link_command(name)
        parts = {part: self.product(part) for part in self.base.parts_of(name)}
        for macro, program in (commands or {}).items():
            parts.update(self._parts_that_run(name, macro, program))
        words = [parts.get(word, word) for word in words]
        words[words.index("-o") + 1] = target
        self._succeed([*words, SANITIZERS], name)
        return target

    def _parts_that_run(self, name, macro, program):
        """Those of a test that have the path of a program in them, with that of the program with the mutant in its place."""
        link = self.own / pathlib.Path(program).name
        link.unlink(missing_ok=True)
        link.symlink_to(self.product(program))
        made = {}
        for part in self.base.parts_of(name):
            members = self.base.parts_of(part) if part.endswith(".a") else [part]
            own = {member: self._object_that_runs(member, macro, link) for member in members if self._names(member, macro)}
            if own and part.endswith(".a"):
                made[part] = self._archive(part, [own.get(member) or self.product(member) for member in members])
            else:
                made.update(own)
        return made

    def _names(self, part, macro):
        """Whether the source of an object has the macro in it."""
        source = self.base.compile.get(part, [""])[-1]
        return bool(source) and macro in pathlib.Path(source).read_text(encoding="utf-8")

    def _object_that_runs(self, part, macro, link):
        """The object with the path of the link, compiled once."""
        own = self.own / part.replace("/", "_")
        target = pathlib.Path(self._new(part)) if self._is_mutated(part) else own
        if not target.exists():
            self.compile(part, str(target), f"-U{macro}", f'-D{macro}="{link}"', "-w")
        return str(target)

    def _succeed(self, words, name):
        code, said = self._execute(words, self.base.build, {}, MOST_SECONDS)
        if code != 0:
            # Such as a function that nothing defines any more.
            raise NotCompiled("error", said.strip()[-200:], name)

    # -- comparing ---------------------------------------------------------------------------------------------------

    def is_same_code(self, objects):
        """Whether the compiler makes the same of the mutant as of the source: then it is none. Without sanitizers and
        debug information, which know of lines and columns."""
        path, text = self._mutated, (self.tree / self._mutated).read_text(encoding="utf-8")
        for name in sorted(one for one in objects if self._is_mutated(one)):
            plain = self.own / (name.replace("/", "_") + ".plain")
            if not plain.exists():
                shutil.copyfile(self.base.root / path, self.tree / path)
                self.compile(name, str(plain), *PLAIN)
                (self.tree / path).write_text(text, encoding="utf-8")
            try:
                mutated = self.compile(name, self._new(name + ".plain"), *PLAIN)
            except NotCompiled:
                return False
            if pathlib.Path(mutated).read_bytes() != plain.read_bytes():
                return False
        return True

    # -- testing ----------------------------------------------------------------------------------------------------

    def command_of(self, test):
        """The words of a test's command, with the mutant in what it runs or compiles."""
        words = self.base.command_of(test)
        if rooms.headers_of(test):
            return self.own_paths(words)
        return [self.product(rooms.program_of(test), rooms.COMMANDS.get(test)), *words[1:]]

    def run(self, test, command, most_seconds):
        """Runs a test's command, for so many seconds of the processor. What failed, or None; and how long it took."""
        _, properties = self.base.tests[test]
        scratch = self.out / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        folder = properties.get("WORKING_DIRECTORY", str(scratch))
        if folder.endswith(".scratch"):
            folder = str(scratch)
        words = [*limited(math.ceil(most_seconds)), *command]
        if pathlib.Path(command[0]).name.startswith("test_"):
            words.append("--gtest_fail_fast")
        before = self.seconds
        code, said = self._execute(words, folder, ENVIRONMENT, MOST_WAITING + WAITING * most_seconds)
        seconds = self.seconds - before
        if code in (None, -signal.SIGXCPU):
            return "time limit", seconds
        pattern = properties.get("FAIL_REGULAR_EXPRESSION")
        if code != 0 or (pattern and any(re.search(one, said) for one in pattern)):
            return first_failure(said, code), seconds
        return None, seconds

    # -- processes --------------------------------------------------------------------------------------------------

    def _execute(self, words, folder, environment, most_seconds):
        """The exit code of a command, or None if it took longer by the clock; and what it said. Counts its time of the
        processor."""
        with open(self.out / "output", "w+b") as output:
            self._running = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                             env={**os.environ, **environment}, start_new_session=True)
            alarm = threading.Timer(most_seconds, self.stop)
            alarm.start()
            _, status, usage = os.wait4(self._running.pid, 0)
            late = not alarm.is_alive()
            alarm.cancel()
            # Children that it left behind.
            self.stop()
            self._running.returncode = os.waitstatus_to_exitcode(status)
            self._running = None
            self.seconds += usage.ru_utime + usage.ru_stime
            output.seek(0)
            said = output.read(4 << 20).decode(errors="replace")
        return None if late else os.waitstatus_to_exitcode(status), said

    def stop(self):
        """Ends what runs, with its children."""
        if self._running is not None:
            try:
                os.killpg(self._running.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
