"""The commands of scripts/fuzz."""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import time

import builds
import check
import coverage
import liveness
import minimise


def say(text):
    print(text, flush=True)


def figures(output):
    """Executions, executions a second, and inputs that were added, from libFuzzer's closing lines."""
    found = dict(re.findall(r"stat::(\w+):\s+(\d+)", output))
    return (int(found.get("number_of_executed_units", 0)), int(found.get("average_exec_per_sec", 0)),
            int(found.get("new_units_added", 0)))


def run_target(target, out, seconds, runs, seed, longest):
    """Fuzzes one target from its corpus. New inputs stay under build/fuzz/corpus. True if nothing was found."""
    grown = builds.BUILD / "corpus" / target
    grown.mkdir(parents=True, exist_ok=True)
    artifacts = builds.BUILD / "findings" / target
    artifacts.mkdir(parents=True, exist_ok=True)
    arguments = [f"-max_total_time={seconds}" if runs is None else f"-runs={runs}", f"-seed={seed}",
                 "-timeout=25", "-rss_limit_mb=2560", "-print_final_stats=1", f"-dict={out / (target + '.dict')}",
                 f"-artifact_prefix={artifacts}/"]
    arguments += ["-" + line.replace(" ", "") for line in (out / f"{target}.options").read_text().splitlines()
                  if "=" in line]
    if longest:
        arguments.append(f"-max_len={longest}")
    start = time.monotonic()
    done = subprocess.run([str(out / target), *arguments, str(grown), *map(str, builds.corpus(target))],
                          env=builds.sanitizer_environment(), capture_output=True, text=True, errors="replace",
                          stdin=subprocess.DEVNULL)
    output = done.stdout + done.stderr
    executed, speed, added = figures(output)
    say(f"{target:16} {executed:>12} executions {speed:>8} a second {added:>6} new inputs "
        f"{time.monotonic() - start:7.1f} s  {'no finding' if done.returncode == 0 else 'FINDING'}")
    if done.returncode != 0:
        sys.stderr.write("\n".join(output.splitlines()[-60:]) + "\n")
    return done.returncode == 0


def fuzz(arguments):
    wanted = builds.names() if arguments.target == "all" else [arguments.target]
    out = builds.build(arguments.build)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        good = list(workers.map(lambda target: run_target(target, out, arguments.seconds, arguments.runs,
                                                          arguments.seed, arguments.max_len), wanted))
    return 0 if all(good) else 1


def run_program(name, arguments):
    return subprocess.run([str(builds.program("standalone-gcc", name)), *arguments]).returncode


def main():
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description="Fuzzing and what belongs to it; fuzz/README.md.")
    commands = parser.add_subparsers(dest="target", required=True, metavar="COMMAND")
    for name in [*builds.names(), "all"]:
        text = "every target, one on each core" if name == "all" else f"fuzz {name} from its corpus"
        one = commands.add_parser(name, help=text)
        one.add_argument("--seconds", type=int, default=60, help="how long, for each target (60)")
        one.add_argument("--runs", type=int, help="how many executions, in place of seconds")
        one.add_argument("--build", choices=["address", "undefined", "memory", "fast"], default="address",
                         help="which build: fast has no sanitizer (address)")
        one.add_argument("--seed", type=int, default=0, help="of the engine's random numbers; 0 takes one by time")
        one.add_argument("--max-len", type=int, help="bytes of the longest input, in place of the target's own")
        one.set_defaults(run=fuzz)
    check.add(commands)
    liveness.add(commands)
    coverage.add(commands)
    minimise.add(commands)
    commands.add_parser("generate", help="values of the fields, a line of JSON each, for authlint parse --ndjson")
    commands.add_parser("secrets", help="generated messages with a secret in each, and whether authlint shows it")
    # Its options are the generator's own, --help too.
    if sys.argv[1:2] in (["generate"], ["secrets"]):
        return run_program(f"fuzz_{sys.argv[1]}", sys.argv[2:])
    arguments = parser.parse_args()
    return arguments.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
