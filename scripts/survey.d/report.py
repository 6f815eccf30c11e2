"""Makes docs/survey.md, a page a reader and the lists of known differences from the results, or compares them with those
that are there."""

import argparse
import collections
import json
import pathlib
import sys

import judge
import known
import manifest
import measure
import questions
import writers
from markdown import cell, code, table

COUNTS_FROM = 30
MARKS = {
    "agrees": "·", "crash": "X", "hang": "H", "made-up": "M", "confused": "C", "lost": "L", "slow": "S", "refuses": "R",
    "accepts": "A",
}
MEANS = {
    "agrees": "reads it as the RFC does; of an invalid value, takes nothing",
    "crash": "the process ended, twice, at the same value",
    "hang": f"no answer, twice, the second time in {measure.session.PATIENT_SECONDS} seconds of a processor, or asleep",
    "made-up": "takes a scheme, a challenge or a parameter that the value has not",
    "confused": "takes a parameter with another value, or in another challenge",
    "lost": "does not tell a challenge or a parameter that the value has",
    "slow": "takes more than nine times as long for four times the length, 32 KiB instead of 8, where it takes more than 50 ms of a processor",
    "refuses": "takes nothing of a valid value",
    "accepts": "takes something of an invalid value",
}
KINDS = {
    "list": "all challenges of a value", "one": "one challenge", "params": "the parameters behind a scheme",
    "credentials": "credentials", "observed": "seen from outside, by what it does",
}
MOST_ON_A_PAGE = 25
KNOWN = "corpus/vectors/flat/known"

HEAD = """# What readers of authentication fields do with a value

<!-- Made by `scripts/survey report` from corpus/survey/results. -->

**This is no verdict on conformance.** It says what one version of a program did with one value, on one day. A reader may
be lenient on purpose, may be used behind something that never lets such a value through, or may be reached here by a
function that its own callers never call so. RFC 9110, Section 2.2, allows a recipient to make of an invalid value what it
likes; where the RFC leaves a reader free, the table says so and weighs nothing.

**Most versions are old.** They are those of Debian 12, and of npm on the day; a later release may read a value otherwise.
Each page has the version and the date.
"""

RULES = """## How to read it

Each question is a field value: the hand-written [test vectors](vectors.md), of which `dressed.json` has {situations}
situations as they look in a Basic, Digest or Bearer challenge, in Basic or Digest credentials, and in Authentication-Info.
A reader is asked what is of a scheme that it knows, of a field that it reads, and has the parameters without which it
takes nothing. What it took is compared with what the reference engine says for the edition `rfc9110-recipient`, as far as
the reader tells it: the names without regard to case, no order where it gives a map, of a repeated name the first or the
last, of several challenges any one where it reads one.

| mark | effect | the reader … |
|---|---|---|
{effects}

**must and may.** A situation is `must` if the RFC leaves a recipient no other reading, and `may` if it leaves it open:
every value outside the grammar is a `may`, and so are repeated names, a token for a quoted-string where the scheme wants the
latter, lengths without a bound, and bytes above 7F. **Severity** follows from that and the effect alone:

| severity | |
|---|---|
| severe | `crash` and `hang` always; at a `must`, `made-up` or `confused` of what decides whom a secret is sent to or who somebody is: scheme, realm, domain, username, userhash, uri, password |
| moderate | at a `must`, any other `made-up` or `confused`, `lost`, and a value that keeps its escapes; `slow` |
| minor | `refuses`, `accepts`, and everything else at a `may` |

A reader that is absent, does not start, writes garbage or does not read the plain value of its scheme is not measured, and
has no row. A reader counts from {counts} answers on.
"""


class Measured:
    """A reader with its result."""

    def __init__(self, reader, result):
        self.reader, self.result = reader, result
        self.answers = result.get("answers", {})
        self.effects = collections.Counter(each["effect"] for each in self.answers.values())
        self.severities = collections.Counter(each.get("severity", "none") for each in self.answers.values())
        self.slow = sorted({name for shapes in result.get("growth", {}).values() for name, each in shapes.items() if each["effect"] == "slow"})
        self.broken = sorted({name for shapes in result.get("growth", {}).values() for name, each in shapes.items() if each["effect"] in ("crash", "hang")})

    @property
    def counts(self):
        return len(self.answers) >= COUNTS_FROM


