"""Reads the test vectors of corpus/vectors: docs/vectors.md describes the form."""

import json
import pathlib
import re

EDITIONS = ("rfc7235", "rfc9110-recipient", "rfc9110-sender")
INFO_FIELDS = ("Authentication-Info", "Proxy-Authentication-Info")
SEPARATOR = b", "


def files(paths):
    """The files that the paths name: a folder stands for the files of vectors in it."""
    found = []
    for path in map(pathlib.Path, paths):
        found.extend(sorted(each for each in path.glob("*.json") if each.name != "schema.json") if path.is_dir() else [path])
    return found


def load(path):
    return json.loads(pathlib.Path(path).read_text("utf-8"))


def lines_of(vector):
    """The field lines, as bytes."""
    if "raw_hex" in vector:
        return [bytes.fromhex(line) for line in vector["raw_hex"]]
    return [line.encode("ascii") for line in vector["raw"]]


def joined(lines):
    """The value: the lines that are not empty, joined by ", "."""
    return SEPARATOR.join(line for line in lines if line)


def expectation(vector, edition):
    """What the vector says of an edition, or None."""
    return next((each for each in vector["expected"] if edition in each["editions"]), None)


def place(lines, offset):
    """(line, offset in the line) of an offset in the joined value; inside a separator, the end of the line before."""
    start = None
    last = (0, 0)
    for number, line in enumerate(lines):
        if not line:
            continue
        start = 0 if start is None else start + len(SEPARATOR)
        if offset < start:
            return last
        if offset <= start + len(line):
            return number, offset - start
        last = (number, len(line))
        start += len(line)
    return last


def parsed(value, field, events):
    """What the events of a valid value mean: challenges, or credentials, as `authlint parse --ndjson` gives them."""
    result = [{"scheme": None, "token68": None, "params": []}] if field in INFO_FIELDS else []
    for event in events:
        text = value[event["begin"] : event["end"]].decode("latin-1")
        kind = event["kind"]
        if kind == "scheme":
            result.append({"scheme": text, "token68": None, "params": []})
        elif kind == "token68":
            result[-1]["token68"] = text
        elif kind == "param_name":
            result[-1]["params"].append({"name": text})
        elif kind == "param_value":
            text = re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL) if event["quoted"] else text
            result[-1]["params"][-1].update(value=text, form="quoted" if event["quoted"] else "token")
    return result
