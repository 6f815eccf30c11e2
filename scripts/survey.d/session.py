"""A conversation with a reader, runner protocol 2: corpus/survey/README.md describes it."""

import os
import re
import select
import tempfile
import time

import box

START_SECONDS = 30
ANSWER_SECONDS = 5
PATIENT_SECONDS = 15
MOST_EXTENSIONS = 20
LONGEST_ANSWER = 1 << 20
HELLO = re.compile(r"protocol 2 (\S.*)")
WORD = re.compile(r"[stnvup]:(?:[0-9a-f]{2})*")
NAMES = {"s": "scheme", "t": "token68", "n": "name", "v": "value", "u": "user", "p": "password"}


class Unusable(Exception):
    """The reader cannot be measured; why."""


class Ended(Exception):
    """It died, or was stopped."""


class Late(Exception):
    """No answer in time."""


class Garbage(Exception):
    """It wrote something that is not of the protocol."""


def decoded(words):
    """[(name, text)…] of the words of an answer; U+0000 to U+00FF stand for the bytes."""
    if not all(map(WORD.fullmatch, words)):
        raise Garbage(" ".join(words)[:100])
    return [[NAMES[word[0]], bytes.fromhex(word[2:]).decode("latin-1")] for word in words]


class Session:
    """The processes of one reader, one at a time."""

    def __init__(self, argv, environment, root):
        self.argv, self.environment, self.root = argv, environment, root
        self.running, self.pending, self.number = None, b"", 0
        self.starts = 0
        self.version = None
        self.folder = tempfile.TemporaryDirectory(prefix="survey-")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
        self.folder.cleanup()

    def end(self):
        if self.running:
            self.running.stop()
            self.running.close()
        self.running, self.pending = None, b""

    def start(self):
        self.end()
        self.starts += 1
        self.running = box.Box(self.root, self.argv, self.environment, self.folder.name)
        try:
            hello = HELLO.fullmatch(self.line(START_SECONDS))
        except (Ended, Late, Garbage) as problem:
            said = self.complaint()
            raise Unusable(f"did not start: {problem}{': ' + said if said else ''}") from None
        if not hello:
            raise Unusable("did not start: its first line is not of the protocol")
        self.version = hello[1].strip()

    def complaint(self):
        """The last line that it wrote to stderr."""
        self.running.stop()
        said = self.running.errors().strip().splitlines()
        return said[-1][:200] if said else ""

    def line(self, seconds):
        """The next line that it writes."""
        output, deadline = self.running.process.stdout.fileno(), time.monotonic() + seconds
        first = before = 0.0
        extensions = 0
        while b"\n" not in self.pending:
            ready, _, _ = select.select([output], [], [], max(deadline - time.monotonic(), 0))
            if not ready:
                # On a busy machine the time has passed for others: it gets as much of a processor, as long as it takes any.
                used = self.running.processor_seconds()
                if extensions and (used - before < 0.01 or used - first >= seconds) or extensions == MOST_EXTENSIONS:
                    raise Late(f"no answer in {seconds} s of a processor, or asleep")
                first = used if not extensions else first
                before, deadline, extensions = used, time.monotonic() + seconds, extensions + 1
                continue
            read = os.read(output, 65536)
            if not read:
                raise Ended(self.running.ending())
            self.pending += read
            if len(self.pending) > LONGEST_ANSWER:
                raise Garbage("an answer without end")
        text, _, self.pending = self.pending.partition(b"\n")
        return text.decode("latin-1")

    def try_ask(self, field, scheme, lines, seconds):
        """(said, parts or reason, seconds that it took)."""
        if not self.running:
            self.start()
        self.number += 1
        text = ",".join(line.hex() or "-" for line in lines)
        begin = time.perf_counter()
        try:
            self.running.process.stdin.write(f"{self.number} {field} {scheme} {text}\n".encode())
            self.running.process.stdin.flush()
        except OSError:
            raise Ended(self.running.ending()) from None
        words = self.line(seconds).split(" ")
        took = time.perf_counter() - begin
        if words[0] != str(self.number) or len(words) < 2:
            raise Garbage(" ".join(words)[:100])
        if words[1] in ("refused", "skipped"):
            return words[1], " ".join(words[2:])[:200], took
        if words[1] != "read":
            raise Garbage(" ".join(words)[:100])
        return "read", decoded(words[2:]), took

    def ask(self, field, scheme, lines):
        """The same; after a death or silence the question is asked once more, of a fresh process with more time. `said`
        is then also "crash" or "hang"."""
        for seconds in (ANSWER_SECONDS, PATIENT_SECONDS):
            try:
                return self.try_ask(field, scheme, lines, seconds)
            except Ended as problem:
                outcome = ("crash", str(problem), 0.0)
            except Late as problem:
                outcome = ("hang", str(problem), float(seconds))
            except Garbage:
                self.end()
                raise
            self.end()
        return outcome
