"""vectors.py FOLDER COMMAND…: gives COMMAND every vector of FOLDER, for each field and edition, in the form of vectors.c."""

import json
import pathlib
import subprocess
import sys

FIELDS = ["WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization", "Authentication-Info",
          "Proxy-Authentication-Info"]
EDITIONS = ["rfc7235", "rfc9110-recipient", "rfc9110-sender"]
KINDS = ["challenge_begin", "scheme", "token68", "param_name", "param_value", "challenge_end"]


def cases(vector):
    raw = vector.get("raw_hex") or [line.encode().hex() for line in vector["raw"]]
    lines = ",".join("x" + line for line in raw)
    for expected in vector["expected"]:
        if expected["valid"]:
            verdict = "yes" + "".join(
                f" {KINDS.index(e['kind'])}:{e['begin']}:{e['end']}:{int(e.get('quoted', False))}"
                for e in expected["events"]
            )
        else:
            verdict = f"no {expected['error_offset']}"
        for field in vector["fields"]:
            for edition in expected["editions"]:
                yield f"{FIELDS.index(field)} {EDITIONS.index(edition)} {lines} {verdict}\n"


def main():
    files = [path for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")) if path.name != "schema.json"]
    text = "".join(
        case
        for path in files
        for vector in json.loads(path.read_text(encoding="utf-8"))["vectors"]
        for case in cases(vector)
    )
    count = text.count("\n")
    run = subprocess.run(sys.argv[2:], input=text, capture_output=True, text=True, check=False)
    print(f"{len(files)} files, {count} cases")
    print(run.stdout + run.stderr, end="")
    if run.returncode != 0 or f"c.vectors: {count} cases\n" not in run.stdout or count == 0:
        sys.exit(1)


if __name__ == "__main__":
    main()
