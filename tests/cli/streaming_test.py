"""`authlint lint` on inputs that come while it runs: streaming_test.py AUTHLINT."""

import os
import pathlib
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

AUTHLINT = sys.argv.pop(1)
REQUEST = b"GET / HTTP/1.1\r\nHost: a.test:443\r\nAuthorization: Basic dTpw\r\n\r\n"
CHALLENGE = b"HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=x\r\n\r\n"
PATIENCE = 60  # seconds, for a machine that does much else


def lint(*arguments, data=b"", **more):
    return subprocess.run(
        [AUTHLINT, "lint", *arguments], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **more
    )


class running:
    """lint that reads a pipe."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.child = subprocess.Popen(
            [AUTHLINT, "lint", *self.options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.text = b""
        return self

    def __exit__(self, *_):
        self.child.kill()
        self.child.communicate()

    def send(self, data):
        self.child.stdin.write(data)
        self.child.stdin.flush()

    def wait_for(self, part):
        while part not in self.text:
            ready, _, _ = select.select([self.child.stdout], [], [], PATIENCE)
            more = os.read(self.child.stdout.fileno(), 1 << 16) if ready else b""
            if not more:
                raise AssertionError(f"{part!r} is not in {self.text!r}")
            self.text += more


class streaming(unittest.TestCase):
    def test_a_message_is_told_when_it_is_there(self):
        with running("--verbose") as run:
            for number in range(3):
                run.send(REQUEST)
                run.wait_for(b"GET request" if number == 0 else b"line %d" % (number * 4 + 1))
            self.assertIsNone(run.child.poll())

    def test_an_interrupt_ends_it_with_a_summary(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with running() as run:
                run.send(CHALLENGE + REQUEST)
                run.wait_for(b"[realm-as-token]")
                run.child.send_signal(number)
                out, err = run.child.communicate(timeout=PATIENCE)
                self.assertIn(b"1 file, ", run.text + out)
                self.assertIn(b"1 warning", run.text + out)
                self.assertIn(b"interrupted", err)
                self.assertEqual(run.child.returncode, 130)

    def test_pieces_with_pauses_are_as_the_whole(self):
        whole = lint(data=CHALLENGE + REQUEST + CHALLENGE)
        with running() as run:
            for byte in CHALLENGE + REQUEST + CHALLENGE:
                run.send(bytes([byte]))
            out, _ = run.child.communicate(timeout=PATIENCE)
            self.assertEqual(out, whole.stdout)
            self.assertEqual(run.child.returncode, whole.returncode)

    def test_a_file_and_a_pipe_say_the_same(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write((CHALLENGE + REQUEST) * 3000)
            file.flush()
            of_file = lint(file.name).stdout.replace(file.name.encode(), b"-")
            of_pipe = lint(data=(CHALLENGE + REQUEST) * 3000).stdout
            with open(file.name, "rb") as stdin:
                of_stdin = subprocess.run([AUTHLINT, "lint"], stdin=stdin, stdout=subprocess.PIPE, check=False).stdout
        self.assertEqual(of_file, of_pipe)
        self.assertEqual(of_stdin, of_pipe)

    def test_a_finding_before_a_long_body_has_its_place(self):
        body = b"a line of text, 40 bytes long, no start\n" * 240_000
        head = b'HTTP/1.1 401 X\r\nServer: x\r\nWWW-Authenticate: Basic realm="a",\r\n realm=b\r\n%s\r\n'
        length = head % (b"Content-Length: %d\r\n" % len(body)) + body
        chunks = head % b"Transfer-Encoding: chunked\r\n" + b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
        data = REQUEST + length + CHALLENGE + chunks + length + CHALLENGE + head % b"" + body
        for options in ([], ["--format", "ndjson"]):
            with tempfile.NamedTemporaryFile() as file:
                file.write(data)
                file.flush()
                of_file = lint(*options, file.name).stdout.replace(file.name.encode(), b"-")
            of_pipe = lint(*options, data=data).stdout
            self.assertTrue(of_pipe == of_file, of_pipe[:2000] + of_file[:2000])
            self.assertNotIn(b":0:", of_pipe)

    def test_earlier_places_are_shown_again(self):
        # A line of an earlier message, which a finding refers to, is shown however far back it is in a file.
        unit = b"GET /%d HTTP/1.1\r\nHost: b.test:443\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n" + b"x" * 400
        refused = b"HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n"
        data = REQUEST + refused + b"".join(unit % n for n in range(9000)) + REQUEST + refused
        shown = lint("--verbose", data=data).stdout
        self.assertRegex(shown, rb"see also, line [12]?\d:\n +(Authorization|WWW-Authenticate|HTTP|GET)")
        self.assertNotIn(b"dTpw", shown)

    def test_limits_are_told_with_their_place(self):
        cases = [
            (b"A: b\r\n\r\n" + b"x" * 3_000_000 + b"\r\n" + CHALLENGE, ": line 3: not read: a line of more than 2 MiB"),
            (
                b"HTTP/1.1 401 X\r\n" + b"X: " + b"y" * 3_000_000 + b"\r\nWWW-Authenticate: A\r\n\r\n" + CHALLENGE,
                ": line 2: not read: the rest of a header section of more than 2 MiB; it has 1 line of",
            ),
            (b"HTTP/1.1 401 X\r\n" + b"X: y\r\n" * 20000 + b"\r\n" + CHALLENGE, ": line 16386: not read: the rest of a header section of more than"),
            (
                b"HTTP/1.1 401 X\r\nWWW-Authenticate: A " + b"b=c," * 5000 + b"\r\n\r\n" + CHALLENGE,
                ": line 1: not read: a message whose authentication fields have more than 4096 elements and parameters",
            ),
        ]
        for data, text in cases:
            result = lint(data=data)
            self.assertIn("authlint: -" + text, result.stderr.decode())
            self.assertIn(b"[realm-as-token]", result.stdout)
            self.assertNotIn(b"401-without", result.stdout, "a challenge may be in what was not read")
            self.assertEqual(result.returncode, 2)

    def test_what_is_held_in_memory_has_a_limit(self):
        with tempfile.NamedTemporaryFile() as file:
            file.truncate((64 << 20) + 1)
            for option in ("--fix", "--why"):
                result = lint(option, file.name)
                self.assertIn(b"larger than 64 MiB", result.stderr)
                self.assertEqual(result.returncode, 2)

    def test_a_body_that_may_hold_messages(self):
        # Which is known behind it, so that a pipe has to be kept until then: beyond 8 MiB in a temporary file.
        inner = CHALLENGE + b"a line of text, 40 bytes long, no start\n" * 500_000
        data = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner + CHALLENGE
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            of_file = lint("--verbose", file.name).stdout.replace(file.name.encode(), b"-")
        of_pipe = lint("--verbose", data=data)
        self.assertEqual(of_pipe.stdout, of_file)
        self.assertIn(b"in the body: response 401", of_file)
        self.assertIn(b"3 messages", of_file)
        nowhere = lint(data=data, env={**os.environ, "TMPDIR": "/nowhere/at/all"})
        self.assertIn(b"cannot be kept in a temporary file: No such file or directory", nowhere.stderr)
        self.assertEqual(nowhere.returncode, 2)

    def test_a_full_disk_ends_it(self):
        with open("/dev/full", "wb") as full:
            child = subprocess.run(
                [AUTHLINT, "lint"], input=CHALLENGE * 2000, stdout=full, stderr=subprocess.PIPE, check=False
            )
        self.assertEqual(child.stderr, b"authlint: cannot write: No space left on device\n")
        self.assertEqual(child.returncode, 2)

    def while_it_waits(self, change):
        """What lint says of a file that changes when the reading has begun: it waits, for nobody reads its output."""
        with tempfile.NamedTemporaryFile() as file:
            file.write(CHALLENGE * 40_000)
            file.flush()
            command = [AUTHLINT, "lint", "--format", "ndjson", file.name]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
                first = os.read(child.stdout.fileno(), 1)
                change(file)
                out, err = child.communicate(timeout=PATIENCE)
        return (first + out).count(b'"type": "message"'), out, err, child.returncode

    def test_a_file_that_grows_while_it_is_read(self):
        def grow(file):
            file.write(CHALLENGE * 10)
            file.flush()

        count, out, err, code = self.while_it_waits(grow)
        self.assertEqual((count, err, code), (40_010, b"", 1))

    def test_a_file_that_shrinks_while_it_is_read(self):
        count, out, err, code = self.while_it_waits(lambda file: file.truncate(len(CHALLENGE) * 30_000))
        self.assertEqual(count, 30_000)
        self.assertRegex(err, rb"^authlint: \S+: byte \d+: not read: the file became shorter while it was read\n$")
        self.assertEqual(code, 2)
        count, out, err, code = self.while_it_waits(lambda file: file.truncate(0))
        self.assertLess(count, 40_000)
        self.assertIn(b"the file became shorter", err)
        self.assertIn(b'"type": "summary"', out)
        self.assertEqual(code, 2)

    def test_captures_that_are_cut(self):
        if shutil.which("tshark") is None:
            self.skipTest("tshark is not installed")
        exports = pathlib.Path(__file__).resolve().parents[2] / "corpus/exports"
        for name, sizes in (("login.pcap", (30, 900)), ("login.pcapng", (900,))):
            whole = (exports / name).read_bytes()
            for size in sizes:
                result = lint(data=whole[:size])
                with self.subTest(name, size=size):
                    self.assertEqual(result.returncode, 2)
                    self.assertRegex(result.stderr, rb"authlint: -: [^\n]+\n")
                    self.assertNotIn(b"\nauthlint: -: \n", result.stderr)

    def test_folders(self):
        with tempfile.TemporaryDirectory() as name:
            root = pathlib.Path(name)
            (root / "b" / "c").mkdir(parents=True)
            for path in ("b/c/2.http", "b/1.http", "a.http", ".hidden"):
                (root / path).write_bytes(CHALLENGE)
            (root / "link").symlink_to("b")
            os.mkfifo(root / "pipe")
            result = lint("--verbose", "--recursive", name)
            files = re.findall(rb"^\S+\.http(?=\n)", result.stdout, re.M)
            self.assertEqual([os.path.relpath(f.decode(), name) for f in files], ["a.http", "b/1.http", "b/c/2.http"])
            self.assertIn(b"3 files, 3 messages", result.stdout)
            for text in (b".hidden: left out", b"link: left out", b"pipe: left out"):
                self.assertIn(text, result.stderr)
            self.assertEqual(result.returncode, 1)
            alone = lint(name)
            self.assertIn(b"Is a directory", alone.stderr)
            self.assertEqual(alone.returncode, 2)

    def test_progress_on_a_terminal(self):
        controller, terminal = pty.openpty()
        child = subprocess.Popen([AUTHLINT, "lint"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=terminal)
        os.close(terminal)
        seen = b""
        block = (REQUEST + b"HTTP/1.1 200 OK\r\n\r\n") * 4000
        while b" MiB, " not in seen:
            child.stdin.write(block)
            if select.select([controller], [], [], 0)[0]:
                seen += os.read(controller, 4096)
        child.stdin.close()
        self.assertEqual(child.wait(PATIENCE), 0)
        self.assertRegex(seen, rb"\r\d+\.\d MiB, \d+ messages, \d+ findings?")
        os.close(controller)


if __name__ == "__main__":
    unittest.main()
