#!/usr/bin/python3
"""Lints files on the workers of a Dask cluster, and prints one report: dask_lint.py [OPTION]… FILE…

  --scheduler ADDRESS  the cluster's; without it two workers of this machine, on the loopback interface
  --authlint PROGRAM   on the workers (authlint)
  --format FORMAT      of the report (text)

A worker is given the name of a file, so that all of them have to see the files under the same names. It returns lint's report
as NDJSON; `authlint merge` makes one of them, in the order of the files. The exit code is merge's.
"""

import argparse
import subprocess
import sys

from distributed import Client, LocalCluster


def lint(authlint, path):
    """The report on a file. lint exits with 1 if it found something, with 2 if it could not read all of it: the report
    says so."""
    done = subprocess.run([authlint, "lint", "--no-config", "--format", "ndjson", path], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(f"{path}: {authlint} ended with {done.returncode}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--scheduler")
    parser.add_argument("--authlint", default="authlint")
    parser.add_argument("--format", default="text")
    parser.add_argument("files", nargs="+")
    given = parser.parse_args()
    cluster = given.scheduler or LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None)
    with Client(cluster) as client:
        futures = client.map(lint, [given.authlint] * len(given.files), given.files, pure=False)
        merge = subprocess.Popen([given.authlint, "merge", "--format", given.format], stdin=subprocess.PIPE)
        while futures:
            merge.stdin.write(futures.pop(0).result())  # and forgets it, here and on the worker
        merge.stdin.close()
        code = merge.wait()
    if not given.scheduler:
        cluster.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