def worst(entries):
    return min(entries, key=lambda each: judge.EFFECTS.index(each["effect"]))


def matrix(measured, situations, by_situation):
    """Situations × readers: the worst effect of each situation."""
    head = ["situation", "", *(str(number) for number, _ in measured)]
    rows = []
    for name, situation in situations.items():
        marks = []
        for _, each in measured:
            entries = [each.answers[key] for key in by_situation[name] if key in each.answers]
            marks.append(MARKS[worst(entries)["effect"]] if entries else "")
        if any(marks):
            rows.append([situation["title"], situation["level"], *marks])
    return table(head, rows)


GROUPS = (
    ("Challenges, read by libraries", lambda read: read.fields[0] in manifest.CHALLENGES and read.what != "observed"),
    ("Challenges, read by clients, seen from outside", lambda read: read.fields[0] in manifest.CHALLENGES and read.what == "observed"),
    ("Credentials", lambda read: read.fields[0] not in manifest.CHALLENGES),
)


def group_of(each):
    return next(at for at, (_, test) in enumerate(GROUPS) if test(each.reader.reads[0]))


def overview(measured, situations, by_situation, vectors, writing):
    counting = [each for each in measured if each.counts]
    languages = sorted({each.reader.language for each in counting}, key=str.lower)
    answers = sum(len(each.answers) for each in counting)
    parts = [HEAD, f"{len(counting)} readers in {len(languages)} languages ({', '.join(languages)}) gave {answers} answers to {len(vectors)} values.\n"]
    effects = "\n".join(f"| {MARKS[name]} | `{name}` | {MEANS[name]} |" for name in ("agrees", *judge.EFFECTS[:-1]))
    parts.append(RULES.format(situations=len(situations), effects=effects, counts=COUNTS_FROM))
    numbered = list(enumerate(counting, 1))
    rows = [
        [number, f"[{each.reader.title}](survey/{each.reader.name}.md)", each.result["version"], each.reader.language,
         "; ".join(dict.fromkeys(KINDS[read.what] for read in each.reader.reads)), len(each.answers), each.effects["agrees"],
         *(each.effects[name] for name in ("made-up", "confused", "lost", "refuses", "accepts")),
         each.effects["crash"] + each.effects["hang"] + len(each.broken), len(each.slow), each.severities["severe"] + len(each.broken)]
        for number, each in numbered
    ]
    parts.append("## Readers\n")
    parts.append(table(["", "reader", "version", "language", "reads", "asked", "agrees", "made-up", "confused", "lost", "refuses", "accepts", "crash, hang", "slow", "severe"], rows, range(5, 15)))
    parts.append("\nThe last column counts questions, not defects: one habit of a reader can show in many values. `slow` counts the "
                 "shapes of value that are read in quadratic time.\n")
    few = [each for each in measured if not each.counts]
    if few:
        parts.append("Measured, with too few answers to count: " + ", ".join(f"{each.reader.title} ({len(each.answers)})" for each in few) + ".\n")
    for at, (title, _) in enumerate(GROUPS):
        members = [(number, each) for number, each in numbered if group_of(each) == at]
        if not members:
            continue
        parts.append(f"## {title}\n")
        legend = ", ".join(f"{number} {each.reader.title}" for number, each in members)
        parts.append(f"Each cell is the worst effect of a situation. An empty cell: not asked. {legend}.\n")
        parts.append(matrix(members, situations, by_situation) + "\n")
    parts.append(writing)
    parts.append("## Measuring\n\n    scripts/survey install run report\n\nunpacks the readers under `build/survey`, asks them and makes "
                 "these pages; `corpus/survey/README.md` says how a reader is added. `scripts/survey ask READER FIELD VALUE` shows one answer.\n")
    return "\n".join(parts)


