"""Where each reader differs from the vectors, as a list that the tests of another project can start from; and the vectors that
it was asked, in the flat form."""

import json
import pathlib
import sys

import markdown
import questions

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vectors.d"))
import flat  # noqa: E402

HEAD = """# Known differences of readers

<!-- Made by `scripts/survey report` from corpus/survey/results. -->

Each list names the vectors of one field, edition `rfc9110-recipient`, that one version of a reader does not read as the RFC
does, as far as the reader tells it: some tell no token68, or only the user. A test of that reader starts from its list and
expects the vectors in it to fail, so that the list stays true. A vector with `can_fail` that the reader refuses is no
difference.

A reader that knows one scheme was not asked about the others: `scripts/survey vectors READER FIELD`, in a checkout of
authgrammar, prints the vectors that it answered, in the form of the flat files.
"""


def flat_vectors(places):
    """{field: {name: vector}} of the flat files of the edition."""
    found = {}
    for field in flat.FIELDS:
        text = (places.vectors / "flat" / f"{field}.{questions.EDITION}.json").read_text("ascii")
        found[field] = {each["name"]: each for each in json.loads(text)}
    return found


def answered(reader, result, vectors):
    """{field: [name…]} of the vectors that a reader answered, each under the field that it was asked as."""
    found = {}
    for question in questions.questions(reader, vectors):
        if question.vector.id in result.get("answers", {}):
            found.setdefault(question.field, []).append(question.vector.id)
    return {field: found[field] for field in flat.FIELDS if field in found}


def differs(entry, vector):
    """Whether a test of the reader would fail at the vector."""
    return entry["effect"] != "agrees" and not (entry["effect"] == "refuses" and vector.get("can_fail"))


def files(places, measured, vectors):
    """{name: text} of the lists of readers that count, and of the page that links to them."""
    made, rows, forms = {}, [], flat_vectors(places)
    for each in (each for each in measured if each.counts):
        for field, names in answered(each.reader, each.result, vectors).items():
            different = sorted(name for name in names if differs(each.answers[name], forms[field][name]))
            file = f"{each.reader.name}.{field}.txt"
            made[file] = "".join(f"{name}\n" for name in different)
            rows.append([f"[{each.reader.title}]({file})", each.result["version"], field, len(names), len(different)])
    made["README.md"] = HEAD + "\n" + markdown.table(["reader", "version", "field", "answers", "differs"], rows, (3, 4)) + "\n"
    return made


def subset(places, reader, result, field, vectors):
    """The text of a flat file with the vectors of a field that a reader answered."""
    forms = flat_vectors(places)[field]
    names = answered(reader, result, vectors).get(field, ())
    return "[\n" + ",\n".join(json.dumps(forms[name]) for name in names) + "\n]\n"
