"""The place where captures are made: servers in the foreground, clients against them, files and their provenance."""

import base64
import binascii
import datetime
import json
import os
import pathlib
import platform
import re
import shlex
import signal
import socket
import subprocess
import time

from wire import LOOPBACK, Relay, split_messages

START_SECONDS = 20
STOP_SECONDS = 5


def is_root():
    return os.geteuid() == 0


class Workshop:
    """Starts and stops servers, runs clients against them and keeps what went over the wire.

    `root`: the folder with the unpacked packages; a program not found there is the installed one.
    `packages`: package name -> Debian version. `work`: a folder for configuration, removed by the caller.
    """

    def __init__(self, root, packages, work, output):
        self.root = pathlib.Path(root)
        self.packages = packages
        self.work = pathlib.Path(work)
        self.output = pathlib.Path(output)
        self.processes = []
        self.captures = []
        triplet = os.uname().machine + "-linux-gnu"
        self.library_folder = f"usr/lib/{triplet}"
        self.libraries = self.path(self.library_folder)
        root_usr = self.root / "usr"
        self.environment = {
            "PATH": f"{root_usr}/sbin:{root_usr}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LD_LIBRARY_PATH": f"{root_usr}/lib/{triplet}:{self.root}/lib/{triplet}",
            "PERL5LIB": ":".join(
                f"{root_usr}/{part}"
                for part in (
                    "share/perl5",
                    f"lib/{triplet}/perl5/5.36",
                    "share/perl/5.36",
                    f"lib/{triplet}/perl/5.36",
                    f"lib/{triplet}/perl-base",
                )
            ),
            "PYTHONPATH": f"{root_usr}/lib/python3/dist-packages",
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.work),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }

    def path(self, relative):
        """The file `relative` of a package: the unpacked one, else the installed one."""
        unpacked = self.root / relative
        return unpacked if unpacked.exists() else pathlib.Path("/") / relative

    def library(self, name):
        """A shared library of a package: the unpacked one, else the installed one."""
        return self.path(f"{self.library_folder}/{name}")

    def version(self, package):
        """The upstream part of a package's Debian version: `2:1.22.1+dfsg-9+deb12u3` gives `1.22.1`."""
        return re.match(r"(?:\d+:)?([0-9A-Za-z.]+)", self.packages[package])[1]

    def file(self, name, text):
        """Writes a configuration file that a server running as another user may read, and returns its path."""
        target = self.work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        target.chmod(0o644)
        return target

    def folder(self, name):
        """A folder in which a server that gave up root may write."""
        target = self.work / name
        target.mkdir(parents=True, exist_ok=True)
        target.chmod(0o777)
        return target

    @staticmethod
    def free_port():
        with socket.create_server((LOOPBACK, 0)) as probe:
            return probe.getsockname()[1]

    def run(self, argv, **options):
        """Runs a program to its end; RuntimeError with what it printed if it fails."""
        extra = options.pop("environment", {})
        allowed = options.pop("allowed", (0,))
        done = subprocess.run(
            [str(word) for word in argv],
            env={**self.environment, **extra},
            cwd=self.work,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
            **options,
        )
        if done.returncode not in allowed:
            raise RuntimeError(
                f"{shlex.join(map(str, argv))} ended with {done.returncode}: {done.stdout.decode(errors='replace')}"
            )
        return done.stdout

    def start(self, argv, port, environment=None):
        """Starts a server in the foreground and returns when it accepts connections on `port`."""
        log_path = self.work / f"{pathlib.Path(str(argv[0])).name}-{port}.log"
        process = self.start_client(argv, log_path, environment)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            try:
                socket.create_connection((LOOPBACK, port), 1).close()
                return process
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{argv[0]} does not listen: {log_path.read_text(errors='replace')}")

    def start_client(self, argv, log_path=os.devnull, environment=None):
        """Starts a program that runs until end() or stop(); what it prints goes to `log_path`."""
        with open(log_path, "wb") as log:
            process = subprocess.Popen(
                [str(word) for word in argv],
                env={**self.environment, **(environment or {})},
                cwd=self.work,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def end(self, process):
        """Ends one program that was started, and what it started itself."""
        self._signal(process, signal.SIGKILL)
        process.wait()
        self.processes.remove(process)

    def stop(self):
        """Ends every server that was started, and what it started itself: each has a process group of its own."""
        for process in self.processes:
            self._signal(process, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pass
            self._signal(process, signal.SIGKILL)
            process.wait()
        self.processes.clear()

    @staticmethod
    def _signal(process, number):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            pass

    def exchange(
        self, server, command, expect, shows, *, response=None, request=None, output=None, client="curl", **more
    ):
        """Runs one client against one server and keeps what went over the wire.

        `server`: a dict with `package`, `port` and `configuration`; without a port `answers` are sent as they stand.
        `command`: the client's words; `PORT` in a word is the port of the relay, between the client and the server.
        `expect`: the status codes that must come, in order; anything else is an error, not a capture.
        `response`, `request`, `output`: what to keep, each as the end of a file name that begins with the software:
        the bytes from the server, the bytes from the client, what the client printed (its label ends with the form).
        `fields`: field names that must stand in the last response (or last request, if only that is kept).
        """
        with Relay(server.get("port", 0), [answer for answer, _ in server.get("answers", ())]) as relay:
            words = [str(word).replace("PORT", str(relay.port)) for word in command]
            printed = self.run(words, allowed=more.get("allowed", (0,)), environment=more.get("environment", {}))
        messages = split_messages(relay.from_server)
        statuses = [message.status for message in messages]
        if statuses != expect:
            raise RuntimeError(f"{shlex.join(words)}: status codes {statuses}, not {expect}\n{relay.from_server!r}")
        requests = split_messages(relay.from_client)
        for name in more.get("fields", ()):
            if not messages[-1].values(name.lower()):
                raise RuntimeError(f"{shlex.join(words)}: no {name} in the last response\n{relay.from_server!r}")
        for name in more.get("request_fields", ()):
            if not requests[-1].values(name.lower()):
                raise RuntimeError(f"{shlex.join(words)}: no {name} in the last request\n{relay.from_client!r}")
        common = {
            "server": self._software(server["package"]) if "package" in server else None,
            "modules": [self._software(package) for package in server.get("modules", ())] or None,
            "configuration": server["configuration"],
            "client": self._software(client),
            "command": self._clean(shlex.join(map(str, command))),
        }
        if response:
            self._keep(
                f"{self._stem(server['package'])}-{response}.http",
                relay.from_server,
                "response",
                "raw",
                statuses,
                shows,
                common,
            )
        if request:
            shown = more.get("request_shows", shows)
            self._keep(
                f"{self._stem(client)}-{request}.request.http", relay.from_client, "request", "raw", [], shown, common
            )
        if output:
            form = {"curl-i": "curl -i", "curl-v": "curl -v"}[output.rsplit(".", 1)[1]]
            stem = self._stem(server["package"])
            self._keep(
                f"{stem}-{output}.txt",
                printed,
                "response" if form == "curl -i" else "exchange",
                form,
                statuses,
                shows,
                common,
            )
        return messages, requests

    def _software(self, package):
        return {"name": package, "version": self.version(package), "debian_version": self.packages[package]}

    def _stem(self, package):
        short = {
            "apache2-bin": "apache",
            "tinyproxy-bin": "tinyproxy",
            "cups-daemon": "cups",
            "python3-requests": "python-requests",
        }
        name = short.get(package, package)
        return f"{name}-{self.version(package)}"

    def _clean(self, text):
        return text.replace(str(self.root), "ROOT").replace(str(self.work), "WORK")

    def _keep(self, name, data, kind, form, statuses, shows, common):
        if any(capture["file"] == name for capture in self.captures):
            raise RuntimeError(f"{name} is captured twice")
        self._check_private(name, data)
        (self.output / name).write_bytes(data)
        entry = {"file": name, "kind": kind, "form": form, "shows": shows}
        if statuses:
            entry["statuses"] = statuses
        entry.update({key: value for key, value in common.items() if value is not None})
        entry["configuration"] = [self._clean(line) for line in entry["configuration"]]
        entry["date"] = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.captures.append(entry)
        print(f"  {name}: {', '.join(map(str, statuses)) or 'request'}")

    def _check_private(self, name, data):
        """Refuses a capture that names this machine or its folders, in clear or inside base64."""
        decoded = []
        for blob in re.findall(rb"[A-Za-z0-9+/]{12,}={0,2}", data):
            try:
                decoded.append(base64.b64decode(blob + b"=" * (-len(blob) % 4)).lower())
            except binascii.Error:
                pass
        names = {socket.gethostname(), str(self.root), str(self.work), str(pathlib.Path.cwd())} - {"localhost", "/", ""}
        for word in (name.lower().encode() for name in names):
            # A short host name turns up in random bytes and within longer words by chance.
            clear = re.search(rb"(?<![\w+/=.-])" + re.escape(word) + rb"(?![\w+/=-])", data.lower())
            wide = b"\0".join(word[at : at + 1] for at in range(len(word)))
            hidden = len(word) >= 5 and any(word in blob or wide in blob for blob in decoded)
            if clear or hidden:
                raise RuntimeError(f"{name} names this machine: {word.decode()}")

    def write_provenance(self):
        """Writes provenance.json, sorted by file."""
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
        record = {"schema": 1, "system": system, "captures": sorted(self.captures, key=lambda capture: capture["file"])}
        text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
        (self.output / "provenance.json").write_text(text, encoding="utf-8")
