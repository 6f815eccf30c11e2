"""Fails if a test came nearer to its time limit than the tenth of it, on a machine with nothing else to do.

usage: time_limits.py PRESET LOG. LOG is what `ctest --preset PRESET` printed, and below it the line "cpu USER SYSTEM" with
the seconds of processors that all tests took. The limit of a test is its TIMEOUT, else that of the test preset.

A busy machine makes tests look slow without using more of its processors. So the seconds that CTest measured are divided
by how much longer all tests ran together than they computed: 1 on an idle machine. Tests compute, except for a few short
ones. The time of one test alone would not do: those that wait for servers compute nothing meanwhile.
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
AT_LEAST = 10
LINE = re.compile(r"^ *\d+/\d+ Test +#\d+: (\S+) .* ([\d.]+) sec", re.M)


def limits(preset):
    """The time limit of each test, in seconds; None where there is none."""
    presets = {each["name"]: each for each in json.loads((ROOT / "CMakePresets.json").read_text())["testPresets"]}
    names = [preset]
    while "inherits" in presets[names[-1]]:
        names.append(presets[names[-1]]["inherits"])
    default = next((presets[name]["execution"]["timeout"] for name in names
                    if "timeout" in presets[name].get("execution", {})), None)
    listed = subprocess.check_output(["ctest", "--preset", preset, "--show-only=json-v1"], cwd=ROOT, text=True)
    own = {test["name"]: {each["name"]: each["value"] for each in test.get("properties", ())}
           for test in json.loads(listed)["tests"]}
    return {name: properties.get("TIMEOUT", default) for name, properties in own.items()}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    preset, log = sys.argv[1], pathlib.Path(sys.argv[2]).read_text(errors="replace")
    seconds = {name: float(time) for name, time in LINE.findall(log)}
    cpu = sum(map(float, re.findall(r"^cpu ([\d.]+) ([\d.]+)$", log, re.M)[-1]))
    slowdown = max(1.0, sum(seconds.values()) / cpu)
    allowed = limits(preset)
    ratios, faults = [], []
    for name, measured in seconds.items():
        limit = allowed[name]
        if limit is None:
            faults.append(f"{name} has no time limit")
            continue
        # CTest measures hundredths.
        ratios.append((limit / max(measured / slowdown, 0.01), name))
        if ratios[-1][0] < AT_LEAST:
            faults.append(f"{name} took {measured / slowdown:.1f} s, more than a tenth of its limit, {limit:.0f} s")
    worst, name = min(ratios)
    print(f"time limits: {preset}: {len(ratios)} tests, the nearest to its limit has {worst:.0f} times its time ({name}); "
          f"slowed down by {slowdown:.1f}")
    print("".join(f"{fault}\n" for fault in faults), end="")
    return 1 if faults else 0


sys.exit(main())