WRITER_MARKS = {"right": "·", "refuses": "R", "other": "O", "invalid": "I", "splits": "X", "crash": "X"}


def writers_part(places):
    """The section about writers, or nothing if none was measured."""
    measured = []
    for writer in manifest.load_all(places.writers):
        path = places.results / "writers" / f"{writer.name}.json"
        result = json.loads(path.read_text("utf-8")) if path.exists() else {}
        if result.get("answers"):
            measured.append((writer, result))
    if not measured:
        return ""
    marks = "; ".join(f"{mark} {writers.MEANS[name]}" for name, mark in WRITER_MARKS.items() if name != "crash")
    rows = [
        [code(case["scheme"]), ", ".join(code(f"{name}: {value}") for name, value in case["params"]), case["outcome"],
         *(WRITER_MARKS[result["answers"][case["id"]]["verdict"]] for _, result in measured)]
        for case in writers.cases(places)
    ]
    named = "; ".join(f"{writer.title} {result['version']} by `{writer.reads[0].call}`" for writer, result in measured)
    return (f"## Writers\n\nWhat functions that write a challenge make of arguments that must be escaped, or that no field can carry: {named}. "
            f"Some leave that to their callers. {marks}.\n\n" + table(["scheme", "parameters", "a writer should", *(writer.title for writer, _ in measured)], rows) + "\n")


def told_text(entry):
    """What a reader took, in one line."""
    if "told" not in entry:
        return entry.get("detail", "") if entry["effect"] in ("crash", "hang") else "nothing"
    words = []
    for name, text in entry["told"]:
        if name == "value":
            words[-1] += f"={text}"
        elif name == "name":
            words.append(text)
        else:
            words.append(f"{name}: {text}")
    return "; ".join(words)


def quoted_for_shell(text):
    return "'" + text.replace("'", "'\\''") + "'"


def command(reader, vector):
    """The command that shows an answer."""
    read = next(each for each in reader.reads if questions.question(each, vector))
    asked = questions.question(read, vector)
    scheme = f" --scheme {read.schemes[0]}" if len(read.schemes) == 1 else ""
    plain = all(0x20 <= byte <= 0x7E for line in asked.lines for byte in line)
    values = " ".join(quoted_for_shell(line.decode("ascii")) if plain else line.hex() for line in asked.lines)
    return f"scripts/survey ask{'' if plain else ' --hex'}{scheme} {reader.name} {asked.field} {values}"


