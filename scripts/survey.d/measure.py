"""Asks a reader everything, and keeps what it said as a result: one JSON file a reader."""

import datetime
import json
import os
import pathlib
import platform
import time

import judge
import questions
import session

BUDGET_SECONDS = 240
MOST_GARBAGE = 3
LONG_TEXT = 120
SLOW_SECONDS, SLOW_GROWTH = 0.05, 3.0


class Places:
    """The folders of a repository that the survey uses."""

    def __init__(self, root, readers=None, results=None):
        self.repository = pathlib.Path(root)
        self.survey = self.repository / "corpus" / "survey"
        self.readers = pathlib.Path(readers) if readers else self.survey / "readers"
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
            "{readers}": self.readers, "{lib}": self.library, "{built}": self.built, "{npm}": self.npm / "node_modules",
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
            "LUA_PATH": f"{self.library / 'lua'}/?.lua;;", "LUA_PATH_5_4": f"{self.library / 'lua'}/?.lua;;",
            "GUILE_LOAD_PATH": str(self.library / "guile"), "GUILE_AUTO_COMPILE": "0",
        }


def machine():
    release = {}
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        pass
    return f"{platform.machine()}, {os.cpu_count()} cores, {release.get('PRETTY_NAME', platform.system())}"


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
        entry["told"] = shortened(parts)
    return entry


def scheme_of(read):
    """The word of a question that tells which of its readings is wanted."""
    return read.schemes[0] if len(read.schemes) == 1 else "*"


def growth(running, read):
    """{shape: {"ms": [of each size], "effect": …}} of values of 8, 16 and 32 KiB."""
    found = {}
    for name, _ in questions.grown(read, 1024):
        times, effect = [], "agrees"
        for size in questions.SIZES:
            line = dict(questions.grown(read, size << 10))[name]
            best = None
            for _ in range(3):
                said, _, took = running.ask(read.fields[0], scheme_of(read), [line])
                if said in ("crash", "hang"):
                    effect = said
                    break
                best = took if best is None else min(best, took)
                if best > 1:
                    break
            if effect != "agrees":
                break
            times.append(best)
        if len(times) == 3 and times[2] > SLOW_SECONDS and times[2] / times[1] > SLOW_GROWTH and times[1] / times[0] > SLOW_GROWTH:
            effect = "slow"
        found[name] = {"ms": [round(each * 1000, 1) for each in times], "effect": effect}
    return found


def measure(reader, places, vectors):
    """The result of a reader, which is "not measured" with a reason where it cannot be."""
    result = {
        "schema": 1, "reader": reader.name, "date": datetime.date.today().isoformat(), "machine": machine(), "protocol": 2,
    }
    stamp = places.built / f"{reader.name}.failed"
    if stamp.exists():
        return {**result, "not_measured": stamp.read_text("utf-8").strip()}
    if reader.build and not (places.built / reader.name).exists() or reader.debian and not places.debian.exists():
        return {**result, "not_measured": "not installed"}
    begin, answers, garbage, left_out = time.monotonic(), {}, 0, 0
    try:
        with session.Session(places.filled(reader.run), places.environment(), places.debian) as running:
            running.start()
            result["version"] = running.version
            for question in questions.questions(reader, vectors):
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
                        raise session.Unusable(f"garbage instead of answers: {problem}") from None
                    continue
                if entry is not None:
                    answers[question.vector.id] = entry
            result["growth"] = {}
            for read in reader.reads:
                if time.monotonic() - begin < BUDGET_SECONDS:
                    result["growth"][read.fields[0]] = growth(running, read)
    except (session.Unusable, session.Garbage, OSError) as problem:
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
