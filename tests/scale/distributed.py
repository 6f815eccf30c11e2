"""Lints a corpus by one process, by GNU parallel, by two Dask workers, and through pipes as Hadoop streaming calls programs:
the merged reports have to be that of one process.

usage: distributed.py ROOT AUTHLINT [MESSAGES]

Skipped (exit code 77) without GNU parallel or python3-distributed. The commands are those of docs/scale.md."""

import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import zlib

FILES = 6
REDUCERS = 3

# What is found by remembering earlier messages. One process that reads all of them forgets what a reducer, which sees fewer,
# still knows; so only of these the reducers may find more, and only where there are more messages than are remembered.
BY_MEMORY = ("refused-credentials-again",)
REMEMBERED = 100_000


def run(command, **options):
    """stdout of a command that found something, as all of these do."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, **options)
    if done.returncode != 1:
        sys.exit(f"distributed: exit code {done.returncode} of {command}")
    return done.stdout


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def whole(report):
    """A report as JSON: everything in it counts."""
    return json.loads(report)


def counts(report):
    """The counts of a report in NDJSON, but for the number of inputs."""
    last = json.loads(report.splitlines()[-1])
    del last["files"]
    return {"summary": last}


def without_more_by_memory(report, wanted):
    """The summary without what it counts more than `wanted` of the findings that need memory."""
    summary = {**report["summary"], "ids": [dict(i) for i in report["summary"]["ids"]]}
    for mine in summary["ids"]:
        theirs = next((i for i in wanted["summary"]["ids"] if i["id"] == mine["id"]), None)
        if theirs is None or mine["id"] not in BY_MEMORY:
            continue
        for severity in ("infos", "warnings", "errors"):
            more = max(0, mine[severity] - theirs[severity])
            mine[severity] -= more
            summary[severity] -= more
    return {"summary": summary}


class Ways:
    """The ways to lint the corpus. Each answers a report."""

    def __init__(self, root, authlint, folder, messages):
        self.authlint = authlint
        self.examples = root / "docs/examples/scale"
        self.folder = folder
        corpus = [sys.executable, root / "scripts/make-corpus"]
        size = ["--messages", str(messages), "--seed", "19"]
        subprocess.run([*corpus, "warc", *size, "--files", str(FILES), "--out", folder], check=True)
        subprocess.run([*corpus, "lines", *size, "--out", folder / "lines"], check=True)
        self.files = sorted(str(path) for path in folder.glob("*.warc.gz"))

    def one_process(self):
        return run([self.authlint, "lint", "--no-config", "--format", "json", *self.files])

    def gnu_parallel(self):
        """The recipe, in a shell: lint ends with 1 where it finds something, which parallel counts."""
        recipe = ("parallel --will-cite --keep-order --jobs 2 \"$AUTHLINT\" lint --no-config --format ndjson {} ::: \"$@\" | "
                  "\"$AUTHLINT\" merge --format json")
        return run(["sh", "-c", recipe, "sh", *self.files], env={**os.environ, "AUTHLINT": self.authlint})

    def dask(self):
        return run(["/usr/bin/python3", "-B", self.examples / "dask_lint.py", "--authlint", self.authlint, "--format", "json",
                    *self.files], env={**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "120s"})

    def one_pipe(self):
        with open(self.folder / "lines", "rb") as lines:
            return run([self.authlint, "lint", "--no-config", "--input", "ndjson", "--format", "ndjson"], stdin=lines)

    def map_and_reduce(self):
        """What a framework does between: it sorts what the mapper prints by key, and gives each key to one reducer. Hadoop
        ends each line of a report with a tab."""
        with open(self.folder / "lines", "rb") as lines:
            mapped = subprocess.run(["/usr/bin/python3", "-B", self.examples / "by_host.py"], stdin=lines,
                                    stdout=subprocess.PIPE, check=True).stdout
        inputs = [[] for _ in range(REDUCERS)]
        for line in sorted(mapped.splitlines(keepends=True), key=lambda line: line.split(b"\t", 1)[0]):
            inputs[zlib.crc32(line.split(b"\t", 1)[0]) % REDUCERS].append(line)
        reducer = "cut -f2- | \"$AUTHLINT\" lint --no-config --input ndjson --format ndjson"
        reports = [run(["sh", "-c", reducer], input=b"".join(part), env={**os.environ, "AUTHLINT": self.authlint})
                   for part in inputs]
        reports = b"".join(reports).replace(b"\n", b"\t\n")
        return run([self.authlint, "merge", "--format", "ndjson"], input=reports)


def main():
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    has_dask = subprocess.run(["/usr/bin/python3", "-c", "import distributed"], stderr=subprocess.DEVNULL, check=False)
    if not shutil.which("parallel") or has_dask.returncode != 0:
        print("distributed: skipped: parallel and python3-distributed are needed")
        sys.exit(77)
    messages = int(sys.argv[3]) if len(sys.argv) == 4 else 4000
    authlint = os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        ways = Ways(pathlib.Path(sys.argv[1]).resolve(), authlint, pathlib.Path(folder), messages)
        said = []
        for same, expected, *others in ((whole, ways.one_process, ways.gnu_parallel, ways.dask),
                                        (counts, ways.one_pipe, ways.map_and_reduce)):
            wanted = None
            for way in (expected, *others):
                before = processor_time()
                report = same(way())
                said.append(f"{way.__name__} {processor_time() - before:.1f} s")
                wanted = wanted or report
                if way == ways.map_and_reduce and messages > REMEMBERED:
                    report = without_more_by_memory(report, wanted)
                if report != wanted:
                    sys.exit(f"distributed: by {way.__name__}: {report['summary']}\n"
                             f"by {expected.__name__}: {wanted['summary']}")
            if wanted["summary"]["messages"] != messages or wanted["summary"]["unread"] != 0:
                sys.exit(f"distributed: not {messages} messages: {wanted['summary']}")
    print(f"distributed: {messages} messages; processor time: {', '.join(said)}; the same reports")


if __name__ == "__main__":
    main()
