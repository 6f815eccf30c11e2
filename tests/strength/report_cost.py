"""Counts the instructions that `authlint lint` takes for each form of report: report_cost.py AUTHLINT. Needs valgrind.

The input has all its findings in one message: in one long line, and in NDJSON, which has the whole line corrected for each, in
lines of their own. From SIZE findings to twice and four times as many, what is added has to double, whatever starting takes."""

import pathlib
import re
import subprocess
import sys
import tempfile

SIZE = 100
MOST = 2.2  # memory that is doubled now and then takes the rest
FORMS = ("text", "ndjson", "sarif", "junit", "github", "html", "baseline")


def instructions(authlint, form, count, folder):
    source = folder / "input.http"
    fields = "WWW-Authenticate: (\n" * count if form == "ndjson" else "WWW-Authenticate: " + "Basic realm=x, " * count + "\n"
    source.write_text("HTTP/1.1 401 X\n" + fields, encoding="ascii")
    options = ["--write-baseline", folder / "baseline"] if form == "baseline" else ["--format", form]
    said = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", authlint, "lint", *options,
                           source], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if said.returncode != (0 if form == "baseline" else 1):
        sys.exit(f"report_cost: authlint failed: {said.stderr[-500:]}")
    return int(re.search(r"Collected : (\d+)", said.stderr)[1])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    faults = 0
    with tempfile.TemporaryDirectory() as scratch:
        for form in FORMS:
            one, two, four = (instructions(sys.argv[1], form, SIZE * n, pathlib.Path(scratch)) for n in (1, 2, 4))
            growth = (four - two) / max(1, two - one)
            fault = "" if 0 < growth <= MOST else f": more than {MOST}"
            faults += bool(fault)
            print(f"Strength: report in {form}: {(four - two) / (2 * SIZE):.0f} instructions a finding, "
                  f"{growth:.3f} times as many for twice the findings{fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
