#!/usr/bin/env python3
"""cost.py INCLUDE LIMIT COMPILER [FLAG…]: how much longer than its standard headers <authgrammar/authgrammar.hpp> compiles.

The seconds of processor that the compiler takes for a program that only includes the header, less those for one that includes
the standard headers that it includes: of each the least of several runs, in turn. Other work on the machine makes single runs
slower, so there are more of them as long as the difference is above LIMIT. It is a failure if it stays there, and is more than
SHARE of what the standard headers take, too: on a machine that is slower for all, seconds say little.
"""

import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

ROUNDS = (5, 20)  # at least, at most
SHARE = 0.5
HEADER = "authgrammar/authgrammar.hpp"


def standard_headers(include, compiler):
    """The standard headers that headers of ours include."""
    out = subprocess.run([*compiler, "-M", f"-I{include}", "-x", "c++", "-"], input=f"#include <{HEADER}>\n",
                         check=True, capture_output=True, text=True).stdout
    ours = [pathlib.Path(word) for word in out.split() if word.startswith(f"{include}/")]
    if not ours:
        sys.exit(f"cost: {HEADER} is not in {include}")
    names = set()
    for header in ours:
        names |= set(re.findall(r"^\s*#\s*include <(\w+)>", header.read_text(encoding="utf-8"), re.M))
    # Those for another compiler or machine.
    return sorted(name for name in names if name not in ("intrin", "immintrin"))


def seconds(source, include, compiler):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*compiler, "-c", f"-I{include}", "-o", os.devnull, str(source)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    include, limit, compiler = pathlib.Path(sys.argv[1]).resolve(), float(sys.argv[2]), sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        ours, standard = pathlib.Path(folder) / "ours.cpp", pathlib.Path(folder) / "standard.cpp"
        ours.write_text(f"#include <{HEADER}>\n", encoding="utf-8")
        names = standard_headers(include, compiler)
        standard.write_text("".join(f"#include <{name}>\n" for name in names), encoding="utf-8")
        whole = base = float("inf")
        for done in range(ROUNDS[1]):
            if done >= ROUNDS[0] and whole - base <= limit:
                break
            whole = min(whole, seconds(ours, include, compiler))
            base = min(base, seconds(standard, include, compiler))
    print(f"cost: <{HEADER}> {whole:.3f} s, its {len(names)} standard headers {base:.3f} s, "
          f"over them {whole - base:.3f} s of at most {limit:.3f} s, {(whole - base) / base:.2f} of them of at most {SHARE}")
    sys.exit(1 if whole - base > max(limit, SHARE * base) else 0)


if __name__ == "__main__":
    main()
