"""Other programs' clients: curl, and the Python ones, whose code runs in one interpreter."""

import json
import subprocess

from rows import ALICE
from wire import LOOPBACK

# Runs each line, code in JSON, and answers with what it prints. Imports take longest, and are done once so.
CLIENTS = """
import contextlib, io, json, sys
for line in sys.stdin:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(json.loads(line), {})
    print(json.dumps(printed.getvalue()), flush=True)
"""


class Clients:
    """Asks the server at `port`."""

    def __init__(self, shop, port):
        self.shop = shop
        self.port = port
        self.interpreter = subprocess.Popen(["/usr/bin/python3", "-B", "-c", CLIENTS], env=shop.environment, text=True,
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        shop.processes.append(self.interpreter)

    def curl(self, *words):
        """What X-Verdict says in each response that curl gets."""
        head = self.shop.work / "head"
        self.shop.run([self.shop.path("usr/bin/curl"), "-s", "-o", "/dev/null", "-D", head, *words])
        lines = head.read_bytes().decode("latin-1").split("\r\n")
        return [line.split(": ", 1)[1] for line in lines if line.startswith("X-Verdict: ")]

    def url(self, path):
        return f"http://{LOOPBACK}:{self.port}/{path}"

    def python(self, code):
        """What the code prints, run in the one interpreter of all Python clients."""
        self.interpreter.stdin.write(json.dumps(f"URL = {self.url('')!r}\nALICE = {ALICE!r}\n{code}") + "\n")
        self.interpreter.stdin.flush()
        return json.loads(self.interpreter.stdout.readline()).strip()
