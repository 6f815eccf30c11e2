"""Runs the client of docs/examples against its servers: client_test.py CLIENT SERVER…"""

import subprocess
import sys

from running import HOST, running

USER, PASSWORD, TOKEN = "Mufasa", "Circle of Life", "mF_9.B5f-4.1JqM"
CASES = [  # its words after the URL, exit code, what it prints
    ((USER, PASSWORD), 0, "401 200 server proven, in: Mufasa\n200 server proven, in: Mufasa\n"),
    ((TOKEN,), 0, "401 200 in: Mufasa\n200 in: Mufasa\n"),
    ((USER, "circle of life"), 1, "401 401 refused\n"),
    (("Scar", PASSWORD), 1, "401 401 refused\n"),
    (("x",), 1, "401 401 already_tried\n"),
]


def main():
    client, *servers = sys.argv[1:]
    failures = 0
    for server in servers:
        with running(server) as port:
            for words, code, expected in CASES:
                done = subprocess.run([client, f"http://{HOST}:{port}/a?b=c", *words], capture_output=True, text=True,
                                      timeout=20, check=False)
                if (done.returncode, done.stdout) != (code, expected):
                    failures += 1
                    print(f"{server}, {words[0]}: exit {done.returncode}, {done.stdout!r}, not {expected!r}; {done.stderr}",
                          file=sys.stderr)
    print(f"{len(servers)} servers, {len(CASES)} cases, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
