"""Asks a reader everything, and keeps what it said as a result: one JSON file a reader."""

import datetime
import itertools
import json
import os
import pathlib
import platform
import time

import judge
import questions
import session

# For the questions, and for the values that grow: slow readers need the latter on a busy machine only.
BUDGET_SECONDS, GROWTH_SECONDS = 240, 900
MOST_GARBAGE = 3
LONG_TEXT = 120
# Four times the length takes four times as long if the time is linear, and sixteen times if it is quadratic.
SLOW_SECONDS, SLOW_GROWTH = 0.05, 9.0
# What a slow value of the largest size took at least. Coarse, so that a result says the same when it is measured again.
CLASSES_MS = (5000, 500, 50)


class Places:
    """The folders of a repository that the survey uses."""

    def __init__(self, root, readers=None, results=None):
        self.repository = pathlib.Path(root)
        self.survey = self.repository / "corpus" / "survey"
        self.readers = pathlib.Path(readers) if readers else self.survey / "readers"
        self.writers = self.survey / "writers"
        self.library = self.survey / "lib"
        self.results = pathlib.Path(results) if results else self.survey / "results"
        self.vectors = self.repository / "corpus" / "vectors"
        self.work = self.repository / "build" / "survey"
        self.debian = self.work / "debian"
        self.npm = self.work / "npm"
        self.built = self.work / "built"

    def filled(self, words):
        """A command of a manifest with its folders."""
        names = {
            "{readers}": self.readers, "{writers}": self.writers, "{lib}": self.library, "{built}": self.built, "{npm}": self.npm / "node_modules",
            "{triplet}": f"{platform.machine()}-linux-gnu",
        }
        filled = []
        for word in words:
            for name, value in names.items():
                word = word.replace(name, str(value))
            filled.append(word)
        return filled

    def environment(self):
        """Where each language finds the library of its adapters, and npm's packages."""
        return {
            "SURVEY_READERS": str(self.readers), "SURVEY_LIB": str(self.library), "SURVEY_BUILT": str(self.built),
            "PYTHONPATH": str(self.library / "python"), "PERL5LIB": str(self.library / "perl"),
            "RUBYLIB": str(self.library / "ruby"), "NODE_PATH": f"{self.library / 'node'}:{self.npm / 'node_modules'}",
            "GUILE_AUTO_COMPILE": "0",
        }


def machine():
    release = {}
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        pass
    return f"{platform.machine()}, {os.cpu_count()} cores, {release.get('PRETTY_NAME', platform.system())}"


def in_order(read, parts):
    """The parts of an answer in an order that does not change from run to run: where the reader gives a map, the parameters
    of each challenge by name."""
    if not read.map:
        return parts
    made, params = [], []
    for name, text in [*parts, [None, None]]:
        if name == "value":
            params[-1].append([name, text])
        elif name == "name":
            params.append([[name, text]])
        else:
            made += itertools.chain(*sorted(params))
            params = []
            made.append([name, text])
    return made[:-1]


def shortened(parts):
    """The parts of an answer; of long texts the beginning, and how long they are."""
    return [[name, text if len(text) <= LONG_TEXT else f"{text[:40]}… ({len(text)} bytes)"] for name, text in parts]


def kept(question, said, parts):
    """What a result keeps of an answer: "as expected", or what was said and how it differs."""
    verdict = judge.judge(question, said, parts)
    if verdict is None:
        return None
    entry = {"effect": verdict.effect}
    if verdict.effect != "agrees":
        entry["severity"] = verdict.severity
    if verdict.detail:
        entry["detail"] = verdict.detail
    if said == "read" and verdict.effect != "agrees":
        entry["told"] = shortened(in_order(question.read, parts))
    return entry


def scheme_of(read):
    """The word of a question that tells which of its readings is wanted."""
    return read.schemes[0] if len(read.schemes) == 1 else "*"


def processor_time(running, read, line):
    """(said, seconds of a processor) of an answer."""
    if running.running is None:
        running.start()
    before, starts = running.running.processor_seconds(), running.starts
    said, _, _ = running.ask(read.fields[0], scheme_of(read), [line])
    if running.running is None:
        return said, 0.0
    # If the question was asked again, the time is that of another process, its start included.
    # A thread that has ended takes its time with it, so that the sum can shrink.
    return said, max(0.0, running.running.processor_seconds() - (before if running.starts == starts else 0.0))


