"""scripts/fuzz liveness: every clause of every oracle shows, with a planted bug, that it can fail."""

import concurrent.futures
import os
import re
import statistics
import subprocess
import sys
import tempfile

import builds

# Seconds of processor time, ten times what the slowest needs on an idle machine: a virtual one can be that much slower. The
# engine gets ten times as much by the clock.
LIMIT = 20.0
TABLE = builds.ROOT / "fuzz" / "liveness.tsv"


def rows():
    """Target, clause, planted bug."""
    return [line.split("\t") for line in TABLE.read_text().splitlines()[1:]]


def named_in(target, function):
    """The literals with which the sources of a target call a function of the oracle."""
    sources = [path for pattern in (f"{target}.cpp", f"{target}_*.cpp") for path in (builds.ROOT / "fuzz").glob(pattern)]
    text = "".join(path.read_text() for path in sources)
    return set(re.findall(rf'\b{function}\(\s*"([a-z0-9_]+)"', text))


def unproved():
    """What the table lacks or has too much."""
    faults = []
    for target in builds.names():
        clauses = {clause for t, clause, _ in rows() if t == target and clause != "sanitizer"}
        bugs = {bug for t, _, bug in rows() if t == target}
        faults += [f"{target}: clause {c} has no planted bug" for c in sorted(named_in(target, "require") - clauses)]
        faults += [f"{target}: there is no clause {c}" for c in sorted(clauses - named_in(target, "require"))]
        faults += [f"{target}: bug {b} is not in the table" for b in sorted(named_in(target, "planted") - bugs)]
        faults += [f"{target}: there is no bug {b}" for b in sorted(bugs - named_in(target, "planted"))]
    return faults


def show(out, target, clause, bug, seed):
    """Fuzzes with the bug planted. Answers seconds until it was found, and what was found."""
    with tempfile.TemporaryDirectory() as scratch:
        arguments = [f"-max_total_time={int(10 * LIMIT)}", f"-seed={seed}", "-max_len=256",
                     f"-dict={out / (target + '.dict')}", f"-artifact_prefix={scratch}/"]
        process = subprocess.Popen([str(out / target), *arguments, scratch, *map(str, builds.corpus(target))],
                                   env=builds.sanitizer_environment(AUTHGRAMMAR_PLANTED_BUG=bug),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   text=True, errors="replace")
        with process.stderr as stream:
            errors = stream.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = used.ru_utime + used.ru_stime
    if process.returncode == 0:
        return seconds, "nothing"
    said = re.search(r"^oracle: (\w+)", errors, re.M)
    if said:
        return seconds, said.group(1)
    return seconds, "sanitizer" if "AddressSanitizer" in errors else "crash"


def run(arguments):
    faults = unproved()
    out = builds.build("address")
    wanted = [row for row in rows() if not arguments.targets or row[0] in arguments.targets]
    times = []
    print(f"{'target':16} {'clause':32} {'planted bug':36} seconds")
    workers = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
    shown = workers.map(lambda row: show(out, *row, arguments.seed), wanted)
    for (target, clause, bug), (seconds, found) in zip(wanted, shown):
        times.append(seconds)
        verdict = ""
        if found != clause:
            verdict = f"  found {found}"
        elif seconds > LIMIT:
            verdict = "  too slow"
        if verdict:
            faults.append(f"{target}: {clause} by {bug}:{verdict}")
        print(f"{target:16} {clause:32} {bug:36} {seconds:7.2f}{verdict}", flush=True)
    # A build that has the bugs, and none of them on, finds nothing.
    for target in builds.names():
        if arguments.targets and target not in arguments.targets:
            continue
        done = subprocess.run([str(out / target), "-runs=0", *map(str, builds.corpus(target))], capture_output=True,
                              env={**os.environ, "AUTHGRAMMAR_PLANTED_BUG": ""}, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            faults.append(f"{target}: its corpus fails without a bug")
    print(f"{len(times)} clauses and bugs, median {statistics.median(times):.2f} s, slowest {max(times):.2f} s, "
          f"{len(faults)} faults")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def add(commands):
    parser = commands.add_parser("liveness", help="show that each clause of each oracle can fail")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="only these")
    parser.add_argument("--seed", type=int, default=1, help="of the engine's random numbers (1)")
    parser.set_defaults(run=run)
