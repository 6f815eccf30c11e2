"""Counts instructions: of both engines on adversarial families, of every public call on values that grow in one way, and
of usernames and passwords in Unicode. Twice the bytes, lines, parameters, challenges or characters, twice the work.

usage: linear_work.py PROGRAM [FRAMING [POLICY [WHY [FORMATS]]]], which are strength_work, strength_framing, strength_policy,
strength_why and strength_formats; "-" leaves one out. Needs valgrind. Wall-clock time would lie on a busy machine; counted instructions repeat.
What every value costs, however long it is, makes the ratio fall below two where a byte costs little: nothing may be over
MOST, and from size to size the work that comes with more bytes has to double."""

import glob
import math
import os
import re
import subprocess
import sys
import tempfile

SIZES = [1 << k for k in range(16, 21)]
LEAST, MOST = 1.99, 2.01

# Public calls, on values of so many lines, parameters, challenges or 64 bytes. The last is the limit of parameters.
UNITS = [1 << k for k in range(10, 15)]
MOST_OF_CALLS = 2.02

# Three sizes show as much of policy and of refusals as five, for a quarter of the time.
FEWER_SIZES = SIZES[:3]

# What sorts: n log n.
MOST_OF_SORTED = {"hop_reversed": 2.2, "json_members": 2.2}

# In repeated_parameters the smallest value is the only one in which slips are looked for; the others are too long for that, and
# are also read by the rules of senders, so they are compared with each other only.
FIRST_SIZE = {"repeated_parameters": 1}

# Usernames and passwords in Unicode, of so many characters. The last is the limit, precis_limit.
CHARACTERS = [1 << k for k in range(6, 11)]
MOST_OF_UNICODE = 2.1

# Parameter names, with limits off: the most instructions for each name and each time so many of them are gone through.
# It is the bound that writer.hpp states.
NAMES = [1 << k for k in range(11, 17)]
MOST_OF_NAME = {"differing": (16384, 160), "repeated": (8192, 200), "colliding": (320, 650)}


def count(program, engine, sizes):
    """Instructions by family, or call and shape, and size."""
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "out")
        subprocess.run(["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}", program, engine,
                        *map(str, sizes)], check=True, stdout=subprocess.DEVNULL)
        counts = {}
        for path in glob.glob(out + ".*"):
            with open(path, encoding="ascii", errors="replace") as stream:
                text = stream.read()
            name = re.search(r"^desc: Trigger: Client Request: \w+ (\w+) (\d+)$", text, re.M)
            total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
            if name and total:
                counts[name.group(1), int(name.group(2))] = int(total.group(1))
    return counts


def names(counts, least):
    """The families or calls, of which there must be so many."""
    found = sorted({name for name, _ in counts})
    if len(found) < least:
        sys.exit(f"{len(found)} families are too few")
    return found


def engines(program):
    """Both engines, by bytes."""
    faults = []
    for engine in ("portable", "best", "pegtl"):
        counts = count(program, engine, SIZES)
        families = names(counts, 20)
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
    return faults


def by_call(program, what, units, least, most):
    """Calls by units of each shape: the worst ratio of each call, and what is over `most`."""
    counts = count(program, what, units)
    faults, worst = [], {}
    for name in names(counts, least):
        work = [counts[name, n] for n in units]
        ratio = max(large / small for small, large in zip(work, work[1:]))
        call = name.split("_")[0]
        worst[call] = max(worst.get(call, (0, "")), (ratio, name))
        if ratio > most:
            faults.append(f"{name}: not linear: {work}")
    for call, (ratio, name) in worst.items():
        print(f"Strength: {call:8} {units[0]} to {units[-1]} units: twice of them take at most {ratio:.4f} of the work "
              f"({name})")
    return faults


def parameter_names(program):
    """Looking for a repeated name, beyond the limit of parameters and with hashes that agree."""
    counts = count(program, "names", NAMES)
    faults = []
    for kind, (at_once, most) in MOST_OF_NAME.items():
        shares = [counts[f"names_{kind}", n] / (n * math.ceil(n / at_once)) for n in NAMES]
        print(f"Strength: {NAMES[0]} to {NAMES[-1]} {kind} names: at most {max(shares):.0f} instructions for each name and "
              f"each {at_once} names")
        if max(shares) > most:
            faults.append(f"{kind} names take more than {most}: {shares}")
    return faults


def by_family(program, what, sizes, least):
    """What is done with hostile framing, with what policy reads, with refusals, or with exports, by bytes."""
    counts = count(program, what, sizes)
    faults = []
    for family in names(counts, least):
        work = [counts[family, size] for size in sizes]
        first = FIRST_SIZE.get(family, 0)
        ratio = max(large / small for small, large in zip(work[first:], work[first + 1:]))
        print(f"Strength: {what} {family}: {sizes[first]} to {sizes[-1]} bytes: twice the bytes take at most {ratio:.4f} of "
              f"the work, {work[-1] / sizes[-1]:.0f} instructions a byte")
        if ratio > MOST_OF_SORTED.get(family, MOST_OF_CALLS):
            faults.append(f"{what} {family}: not linear: {work}")
    return faults


def main():
    if not 2 <= len(sys.argv) <= 6:
        sys.exit(__doc__)
    work, framing, policy, why, formats = (sys.argv[1:] + ["-", "-", "-", "-"])[:5]
    faults = []
    if work != "-":
        faults += (engines(work) + by_call(work, "calls", UNITS, 100, MOST_OF_CALLS)
                   + by_call(work, "unicode", CHARACTERS, 30, MOST_OF_UNICODE) + parameter_names(work))
    if framing != "-":
        faults += by_family(framing, "framing", SIZES, 12)
    if policy != "-":
        faults += by_family(policy, "policy", FEWER_SIZES, 12)
    if why != "-":
        faults += by_family(why, "why", FEWER_SIZES, 5)
    if formats != "-":
        faults += by_family(formats, "formats", FEWER_SIZES, 7)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
