"""What a reader is asked: the hand-written vectors, as far as they are of what it reads; and values that grow."""

import collections
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vectors.d"))
import vectorfile  # noqa: E402

EDITION = "rfc9110-recipient"
SCHEME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ +")

# A vector as it is asked: `wanted` are the challenges that it means, None if it is invalid for a recipient.
Vector = collections.namedtuple("Vector", "id fields lines wanted level situation")
Question = collections.namedtuple("Question", "vector read field lines")


def vectors_of(folder):
    """(the hand-written vectors of a folder, the situations by name)."""
    found, situations = [], {}
    for path in vectorfile.files([folder]):
        content = vectorfile.load(path)
        if content["generated"]:
            continue
        situations.update(content.get("situations", {}))
        for each in content["vectors"]:
            lines, wanted = vectorfile.lines_of(each), None
            expected = vectorfile.expectation(each, EDITION)
            if expected["valid"]:
                wanted = vectorfile.parsed(vectorfile.joined(lines), each["fields"][0], expected["events"])
            situation = each.get("situation")
            level = situations[situation]["level"] if situation else "must" if expected["valid"] else "may"
            found.append(Vector(each["id"], each["fields"], lines, wanted, level, situation))
    return found, situations


def names_of(challenge):
    return {param["name"].lower() for param in challenge["params"]}


def concerns(read, vector):
    """Whether the vector is of the schemes that the reader knows, and has what it needs to take anything."""
    text = vectorfile.joined(vector.lines).lower()
    if read.schemes and not any(scheme.encode() in text for scheme in read.schemes):
        return False
    if vector.wanted is None or not any(each["scheme"] for each in vector.wanted):
        return all(name.encode() in text for name in read.needs)
    known = [each for each in vector.wanted if not read.schemes or each["scheme"].lower() in read.schemes]
    return not known or any(names_of(each) >= set(read.needs) for each in known)


def fits_the_wire(line):
    """Whether a field line can be sent so that its value arrives as it is."""
    return line and not re.search(rb"[\0\r\n]", line) and line == line.strip(b" \t")


def question(read, vector):
    """The question about a vector, or None if the reader is not asked about it."""
    field = next((each for each in read.fields if each in vector.fields), None)
    if field is None or len(vector.lines) > 1 and not read.lines or not concerns(read, vector):
        return None
    if read.wire and not all(map(fits_the_wire, vector.lines)):
        return None
    lines = vector.lines
    if read.what == "params" and not field.endswith("-Info"):
        # It reads what stands behind the scheme of a single challenge.
        scheme = SCHEME.match(lines[0])
        single = vector.wanted is None or len(vector.wanted) == 1 and vector.wanted[0]["token68"] is None
        if not scheme or not single:
            return None
        lines = [lines[0][scheme.end() :]]
    return Question(vector, read, field, lines)


def questions(reader, vectors):
    """All questions to a reader, each vector at most once."""
    found = []
    for vector in vectors:
        asked = next(filter(None, (question(read, vector) for read in reader.reads)), None)
        if asked:
            found.append(asked)
    return found


SIZES = (8, 16, 32)  # KiB
TEMPLATES = {"": "Newauth", "basic": "Basic", "digest": "Digest", "bearer": "Bearer"}


def grown(read, size):
    """(name, line) of values of `size` bytes, in which one thing is repeated."""
    scheme = next((TEMPLATES[each] for each in read.schemes if each in TEMPLATES), "Newauth")
    head = f'{scheme} realm="x", nonce="n", ' if read.what != "params" else 'realm="x", nonce="n", '
    if "user" in read.tells:
        head = "Basic "
    shapes = {
        "text": ('a="', "x", '"'),
        "escapes": ('a="', '\\"', '"'),
        "open-string": ('a="', "x", ""),
        "open-escapes": ('a="', "\\\\", ""),
        "commas": ("a=b", ",", ""),
        "spaces": ("a=b", " ", ""),
        "parameters": ("", "a=b, ", "a=b"),
        "names": ("", "a", ""),
        "equals": ("a", "=", ""),
        "schemes": ("", "A, ", "A"),
        "quotes": ("a=", '"', ""),
    }
    for name, (begin, unit, end) in shapes.items():
        count = (size - len(head) - len(begin) - len(end)) // len(unit)
        yield name, (head + begin + unit * count + end).encode()
