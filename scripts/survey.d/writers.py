"""scripts/survey write: what writers of challenges make of arguments that must be escaped or refused."""

import datetime
import json
import subprocess
import tempfile

import measure
import session

MEANS = {
    "right": "writes what means the arguments, or refuses what no field can carry",
    "refuses": "refuses what a field can carry",
    "other": "writes a valid value that means something else",
    "invalid": "writes what is no value of the field",
    "splits": "writes a CR, LF or NUL, which can end the field where it is sent",
    "crash": "the process ended",
}


def cases(places):
    return json.loads((places.survey / "writers.json").read_text("utf-8"))["cases"]


def meanings(authlint, values):
    """What the reference engine reads in each value; None if it is invalid."""
    asked = "".join(json.dumps({"field": "WWW-Authenticate", "value": value}) + "\n" for value in values)
    command = [authlint, "parse", "--ndjson", "--reveal", "--engine", "reference", "--edition", "rfc9110-sender"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(values):
        raise OSError(f"{authlint} gave {len(answers)} answers to {len(values)} values")
    return [each.get("parsed") if each.get("valid") else None for each in answers]


def verdict(case, written, meaning):
    """One of MEANS for a case: `written` is None if it was refused."""
    if written is None:
        return "right" if case["outcome"] == "refuse" else "refuses"
    if any(mark in written for mark in "\r\n\0"):
        return "splits"
    if meaning is None:
        return "invalid"
    told = [(each["scheme"].lower(), each["token68"], [[param["name"].lower(), param["value"]] for param in each["params"]]) for each in meaning]
    wanted = [(case["scheme"].lower(), None, [[name.lower(), value] for name, value in case["params"]])]
    return "right" if told == wanted else "other"


def measure_writer(writer, places, authlint):
    result = {"schema": 1, "writer": writer.name, "date": datetime.date.today().isoformat(), "machine": measure.machine()}
    written = {}
    try:
        with session.Session(places.filled(writer.run), places.environment(), places.debian) as running:
            running.start()
            result["version"] = running.version
            for case in cases(places):
                words = [case["scheme"], *(word for param in case["params"] for word in param)]
                said, parts, _ = running.ask("WWW-Authenticate", "*", [word.encode("latin-1") for word in words])
                written[case["id"]] = (said, parts[0][1] if said == "read" else None)
    except (session.Unusable, session.Garbage, OSError) as problem:
        return {**result, "not_measured": str(problem)}
    values = {name: value for name, (said, value) in written.items() if value is not None and not any(mark in value for mark in "\r\n\0")}
    read = dict(zip(values, meanings(authlint, values.values())))
    result["answers"] = {
        case["id"]: {"verdict": "crash"} if written[case["id"]][0] in ("crash", "hang")
        else {"verdict": verdict(case, written[case["id"]][1], read.get(case["id"])), "written": written[case["id"]][1]}
        for case in cases(places)
    }
    return result
