"""Counts the instructions that `authlint parse --ndjson` takes for a line: line_cost.py AUTHLINT. Needs valgrind.

What starting takes is left out: it is the difference between many lines and few. Each kind of line has a most, a quarter
above what was counted when it was written down; the goal behind them is a million lines in half a second."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

FEW, MANY = 200, 1200

LINES = {
    "basic": ("WWW-Authenticate", 'Basic realm="x"', 6200),
    "two challenges": ("WWW-Authenticate", r'Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple"',
                       12000),
    "Digest challenge": (
        "WWW-Authenticate", 'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"', 11500),
    "Basic credentials": ("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", 4800),
    "Digest credentials": (
        "Authorization", 'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", '
        'algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, '
        'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, '
        'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", '
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"', 21500),
    "refused": ("WWW-Authenticate", 'Basic realm="x" charset="UTF-8", Bearer', 22000),
}


def instructions(authlint, line, count, folder):
    questions = folder / "questions"
    questions.write_text((line + "\n") * count, encoding="ascii")
    with open(questions, encoding="ascii") as source:
        said = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", authlint, "parse",
                               "--ndjson"], stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if said.returncode != 0 or said.stdout.count("\n") != count:
        sys.exit(f"line_cost: authlint failed: {said.stderr[-500:]}")
    return int(re.search(r"Collected : (\d+)", said.stderr)[1])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    faults = 0
    with tempfile.TemporaryDirectory() as scratch:
        for kind, (field, value, most) in LINES.items():
            line = json.dumps({"id": 1, "field": field, "value": value})
            few, many = (instructions(sys.argv[1], line, count, pathlib.Path(scratch)) for count in (FEW, MANY))
            each = (many - few) / (MANY - FEW)
            fault = "" if 0 < each <= most else f": more than {most}"
            faults += bool(fault)
            print(f"Strength: a line of parse --ndjson, {kind}, {len(line)} bytes: {each:.0f} instructions{fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
