"""Counts instructions of both engines on adversarial families: twice the bytes, twice the work.

usage: linear_work.py PROGRAM, which is strength_work. Needs valgrind. Wall-clock time would lie on a busy machine;
counted instructions repeat. What every value costs, however long it is, makes the ratio fall below two where a byte
costs little: nothing may be over MOST, and from size to size the work that comes with more bytes has to double."""

import glob
import os
import re
import subprocess
import sys
import tempfile

SIZES = [1 << k for k in range(16, 21)]
LEAST, MOST = 1.99, 2.01


def count(program, engine):
    """Instructions by family and size."""
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "out")
        subprocess.run(["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}", program, engine,
                        *map(str, SIZES)], check=True, stdout=subprocess.DEVNULL)
        counts = {}
        for path in glob.glob(out + ".*"):
            with open(path, encoding="ascii", errors="replace") as stream:
                text = stream.read()
            name = re.search(r"^desc: Trigger: Client Request: \w+ (\w+) (\d+)$", text, re.M)
            total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
            if name and total:
                counts[name.group(1), int(name.group(2))] = int(total.group(1))
    return counts


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    faults = []
    for engine in ("portable", "best", "pegtl"):
        counts = count(sys.argv[1], engine)
        families = sorted({family for family, _ in counts})
        if len(families) < 20:
            sys.exit(f"{engine}: {len(families)} families are too few")
        ratios, doublings = [], []
        for family in families:
            work = [counts[family, size] for size in SIZES]
            more = [large - small for small, large in zip(work, work[1:])]
            ratios += [large / small for small, large in zip(work, work[1:])]
            doublings += [large / small for small, large in zip(more, more[1:])]
            if max(ratios[1 - len(work):]) > MOST or not all(LEAST <= d <= MOST for d in doublings[2 - len(work):]):
                faults.append(f"{engine} {family}: not linear: {work}")
        worst = max(families, key=lambda family: counts[family, SIZES[-1]])
        print(f"Strength: {engine:8} {len(families)} families, {SIZES[0]} to {SIZES[-1]} bytes: twice the bytes take "
              f"{min(ratios):.4f} to {max(ratios):.4f} of the work, twice the more bytes {min(doublings):.4f} to "
              f"{max(doublings):.4f} of the more work; most instructions a byte "
              f"{counts[worst, SIZES[-1]] / SIZES[-1]:.1f} ({worst})")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
