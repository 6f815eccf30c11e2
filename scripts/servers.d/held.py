"""A live answer, and what became of the authentication fields on the way, beside what authlint says of both."""

import json
import pathlib
import socket
import subprocess
import tempfile

from behind import answer_to
from wire import LOOPBACK, split_messages


class Judge:
    """authlint, as a person runs it."""

    def __init__(self, program):
        self.program = program
        self.decisions = {}

    def _run(self, words, given=b""):
        done = subprocess.run([self.program, *words], input=given, stdout=subprocess.PIPE, check=False, timeout=30)
        return json.loads(done.stdout)

    def decide(self, facts):
        given = json.dumps(facts)
        if given not in self.decisions:
            self.decisions[given] = self._run(["decide", "--json"], given.encode())
        return self.decisions[given]

    def lint(self, messages):
        found = self._run(["lint", "--format", "json"], messages)["messages"]
        return sorted({finding["id"] for message in found for finding in message["findings"]})

    def hop(self, role, received, sent):
        """What became of each field, as (field, change, permission)."""
        with tempfile.TemporaryDirectory() as folder:
            files = [pathlib.Path(folder, name) for name in ("received", "sent")]
            for file, messages in zip(files, (received, sent)):
                file.write_bytes(messages)
            told = self._run(["hop", "--role", role, "--format", "json", *map(str, files)])["messages"]
        return [(finding["field"], finding["change"], finding["permission"])
                for message in told for finding in message["findings"]]


def head_of(method, target, host, fields):
    connection = {} if "Connection" in fields else {"Connection": "close"}
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in {**connection, **fields}.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def until_open(server):
    """The response to CONNECT: up to the tunnel, if it opens one."""
    answer = b""
    while not (answer.startswith(b"HTTP/1.1 2") and b"\r\n\r\n" in answer) and (data := server.recv(65536)):
        answer += data
    return answer


def until_closed(server):
    answer = b""
    while data := server.recv(65536):
        answer += data
    return answer


class Exchange:
    """What was sent and what came back. `request`, `answer`: the last two messages; `dump`: all bytes, in order."""

    def __init__(self, port, situation, behind_port):
        """`behind_port`: of the server that proxies are asked for; 0 is that of http."""
        authority = f"{situation.host}:{behind_port}" if behind_port and situation.role == "proxy" else situation.host
        self.dump = b""
        self.tunnelled = False
        with socket.create_connection((LOOPBACK, port), 10) as server:
            server.settimeout(10)
            if situation.method == "CONNECT":
                self._ask(server, head_of("CONNECT", authority, authority, situation.fields), until_open)
                self.tunnelled = situation.inside is not None and self.answer.startswith(b"HTTP/1.1 2")
                if self.tunnelled:
                    path, fields = situation.inside
                    self._ask(server, head_of("GET", path, authority, fields), until_closed)
            else:
                before = f"http://{authority}" if situation.role == "proxy" else ""
                self._ask(server, head_of("GET", before + situation.path, authority, situation.fields), until_closed)

    def _ask(self, server, request, receive):
        self.request = request
        server.sendall(request)
        self.answer = receive(server)
        self.dump += self.request + self.answer


def breaks_of(message, outcome):
    """What the fields of an answer break of those that ours, with the same status, sends or leaves out."""
    broken = []
    for name, sending in outcome["send"].items():
        there = bool(message.values(name.lower()))
        if (sending == "must" and not there) or (sending == "must not" and there):
            broken.append(f"{sending} send {name}")
    return broken


class Held:
    """A live answer beside ours. `behind`: the server behind, if there is one."""

    def __init__(self, situation, port, judge, behind=None):
        self.situation = situation
        before = len(behind.requests) if behind else 0
        exchange = Exchange(port, situation, behind.port if behind else 0)
        self.bytes = exchange.answer
        message = head_message(exchange.answer)
        decision = judge.decide(situation.facts)
        outcomes = [decision, *decision["also"]]
        self.status = message.status
        self.ours = decision["status"]
        self.also = [outcome["status"] for outcome in decision["also"]]
        same = [outcome for outcome in outcomes if stands_for(outcome["status"], self.status)]
        self.broken = breaks_of(message, same[0]) if same else ["another status"]
        self.passed = behind.requests[before:] if behind else []
        self.hop = self._hop(exchange, judge)
        self.broken += [f"{change} {name or 'status'}" for name, change, allowed in self.hop if allowed == "forbidden"]
        self.how = "differs" if self.broken else "permitted" if self.status in self.also else "as ours"
        self.lint = judge.lint(exchange.dump)

    def _hop(self, exchange, judge):
        if not self.passed:
            return []
        if exchange.tunnelled:
            same = self.passed == [exchange.request] and exchange.answer == answer_to(self.passed[0])
            return [("tunnel", "unchanged" if same else "changed", "permitted" if same else "forbidden")]
        assert len(self.passed) == 1, self.passed
        came = answer_to(self.passed[0])
        return judge.hop(self.situation.role, exchange.request + came, self.passed[0] + exchange.answer)


def head_message(answer):
    """The first message; what has no end that we can tell (chunks) is read as a header section."""
    head, blank, _ = answer.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n")
             if not line.lower().startswith((b"content-length:", b"transfer-encoding:"))]
    return split_messages(b"\r\n".join(lines) + blank)[0]


def stands_for(ours, status):
    """200 stands for whatever the request comes to, a failure behind the server too (docs/decisions.md)."""
    return ours == status or (ours == 200 and 500 <= status < 600)


def without_date(answer):
    return [line for line in answer.split(b"\r\n") if not line.lower().startswith(b"date:")]
