"""Checks the files of test vectors: their form, their ids, their offsets, and that the judge agrees."""

import argparse
import csv
import json
import pathlib
import subprocess
import sys

import runner
import vectorfile

try:
    import jsonschema
except ImportError:
    jsonschema = None


class Findings:
    def __init__(self):
        self.count = 0

    def add(self, where, text):
        self.count += 1
        print(f"{where}: {text}")


def check_schema(path, content, schema, findings):
    """The JSON Schema, where there is python3-jsonschema."""
    for problem in sorted(jsonschema.Draft202012Validator(schema).iter_errors(content), key=str)[:5]:
        at = "/".join(map(str, problem.absolute_path))
        findings.add(f"{path}: /{at}", problem.message[:200])
    return findings


def event_problem(value, field, events):
    """What is wrong with the events of a value, or None: their ranges, their order, what stands between them."""
    position, inside = 0, None
    for number, event in enumerate(events):
        kind, begin, end = event["kind"], event["begin"], event["end"]
        name = f"event {number} ({kind})"
        if not 0 <= begin <= end <= len(value):
            return f"{name}: [{begin}, {end}) is not in the value of {len(value)} bytes"
        before = events[number - 1]["kind"] if number else None
        if field in vectorfile.INFO_FIELDS:
            allowed = {"param_name": (None, "param_value"), "param_value": ("param_name",)}
        else:
            allowed = {
                "challenge_begin": (None, "challenge_end"),
                "scheme": ("challenge_begin",),
                "token68": ("scheme",),
                "param_name": ("scheme", "param_value"),
                "param_value": ("param_name",),
                "challenge_end": ("scheme", "token68", "param_value"),
            }
        if before not in allowed.get(kind, ()):
            return f"{name}: not after {before}"
        if kind == "challenge_begin":
            if begin != end:
                return f"{name}: not empty"
            inside = begin
        if kind == "challenge_end":
            last = events[number - 1]
            if (begin, end) != (inside, last["end"] + last.get("quoted", False)):
                return f"{name}: not from the scheme to the end of what came last"
            inside = None
            continue
        quoted = event.get("quoted", False)
        if quoted and (value[begin - 1 : begin] != b'"' or value[end : end + 1] != b'"'):
            return f"{name}: no DQUOTE at its ends"
        if value[position : begin - quoted].strip(b" \t,="):
            return f"{name}: more than separators before it"
        if kind != "challenge_begin" and not quoted and begin == end:
            return f"{name}: empty"
        position = end + quoted
    if events and events[-1]["kind"] not in ("challenge_end", "param_value"):
        return "the events stop in the middle"
    if field not in vectorfile.INFO_FIELDS and events and inside is not None:
        return "a challenge without end"
    return "more than separators behind the last event" if value[position:].strip(b" \t,") else None


def check_vector(where, vector, flags, findings):
    lines = vectorfile.lines_of(vector)
    value = vectorfile.joined(lines)
    if "raw_hex" in vector and all(0x20 <= byte <= 0x7E for line in lines for byte in line):
        findings.add(where, "raw_hex, but all is printable")
    editions = [edition for each in vector["expected"] for edition in each["editions"]]
    if sorted(editions) != sorted(vectorfile.EDITIONS):
        findings.add(where, f"editions are not each of the three once: {editions}")
    for flag in vector.get("flags", []):
        if flag not in flags:
            findings.add(where, f"no flag {flag} in the file")
    for each in vector["expected"]:
        if not each["valid"]:
            if each["error_offset"] > len(value):
                findings.add(where, f"error_offset {each['error_offset']} is outside the value of {len(value)} bytes")
            continue
        for field in vector["fields"]:
            problem = event_problem(value, field, each["events"])
            if problem:
                findings.add(where, problem)
                break
    # Every edition that accepts a value reads it in the same way.
    readings = [each["events"] for each in vector["expected"] if each["valid"]]
    if any(each != readings[0] for each in readings):
        findings.add(where, "editions that accept it have other events")


