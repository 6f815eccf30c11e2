"""`authlint lint -j N` prints what `-j 1` prints: jobs_test.py AUTHLINT ROOT."""

import gzip
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

AUTHLINT = sys.argv.pop(1)
ROOT = pathlib.Path(sys.argv.pop(1))
FORMS = ("text", "json", "ndjson", "sarif", "junit", "github", "html")
CHALLENGE = b"HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=x\r\n\r\n"
REQUEST = b"GET / HTTP/1.1\r\nHost: a.test:80\r\nAuthorization: Basic dTpw\r\n\r\n"
PATIENCE = 60  # seconds, for a machine that does much else


def lint(arguments, together=False, data=b"", **more):
    """Exit code, stdout and stderr; or both together, in the order in which they were printed."""
    err = subprocess.STDOUT if together else subprocess.PIPE
    command = [AUTHLINT, "lint", "--no-config", *map(str, arguments)]
    run = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=err, check=False, **more)
    return run.returncode, run.stdout, run.stderr


class jobs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def assertIn(self, part, whole, msg=None):  # noqa: N802
        self.assertTrue(part in whole, msg or f"{part!r} is not in {whole[:2000]!r}")

    def same(self, *arguments, numbers=(2, 7), **more):
        """Asserts that any number of jobs prints the same, and answers what."""
        one = lint(["-j", 1, *arguments], **more)
        for number in numbers:
            self.assertTrue(lint(["-j", number, *arguments], **more) == one, (number, arguments[:4]))
        return one

    def hostile(self):
        """Files with messages, among them what cannot be read, or not in full."""
        good = gzip.compress(CHALLENGE * 3000)
        return [
            self.file("a", CHALLENGE + REQUEST),
            self.folder / "missing",
            self.file("empty", b""),
            self.file("cut.gz", good[: len(good) // 2]),
            self.folder,
            self.file("many", (CHALLENGE + REQUEST) * 200),
            self.file("cut.har", b'{"log": {"version": "1.2", "entries": [{"request": {"method": "GET"}}, {'),
            self.file("zeros", b"\0" * 3_000_000),
            self.file("line", b"WWW-Authenticate: " + b"x" * 3_000_000 + b"\r\n\r\n" + CHALLENGE),
            self.file("a\xe9\n", CHALLENGE),
            self.file("z", REQUEST),
        ]

    def test_captures_in_all_forms(self):
        files = sorted(p for p in (ROOT / "corpus/captures").rglob("*") if p.is_file())
        self.assertGreaterEqual(len(files), 100)
        for form in FORMS:
            code, out, _ = self.same("--format", form, *files)
            self.assertEqual(code, 1)
            self.assertTrue(out)
        for options in (["--verbose"], ["--quiet"], ["--severity", "error"], ["--format", "json", "--schema", "1"]):
            self.same(*options, *files)
        self.same("--recursive", ROOT / "corpus/captures", numbers=(0, 3))

    def test_hostile_files_in_all_forms(self):
        files = self.hostile()
        for form in FORMS:
            code, out, err = self.same("--format", form, *files)
            self.assertEqual(code, 2)
            self.assertIn(b"missing: No such file", err)
            self.assertIn(b"cut.gz", err)
            self.same("--format", form, *files, *reversed(files), together=True, numbers=(4,))
        self.same("--verbose", *files, together=True)

    def test_a_generated_corpus(self):
        made = self.folder / "corpus"
        subprocess.run(
            [ROOT / "scripts/make-corpus", "lint", "--bytes", "200K", "--out", made], check=True, stderr=subprocess.PIPE
        )
        content = made.read_bytes()
        files = [self.file(str(i), content[: len(content) // (i * i + 1)]) for i in range(8)]
        for form in FORMS:
            _, out, _ = self.same("--format", form, *files)
            self.assertIn(b"challenge-repeated", out)

    def test_baselines(self):
        files = self.hostile()
        for number in (1, 2, 7):
            code, _, _ = lint(["-j", number, "--write-baseline", self.folder / str(number), *files[5:]])
            self.assertEqual(code, 2)
        written = (self.folder / "1").read_bytes()
        self.assertIn(b"realm-as-token", written)
        self.assertEqual((self.folder / "2").read_bytes(), written)
        self.assertEqual((self.folder / "7").read_bytes(), written)
        _, out, _ = self.same("--baseline", self.folder / "1", *files)
        self.assertIn(b"in the baseline", out)
        # The second time, the baseline has no more of what it had of the first.
        _, out, _ = self.same("--baseline", self.folder / "1", *files[5:], *files[5:])
        self.assertIn(b"many:", out)

    def test_pipes_are_read_one_after_the_other(self):
        files = self.hostile()
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        outcomes = []
        for number in (1, 4):
            writer = threading.Thread(target=pipe.write_bytes, args=(CHALLENGE * 5,))
            writer.start()
            outcomes.append(lint(["-j", number, *files[:6], pipe, "-", *files[6:], "-"], data=REQUEST, together=True))
            writer.join()
        self.assertTrue(outcomes[0] == outcomes[1])
        self.assertIn(b"pipe:2:31", outcomes[0][1])

    def test_fixes_and_refusals(self):
        files = sorted((ROOT / "corpus/refusals").rglob("*.http"))[:20]
        self.assertTrue(files)
        for options in (["--why"], ["--why", "--format", "json"], ["--fix"], ["--fix", "--format", "json"]):
            self.same(*options, *files, together=True)

    def test_what_is_ahead_waits_where_it_can_be_kept(self):
        first = self.file("first", CHALLENGE * 5000)
        files = [first, *(self.file(f"ahead{i}", CHALLENGE * 5000) for i in range(3))]
        _, out, _ = self.same("--format", "ndjson", *files)
        self.assertGreater(len(out), 10 << 20)
        # No temporary file can be made: the processes that are ahead wait.
        environment = {**os.environ, "TMPDIR": "/nowhere"}
        self.assertEqual(lint(["-j", 3, "--format", "ndjson", *files], env=environment)[1], out)

    def start(self, *arguments):
        command = [AUTHLINT, "lint", "--no-config", *map(str, arguments)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        self.addCleanup(child.stdout.close)
        self.addCleanup(child.stderr.close)
        return child

    def test_an_interrupt_ends_it_with_a_summary(self):
        files = [self.file(str(i), CHALLENGE * 60_000) for i in range(3)]
        for number in (1, 3):
            # Nobody reads the output, so the pipe is full when the interrupt comes.
            child = self.start("-j", number, "--format", "ndjson", *files)
            first = os.read(child.stdout.fileno(), 1)
            child.send_signal(signal.SIGINT)
            out, err = child.communicate(timeout=PATIENCE)
            self.assertEqual(child.returncode, 130)
            self.assertIn(b"0: byte ", err)
            self.assertIn(b"interrupted", err)
            report = self.file("report", first + out)
            merged = subprocess.run([AUTHLINT, "merge", report], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.assertIn(b"1 file, ", merged.stdout)
            self.assertNotIn(b"counts", merged.stderr)

    def test_a_process_that_is_killed(self):
        files = [self.file(str(i), CHALLENGE * 60_000) for i in range(2)] + [self.file("last", CHALLENGE)]
        child = self.start("-j", 2, "--quiet", *files)
        self.assertTrue(os.read(child.stdout.fileno(), 1))
        deadline = time.monotonic() + PATIENCE
        workers = pathlib.Path(f"/proc/{child.pid}/task/{child.pid}/children")
        while not workers.read_text().split() and time.monotonic() < deadline:
            time.sleep(0.01)
        for worker in workers.read_text().split():
            os.kill(int(worker), signal.SIGKILL)
        out, err = child.communicate(timeout=PATIENCE)
        self.assertEqual(child.returncode, 2)
        self.assertIn(b"0: the process that checked it was ended by signal 9", err)
        self.assertIn(b"last:2:31: warning", out)

    def test_nothing_is_left_running(self):
        files = [self.file(str(i), CHALLENGE * 30_000) for i in range(3)]
        child = self.start("-j", 3, *files)
        self.assertTrue(os.read(child.stdout.fileno(), 1))
        workers = pathlib.Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
        child.stdout.close()
        child.wait(timeout=PATIENCE)
        self.assertEqual([w for w in workers if pathlib.Path(f"/proc/{w}").exists()], [])

    def test_wrong_numbers(self):
        for number in ("-1", "257", "many", "1.5"):
            code, out, err = lint(["-j", number, self.file("a", REQUEST)])
            self.assertEqual((code, out), (2, b""))
            self.assertIn(b"--jobs", err)


if __name__ == "__main__":
    unittest.main()
