"""Runs the test vectors on any parser, through the protocol of docs/vectors.md."""

import argparse
import collections
import json
import subprocess
import sys

import vectorfile

OUTCOMES = ("agrees", "too tight", "too loose", "misread", "offset", "skipped", "failed")
EXPLAINED = {
    "agrees": "the verdict is right, and so is what the value means, as far as the program tells",
    "too tight": "a valid value was rejected",
    "too loose": "an invalid value was accepted",
    "misread": "a valid value was accepted and understood otherwise",
    "offset": "an invalid value was rejected, with another place of the error",
    "skipped": "the program said that it does not read this",
    "failed": "no answer, or not one of the protocol",
}

Case = collections.namedtuple("Case", "vector field edition lines expected")


def cases(paths, edition, only_fields=()):
    """All that is to be asked, in the order of the files."""
    found = []
    for path in vectorfile.files(paths):
        for vector in vectorfile.load(path)["vectors"]:
            expected = vectorfile.expectation(vector, edition)
            for field in vector["fields"] if expected else ():
                if not only_fields or field in only_fields:
                    found.append(Case(vector, field, edition, vectorfile.lines_of(vector), expected))
    return found


def question(case):
    """The line of input for a case. Characters U+0000 to U+00FF stand for the bytes."""
    texts = [line.decode("latin-1") for line in case.lines]
    value = {"value": texts[0]} if len(texts) == 1 else {"values": texts}
    return json.dumps({"id": case.vector["id"], "edition": case.edition, "field": case.field, **value})


def meaning(challenges):
    """Challenges without what is of no consequence: the case of schemes and names, and members not told."""
    return [
        (
            (each.get("scheme") or "").lower(),
            each.get("token68"),
            [(param["name"].lower(), param["value"]) for param in each.get("params", [])],
        )
        for each in challenges
    ]


def forms(challenges):
    return [param.get("form") for each in challenges for param in each.get("params", [])]


def same_meaning(told, wanted):
    if meaning(told) != meaning(wanted):
        return False
    return all(mine in (None, other) for mine, other in zip(forms(told), forms(wanted)))


def same_place(case, error):
    offset = error.get("offset")
    if offset is None:
        return True
    if len(case.lines) == 1 or "line" not in error:
        return offset == case.expected["error_offset"]
    return (error["line"], offset) == vectorfile.place(case.lines, case.expected["error_offset"])


def outcome(case, answer):
    """Which of OUTCOMES the program's answer to a case is."""
    if isinstance(answer, dict) and "skipped" in answer:
        return "skipped"
    if not isinstance(answer, dict) or not isinstance(answer.get("valid"), bool):
        return "failed"
    expected = case.expected
    if answer["valid"] != expected["valid"]:
        return "too tight" if expected["valid"] else "too loose"
    try:
        if not expected["valid"]:
            return "agrees" if same_place(case, answer.get("error") or {}) else "offset"
        value = vectorfile.joined(case.lines)
        wanted = vectorfile.parsed(value, case.field, expected["events"])
        if "parsed" in answer and not same_meaning(answer["parsed"], wanted):
            return "misread"
        if "events" in answer and answer["events"] != expected["events"]:
            return "misread"
    except (AttributeError, KeyError, TypeError):
        return "failed"
    return "agrees"


def ask(command, questions, timeout):
    """The program's answers, one a question; None where there is none."""
    process = subprocess.run(
        command, input="".join(line + "\n" for line in questions), capture_output=True, text=True, timeout=timeout
    )
    answers = []
    for line in process.stdout.splitlines()[: len(questions)]:
        try:
            answers.append(json.loads(line))
        except ValueError:
            answers.append(None)
    return answers + [None] * (len(questions) - len(answers)), process.stderr


def run(command, asked, timeout=600):
    """(counts by outcome, [(case, outcome, answer)] of those that do not agree, what the program wrote to stderr)."""
    answers, complaints = ask(command, [question(case) for case in asked], timeout)
    counts, others = collections.Counter(), []
    for case, answer in zip(asked, answers):
        result = outcome(case, answer)
        counts[result] += 1
        if result not in ("agrees", "skipped"):
            others.append((case, result, answer))
    return counts, others, complaints


def table(rows):
    """Rows of (name, counts) as a table in Markdown, columns aligned."""
    head = ["parser", "cases", *OUTCOMES]
    body = [[name, str(sum(counts.values())), *(str(counts[each]) for each in OUTCOMES)] for name, counts in rows]
    widths = [max(len(row[at]) for row in [head, *body]) for at in range(len(head))]
    line = lambda cells: "| " + " | ".join(
        cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in enumerate(zip(cells, widths))
    ) + " |"
    rule = "|" + "|".join("-" * (width + 2) if at == 0 else "-" * (width + 1) + ":" for at, width in enumerate(widths)) + "|"
    return "\n".join([line(head), rule, *map(line, body)])


def main():
    parser = argparse.ArgumentParser(prog="scripts/vectors run", description=__doc__)
    parser.add_argument("--edition", choices=vectorfile.EDITIONS, default="rfc9110-recipient")
    parser.add_argument("--field", action="append", default=[], help="only this field; may be repeated")
    parser.add_argument("--vectors", action="append", default=[], help="a file or folder instead of corpus/vectors")
    parser.add_argument("--most", type=int, default=20, help="how many differences to print (20)")
    parser.add_argument("--default-vectors", required=True, help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="+", help="the program that reads and answers NDJSON, after --")
    options = parser.parse_args()
    asked = cases(options.vectors or [options.default_vectors], options.edition, options.field)
    if not asked:
        parser.error("no vectors")
    try:
        counts, others, complaints = run(options.command, asked)
    except (OSError, subprocess.TimeoutExpired) as problem:
        sys.exit(f"vectors: {problem}")
    sys.stderr.write(complaints)
    for case, result, answer in others[: options.most]:
        print(f"{result}: {case.vector['id']} {case.field} {case.edition}: {json.dumps(answer)}")
    if len(others) > options.most:
        print(f"… and {len(others) - options.most} more")
    print(table([(options.command[0], counts)]))
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