def grows(times):
    """Whether the times of three sizes, each twice the one before, grow as their square, and so that it matters."""
    return times[2] > SLOW_SECONDS and times[2] > SLOW_GROWTH * times[0] and times[0] < times[1] < times[2]


def growth(running, read, deadline):
    """{shape: {"effect": …}} of values of 8, 16 and 32 KiB, with "over_ms" where the effect is slow. Behind the deadline, the
    effect is "left out"."""
    found = {}
    for name, _ in questions.grown(read, 1024):
        if time.monotonic() > deadline:
            found[name] = {"effect": "left out"}
            continue
        lines = [dict(questions.grown(read, size << 10))[name] for size in questions.SIZES]
        # What seems to be slow is measured twice more, and the least time counts.
        times = [float("inf")] * len(lines)
        found[name] = {"effect": "agrees"}
        for _ in range(3):
            said = grow(running, read, lines, times)
            if said in ("crash", "hang"):
                found[name] = {"effect": said}
                break
            if not grows(times):
                break
        else:
            found[name] = {"effect": "slow", "over_ms": next(each for each in CLASSES_MS if times[-1] * 1000 >= each)}
    return found


def grow(running, read, lines, times):
    """Asks lines of growing size, and keeps the least time of each; what was said to the last, or "crash" or "hang"."""
    said = None
    for at, line in enumerate(lines):
        said, took = processor_time(running, read, line)
        times[at] = min(times[at], took)
        if said in ("crash", "hang"):
            break
    return said


def unreached(running, asked):
    """The readings of a reader that do not read the plain value of their scheme: the adapter does not reach them, and what
    they would say to other values is no result."""
    tried, reached = set(), set()
    for question in (each for each in asked if each.vector.situation == "plain"):
        said, parts, _ = running.ask(question.field, scheme_of(question.read), question.lines)
        entry = kept(question, said, parts)
        tried.add(question.read)
        if entry and entry["effect"] == "agrees":
            reached.add(question.read)
    if not reached:
        raise session.Unusable("does not read a plain value")
    return tried - reached


def measure(reader, places, vectors):
    """The result of a reader, which is "not measured" with a reason where it cannot be."""
    result = {
        "schema": 1, "reader": reader.name, "date": datetime.date.today().isoformat(), "machine": machine(), "protocol": 2,
    }
    stamp = places.built / f"{reader.name}.failed"
    if stamp.exists():
        return {**result, "not_measured": stamp.read_text("utf-8").strip()}
    if reader.build and not (places.built / reader.name).exists():
        return {**result, "not_measured": "not installed"}
    asked = questions.questions(reader, vectors)
    begin, answers, garbage, left_out = time.monotonic(), {}, 0, 0
    try:
        with session.Session(places.filled(reader.run), places.environment(), places.debian) as running:
            running.start()
            result["version"] = running.version
            closed = unreached(running, asked)
            asked = [each for each in asked if each.read not in closed]
            for question in asked:
                if time.monotonic() - begin > BUDGET_SECONDS:
                    left_out += 1
                    continue
                try:
                    said, parts, _ = running.ask(question.field, scheme_of(question.read), question.lines)
                    entry = kept(question, said, parts)
                except (session.Garbage, ValueError) as problem:
                    garbage += 1
                    running.end()
                    if garbage > MOST_GARBAGE:
                        raise session.Garbage(problem) from None
                    continue
                if entry is not None:
                    answers[question.vector.id] = entry
            result["growth"], deadline = {}, time.monotonic() + GROWTH_SECONDS
            for read in {each.read: None for each in asked}:
                # Of a client that is started for each question, the start would be measured.
                if read.what != "observed":
                    result["growth"][f"{read.fields[0]} {scheme_of(read)}"] = growth(running, read, deadline)
    except session.Garbage as problem:
        return {**result, "not_measured": f"garbage instead of answers: {problem}"}
    except (session.Unusable, OSError) as problem:
        return {**result, "not_measured": str(problem)}
    if left_out:
        result["left_out"] = left_out
    return {**result, "answers": answers}


def text_of(result):
    """A result as its file holds it: an answer a line."""
    head = {name: value for name, value in result.items() if name not in ("answers", "growth")}
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    for name in ("growth", "answers"):
        if name in result:
            body = ",\n".join(f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in result[name].items())
            lines.append(f'  "{name}": {{\n{body}\n  }}' if body else f'  "{name}": {{}}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write(path, text):
    """The file whole or not at all, also where two runs write it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_text(text, "utf-8")
    os.replace(part, path)
