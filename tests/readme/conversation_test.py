"""README.md's client speaks with README.md's server: conversation_test.py SERVER CLIENT PORT"""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "examples"))

from running import running  # noqa: E402

server, client, port = sys.argv[1:]
with running(server, int(port)):
    done = subprocess.run([client], capture_output=True, text=True, timeout=20, check=False)
    print(done.stdout)
    if (done.returncode, done.stdout) != (0, "401 \n200 Hello Mufasa\n"):
        sys.exit(f"exit {done.returncode}, {done.stderr}")
