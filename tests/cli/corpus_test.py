"""What scripts/make-corpus says of its corpus, held against what authlint reads in it.

usage: corpus_test.py AUTHLINT"""

import json
import pathlib
import re
import subprocess
import sys

MAKE = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "make-corpus"
SIZE = 1 << 20


def corpus(seed, size=SIZE):
    return subprocess.run([MAKE, "lint", "--seed", str(seed), "--bytes", str(size)], check=True,
                          capture_output=True)


def main():
    faults = []

    def check(holds, what):
        if not holds:
            faults.append(what)

    made = corpus(5)
    text = made.stdout
    said = int(made.stderr.split()[0])
    check(corpus(5).stdout == text, "the same seed gives other bytes")
    check(corpus(6).stdout != text, "another seed gives the same bytes")
    check(text.startswith(corpus(5, 1 << 16).stdout), "a smaller corpus is not the beginning of a larger one")
    check(SIZE <= len(text) < SIZE + 4096, f"{len(text)} bytes instead of {SIZE}")

    run = subprocess.run([sys.argv[1], "lint", "--format", "json"], input=text, capture_output=True, check=False)
    messages = json.loads(run.stdout)["messages"]
    check(len(messages) == said, f"{said} messages are said, and {len(messages)} read")
    check(len(text) / len(messages) <= 800, "the mean message is too long")
    check(all(sum(f["lines"] for f in m["fields"]) >= 2 for m in messages), "a message has less than two field lines")
    bodies = [int(n) for n in re.findall(rb"^Content-Length: (\d+)\r$", text, re.M)]
    check(bodies and max(bodies) <= 1024 and min(bodies) == 0, f"bodies of up to {max(bodies)} bytes")
    share = sum(bool(m["findings"]) for m in messages) / len(messages)
    check(0.08 <= share <= 0.12, f"{share:.3f} of the messages have findings")
    schemes = set(re.findall(rb"(?:Authorization|Authenticate): (\w+) ", text))
    check(schemes >= {b"Basic", b"Bearer", b"DPoP", b"Digest", b"Negotiate"}, f"schemes {schemes}")
    ids = {f["id"] for m in messages for f in m["findings"]}
    check(len(ids) >= 8, f"only findings {ids}")

    print(f"corpus: {len(messages)} messages of {len(text) / len(messages):.0f} bytes, {share:.1%} with findings, "
          f"{len(ids)} kinds of them")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