def page(each, vectors):
    reader, result = each.reader, each.result
    answered = collections.Counter(
        next(read for read in reader.reads if questions.question(read, vectors[key])) for key in each.answers
    )
    parts = [f"# {reader.title} {result['version']}\n\n<!-- Made by `scripts/survey report` from corpus/survey/results. -->\n"]
    packages = ", ".join([*(f"`{name}`" for name in reader.debian if name not in ("python3", "ruby", "perl", "gcc", "g++", "libc6-dev", "pkg-config")), *(f"`{name}` of npm" for name in reader.npm)])
    parts.append(f"{reader.language}; {packages or 'part of the language'}. Measured on {result['date']} ({result['machine']}). This is what that version did "
                 "with some values, and [no verdict on conformance](../survey.md).\n")
    parts.append(table(["field", "schemes", "reads", "by", "tells", "answers"], [
        [", ".join(read.fields), ", ".join(name.capitalize() for name in read.schemes) or "any", KINDS[read.what], f"`{read.call}`",
         ", ".join(sorted(read.tells)) + (f": {', '.join(sorted(read.names))}" if read.names else ""), answered[read]] for read in reader.reads], [5]) + "\n")
    if reader.note:
        parts.append(reader.note + "\n")
    parts.append(table(["effect", *MARKS], [["questions", *(each.effects[name] for name in MARKS)]], range(1, 10)) + "\n")
    if each.slow or each.broken:
        rows = [[field.replace(" *", ""), name, value["effect"], f"over {value['over_ms']} ms" if "over_ms" in value else ""]
                for field, shapes in result["growth"].items() for name, value in shapes.items() if value["effect"] != "agrees"]
        parts.append("## Values that grow\n\nValues in which one thing is repeated; the time is that of a processor for 32 KiB.\n")
        parts.append(table(["field", "shape", "effect", "time"], rows) + "\n")
    shown = [(key, entry) for key, entry in each.answers.items() if entry["effect"] not in ("agrees", "accepts")]
    shown.sort(key=lambda item: (judge.SEVERITIES.index(item[1]["severity"]), judge.EFFECTS.index(item[1]["effect"]), sum(map(len, vectors[item[0]].lines)), item[0]))
    if shown:
        parts.append("## Differences\n\n" + (f"The first {MOST_ON_A_PAGE} of {len(shown)}, the" if len(shown) > MOST_ON_A_PAGE else "The") +
                     " severe ones first, then by length. Invalid values that are accepted are counted above, and in the results.\n")
    for key, entry in shown[:MOST_ON_A_PAGE]:
        vector = vectors[key]
        detail = f": {entry['detail']}" if entry.get("detail") and "told" in entry else ""
        values = ", then ".join(code(line.decode("latin-1") if len(line) < 200 else line[:60].decode("latin-1") + "…") for line in vector.lines)
        parts.append(f"- **{entry['effect']}** ({entry['severity']}){cell(detail)}. {values}  ")
        parts.append(f"  Took: {code(told_text(entry))}  ")
        shell = command(reader, vector)
        parts.append(f"  {code(shell).replace(chr(92) * 2, chr(92))}" if len(shell) < 400 else f"  Vector `{key}`.")
    return "\n".join(parts) + "\n"


def all_measured(places, by_id):
    """The readers that have a result, in the order of the table."""
    measured = []
    for reader in manifest.load_all(places.readers):
        path = places.results / f"{reader.name}.json"
        result = json.loads(path.read_text("utf-8")) if path.exists() else {"not_measured": ""}
        if "not_measured" not in result:
            result["answers"] = {key: entry for key, entry in result["answers"].items() if key in by_id}
            measured.append(Measured(reader, result))
    return sorted(measured, key=lambda each: (group_of(each), each.reader.language.lower(), each.reader.title.lower()))


def files(places):
    """{path in the repository: text} of all that the results make."""
    vectors, situations = questions.vectors_of(places.vectors)
    by_id = {each.id: each for each in vectors}
    by_situation = collections.defaultdict(list)
    for each in vectors:
        by_situation[each.situation].append(each.id)
    measured = all_measured(places, by_id)
    made = {"docs/survey.md": overview(measured, situations, by_situation, vectors, writers_part(places))}
    made.update({f"docs/survey/{each.reader.name}.md": page(each, by_id) for each in measured})
    made.update({f"{KNOWN}/{name}": text for name, text in known.files(places, measured, vectors).items()})
    return made


def main():
    parser = argparse.ArgumentParser(prog="scripts/survey report", description=__doc__)
    parser.add_argument("--root", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--check", action="store_true", help="compare with the files that are there, and write nothing")
    options = parser.parse_args()
    made = files(measure.Places(options.root))
    there = {
        str(path.relative_to(options.root))
        for path in [*options.root.glob("docs/survey.md"), *options.root.glob("docs/survey/*.md"), *options.root.glob(f"{KNOWN}/*")]
    }
    if options.check:
        wrong = sorted(name for name in there | made.keys() if name not in made or name not in there or (options.root / name).read_text("utf-8") != made[name])
        for name in wrong:
            print(f"{name} is not what the results make: scripts/survey report")
        print(f"survey: {len(made)} files compared with the results, {len(wrong)} differ")
        return 1 if wrong else 0
    for name in there - made.keys():
        (options.root / name).unlink()
    for name, text in made.items():
        measure.write(options.root / name, text)
    lists = sum(name.startswith(KNOWN) for name in made) - 1
    print(f"survey: docs/survey.md, {len(made) - lists - 2} pages in docs/survey, {lists} lists in {KNOWN}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
