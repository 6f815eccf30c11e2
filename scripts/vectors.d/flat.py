"""Makes corpus/vectors/flat: the hand-written vectors as tests of other projects want them, a file a field and edition."""

import argparse
import json
import pathlib
import sys

import vectorfile

FIELDS = (
    "WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization", "Authentication-Info",
    "Proxy-Authentication-Info",
)


def effect(expected, value, meaning):
    """What a wrong answer to a vector most likely is, by its form: docs/adopting.md has the rule."""
    if not expected["valid"]:
        return "accepts"
    texts = [param["value"] for each in meaning for param in each["params"] if param["form"] == "quoted"]
    if any(mark in text for text in texts for mark in ',="'):
        return "made-up"
    if len(meaning) > 1:
        return "lost"
    return "confused" if b"\\" in value else "refuses"


def entry(vector, field, edition, situations):
    lines, expected = vectorfile.lines_of(vector), vectorfile.expectation(vector, edition)
    value = vectorfile.joined(lines)
    meaning = vectorfile.parsed(value, field, expected["events"]) if expected["valid"] else []
    made = {"name": vector["id"], "raw": [line.decode("latin-1") for line in lines]}
    if expected["valid"]:
        made["expected"] = [
            {"scheme": each["scheme"], "token68": each["token68"], "params": [[param["name"], param["value"]] for param in each["params"]]}
            for each in meaning
        ]
    else:
        made["must_fail"] = True
        made["error_offset"] = expected["error_offset"]
    situation = vector.get("situation")
    repeated = any(len({param["name"].lower() for param in each["params"]}) < len(each["params"]) for each in meaning)
    if expected["valid"] and (repeated or situation and situations[situation]["level"] == "may"):
        made["can_fail"] = True
    if situation:
        made["situation"] = situation
    if vector.get("flags"):
        made["flags"] = vector["flags"]
    made["effect"] = effect(expected, value, meaning)
    return made


def files(folder):
    """{name: text} of the flat files."""
    made, contents = {}, []
    for path in vectorfile.files([folder]):
        content = vectorfile.load(path)
        if not content["generated"]:
            contents.append(content)
    for field in FIELDS:
        for edition in vectorfile.EDITIONS:
            entries = [
                entry(vector, field, edition, content.get("situations", {}))
                for content in contents for vector in content["vectors"]
                if field in vector["fields"] and vectorfile.expectation(vector, edition)
            ]
            made[f"{field}.{edition}.json"] = "[\n" + ",\n".join(json.dumps(each) for each in entries) + "\n]\n"
    return made


def main():
    parser = argparse.ArgumentParser(prog="scripts/vectors flat", description=__doc__)
    parser.add_argument("--vectors", required=True, type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--check", action="store_true", help="compare with the files that are there, and check the schema")
    options = parser.parse_args()
    made, folder = files(options.vectors), options.vectors / "flat"
    if not options.check:
        for name, text in made.items():
            (folder / name).write_text(text, "ascii")
        print(f"vectors: {len(made)} flat files, {sum(text.count(chr(10)) - 2 for text in made.values())} vectors")
        return 0
    import jsonschema  # only the check needs python3-jsonschema

    schema = jsonschema.Draft202012Validator(vectorfile.load(folder / "schema.json"))
    there = {path.name for path in folder.glob("*.*.json")}
    wrong = [name for name in sorted(there | made.keys()) if name not in made or name not in there or (folder / name).read_text("ascii") != made[name]]
    wrong += [f"{name}: {problem.message[:200]}" for name, text in made.items() for problem in [next(schema.iter_errors(json.loads(text)), None)] if problem]
    for name in wrong:
        print(f"flat/{name}: not what the vectors make, or not of the schema")
    print(f"vectors: {len(made)} flat files compared, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
