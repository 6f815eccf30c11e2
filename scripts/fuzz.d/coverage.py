"""scripts/fuzz coverage: how much of a room the committed corpora alone reach, or fuzzing from nothing."""

import json
import pathlib
import shutil
import subprocess
import sys

import builds


def measure(out, room, folders_of):
    """Counts over src/ROOM of what the inputs in the folders reach, all targets together."""
    profiles = out.parent / "profiles"
    shutil.rmtree(profiles, ignore_errors=True)
    profiles.mkdir()
    for target in builds.names():
        folders = [str(folder) for folder in folders_of(target)]
        if folders:
            subprocess.run([str(out / target), "-runs=0", *folders], check=True, stderr=subprocess.DEVNULL,
                           stdin=subprocess.DEVNULL,
                           env=builds.sanitizer_environment(LLVM_PROFILE_FILE=str(profiles / f"{target}.%1m.profraw")))
    merged = profiles / "all.profdata"
    raw = [str(path) for path in profiles.glob("*.profraw")]
    subprocess.run([builds.tool("llvm-profdata"), "merge", "-sparse", *raw, "-o", str(merged)], check=True)
    objects = [str(out / builds.names()[0])]
    for target in builds.names()[1:]:
        objects += ["-object", str(out / target)]
    source = str(builds.ROOT / "src" / room)
    report = json.loads(subprocess.check_output(
        [builds.tool("llvm-cov"), "export", *objects, f"-instr-profile={merged}", source], text=True,
        stderr=subprocess.DEVNULL))
    return report["data"][0]


def name_of(entry, room):
    return entry["filename"].split(f"/src/{room}/")[-1]


def show_missing(data, room):
    """Branches that no instance of a template takes one way."""
    for entry in data["files"]:
        taken = {}
        for line, column, _, _, yes, no, *_ in entry.get("branches", []):
            before = taken.get((line, column), (0, 0))
            taken[line, column] = (before[0] + yes, before[1] + no)
        source = pathlib.Path(entry["filename"]).read_text().splitlines()
        for (line, column), (yes, no) in sorted(taken.items()):
            if not yes or not no:
                print(f"{name_of(entry, room)}:{line}:{column}: never "
                      f"{'true' if no else 'false' if yes else 'reached'}: {source[line - 1].strip()[:80]}")


def show(data, room):
    print(f"{'file':34} {'lines':>16} {'branches':>16}")
    for entry in data["files"]:
        s = entry["summary"]
        print(f"{name_of(entry, room)[-34:]:34} "
              + " ".join(f"{s[k]['covered']:>5}/{s[k]['count']:<5}{s[k]['percent']:4.0f}%" for k in ("lines", "branches")))
    total = data["totals"]
    print(f"{room:34} " + " ".join(
        f"{total[k]['covered']:>5}/{total[k]['count']:<5}{total[k]['percent']:4.0f}%" for k in ("lines", "branches")))
    return total["branches"]


def run(arguments):
    out = builds.build("coverage")
    data = measure(out, arguments.room, builds.corpus)
    corpus = show(data, arguments.room)
    if arguments.missing:
        show_missing(data, arguments.room)
    if arguments.from_nothing:
        fast = builds.build("fast")
        folders = {}
        for target in builds.names():
            folders[target] = builds.BUILD / "nothing" / target
            shutil.rmtree(folders[target], ignore_errors=True)
            folders[target].mkdir(parents=True)
            subprocess.run([str(fast / target), f"-max_total_time={arguments.from_nothing}", "-seed=1", "-max_len=256",
                            str(folders[target])], check=True, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        reached = measure(out, arguments.room, lambda target: [folders[target]])["totals"]["branches"]
        print(f"from no seeds and no dictionary, {arguments.from_nothing} s a target: {reached['covered']} branches, "
              f"{100 * reached['covered'] / corpus['covered']:.1f} % of the corpus's")
    if arguments.at_least is not None and corpus["percent"] < arguments.at_least:
        print(f"coverage: less than {arguments.at_least} % of the branches of {arguments.room}", file=sys.stderr)
        return 1
    return 0


def add(commands):
    parser = commands.add_parser("coverage", help="what of a room the corpora reach")
    parser.add_argument("--room", choices=["core", "policy", "audit"], default="core", help="folder of src (core)")
    parser.add_argument("--from-nothing", type=int, metavar="SECONDS",
                        help="also fuzz each target so long without seeds and dictionary, and compare")
    parser.add_argument("--missing", action="store_true", help="show the branches that are taken one way only")
    parser.add_argument("--at-least", type=float, metavar="PERCENT", help="fail if fewer branches are reached")
    parser.set_defaults(run=run)
