"""Where a reader runs: with the unpacked packages over /usr, /etc and /var/lib, a network of its own that has only
loopback, and process ids of its own, so that nothing of it outlives it. Needs Linux, and root or user namespaces."""

import os
import pathlib
import shutil
import signal
import subprocess
import threading
import time

MEMORY_BYTES = 1536 << 20
PROCESSES = 200
WATCH_SECONDS = 0.5

# $1 is the folder with the packages; the rest is the command. mount(8) knows overlays of the user namespace by userxattr.
INSIDE = """
root=$1; shift
for part in usr etc var/lib; do
    [ ! -d "$root/$part" ] || mount -t overlay survey -o "$SURVEY_OVERLAY"lowerdir="$root/$part:/$part" "/$part" || exit 125
done
mount -t tmpfs survey /run && ip link set lo up || exit 125
# Not exec: the first process of a namespace is spared signals that end any other.
"$@"
exit $?
"""


def unshare_options():
    options = ["--mount", "--net", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc"]
    return options if os.geteuid() == 0 else ["--user", "--map-root-user", *options]


def command(root, argv):
    """The command that runs argv in the box."""
    return ["unshare", *unshare_options(), "--", "sh", "-c", INSIDE, "sh", str(root), *map(str, argv)]


def environment(root, extra):
    """What the reader finds in its environment: nothing of the caller's."""
    return {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/nonexistent",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1",
        # The order of a map is the same in every run, where it can be: some answers depend on it.
        "PYTHONHASHSEED": "0",
        "PERL_HASH_SEED": "0",
        "PERL_PERTURB_KEYS": "0",
        "SURVEY_OVERLAY": "" if os.geteuid() == 0 else "userxattr,",
        "SURVEY_ROOT": str(root),
        **extra,
    }


def missing_tools():
    return [tool for tool in ("unshare", "mount", "ip", "nice") if not shutil.which(tool, path=os.defpath + ":/usr/sbin:/sbin")]


def members(first):
    """The processes of the box whose first process is `first`, as (pid, resident bytes)."""
    found, page = [], os.sysconf("SC_PAGE_SIZE")
    try:
        space = os.readlink(f"/proc/{first}/ns/pid_for_children")
        if space == os.readlink("/proc/self/ns/pid"):
            return []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/ns/pid") == space:
                    found.append((int(pid), int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * page))
            except (OSError, IndexError):
                continue
    except OSError:
        pass
    return found


class Box:
    """A running command. Its end, by itself or by stop(), is the end of every process in it."""

    def __init__(self, root, argv, extra, folder):
        self.stopped_for, self.last_errors = None, b""
        self.process = subprocess.Popen(
            ["nice", "-n", "5", *command(root, argv)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(root, extra),
            start_new_session=True,
        )
        self.watcher = threading.Thread(target=self.watch, daemon=True)
        self.drainer = threading.Thread(target=self.drain, daemon=True)
        self.watcher.start()
        self.drainer.start()

    def drain(self):
        """Reads what it writes to stderr, so that it never waits, and keeps the end."""
        while read := self.process.stderr.read1(65536):
            self.last_errors = (self.last_errors + read)[-4096:]

    def errors(self):
        self.drainer.join(2)
        return self.last_errors.decode("utf-8", "replace")

    def watch(self):
        while self.process.poll() is None:
            found = members(self.process.pid)
            # Many processes have much memory, too: their number says more.
            if len(found) > PROCESSES:
                self.stop(f"more than {PROCESSES} processes")
            elif sum(size for _, size in found) > MEMORY_BYTES:
                self.stop(f"more than {MEMORY_BYTES >> 20} MiB of memory")
            time.sleep(WATCH_SECONDS)

    def processor_seconds(self):
        """What its processes have taken of a processor so far, whatever else the machine does."""
        total = 0
        for pid, _ in members(self.process.pid):
            for task in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat"):
                try:
                    total += int(task.read_text().split()[0])
                except (OSError, IndexError):
                    continue
        return total / 1e9

    def stop(self, reason=None):
        self.stopped_for = self.stopped_for or reason
        if self.process.poll() is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait()

    def ending(self):
        """How it ended, in words."""
        if self.stopped_for:
            return self.stopped_for
        status = self.process.wait()
        # unshare tells the signal of its child as the shell does, or takes it itself.
        number = -status if status < 0 else status - 128
        if status < 0 or status > 128:
            return signal.Signals(number).name if number in iter(signal.Signals) else f"signal {number}"
        return f"exit {status}"

    def close(self):
        self.stop()
        self.drainer.join(2)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except OSError:
                pass