def check_situations(path, content, findings):
    """That each situation has vectors, each vector of such a file a situation, and that no reading of an invalid value
    is one that a recipient must have."""
    situations, used = content.get("situations", {}), set()
    for vector in content["vectors"]:
        where, name = f"{path}: {vector['id']}", vector.get("situation")
        used.add(name)
        if name is not None and name not in situations:
            findings.add(where, f"no situation {name} in the file")
        elif name is None and situations:
            findings.add(where, "without a situation")
        elif name and situations[name]["level"] == "must":
            if not vectorfile.expectation(vector, "rfc9110-recipient")["valid"]:
                findings.add(where, f"situation {name} is must, and the value is invalid for a recipient")
    for name in situations.keys() - used:
        findings.add(f"{path}: situation {name}", "no vector has it")


def check_file(path, content, ids, values, requirements, findings):
    for name, flag in content["flags"].items():
        for requirement in flag.get("requirements", []):
            if requirement not in requirements:
                findings.add(f"{path}: flag {name}", f"no requirement {requirement} in grammar/requirements.tsv")
        if not any(name in vector.get("flags", []) for vector in content["vectors"]):
            findings.add(f"{path}: flag {name}", "no vector has it")
    check_situations(path, content, findings)
    for vector in content["vectors"]:
        where = f"{path}: {vector['id']}"
        if vector["id"] in ids:
            findings.add(where, f"the id is also in {ids[vector['id']]}")
        ids[vector["id"]] = path
        key = (path, tuple(vector["fields"]), tuple(vectorfile.lines_of(vector)))
        if key in values:
            findings.add(where, f"the same value as {values[key]}")
        values[key] = vector["id"]
        check_vector(where, vector, content["flags"], findings)


def check_judge(files, authlint, findings):
    """The reference engine, through the protocol for other people's parsers."""
    total = 0
    for edition in vectorfile.EDITIONS:
        asked = runner.cases(files, edition)
        command = [authlint, "parse", "--ndjson", "--reveal", "--engine", "reference", "--edition", edition]
        counts, others, complaints = runner.run(command, asked)
        for case, result, answer in others[:20]:
            findings.add(case.vector["id"], f"{case.field}, {edition}: the judge: {result}: {json.dumps(answer)}")
        if counts["skipped"]:
            findings.add(edition, f"the judge skipped {counts['skipped']}")
        if complaints:
            sys.stderr.write(complaints)
        total += len(asked)
    return total


def main():
    parser = argparse.ArgumentParser(prog="scripts/vectors lint", description=__doc__)
    parser.add_argument("--authlint", help="the program whose reference engine is to agree")
    parser.add_argument("--root", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", help="files or folders instead of corpus/vectors")
    options = parser.parse_args()
    folder = options.root / "corpus" / "vectors"
    files = vectorfile.files(options.files or [folder])
    schema = vectorfile.load(folder / "schema.json")
    with open(options.root / "grammar" / "requirements.tsv", encoding="utf-8") as table:
        requirements = {row["id"] for row in csv.DictReader(table, delimiter="\t")}

    findings, ids, values, vectors = Findings(), {}, {}, 0
    for path in files:
        name = path.relative_to(options.root) if path.is_relative_to(options.root) else path
        try:
            content = vectorfile.load(path)
        except (OSError, ValueError) as problem:
            findings.add(name, problem)
            continue
        found = findings.count
        if jsonschema:
            check_schema(name, content, schema, findings)
        if findings.count == found:
            try:
                check_file(name, content, ids, values, requirements, findings)
            except (KeyError, TypeError, ValueError, AttributeError) as problem:
                findings.add(name, f"not of the form of the schema: {problem!r}")
        vectors += len(content["vectors"]) if isinstance(content, dict) and "vectors" in content else 0
    judged = "no judge was asked"
    if options.authlint and not findings.count:
        try:
            judged = f"{check_judge(files, options.authlint, findings)} cases judged"
        except (OSError, subprocess.SubprocessError) as problem:
            findings.add(options.authlint, problem)
    if not jsonschema:
        print("schema not checked: there is no python3-jsonschema", file=sys.stderr)
    if not vectors:
        findings.add("vectors", "there are none")
    print(f"vectors: {len(files)} files, {vectors} vectors, {judged}, {findings.count} findings")
    return 1 if findings.count else 0


if __name__ == "__main__":
    sys.exit(main())
