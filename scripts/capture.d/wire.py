"""Bytes on the wire: a recording relay, a recording listener and a splitter of HTTP/1.1 messages."""

import re
import socket
import threading

LOOPBACK = "127.0.0.1"
TIMEOUT_SECONDS = 20


class Listener:
    """Accepts connections on a free `port` of the loopback, one after the other, and has serve() deal with each."""

    def __init__(self):
        self.listener = socket.create_server((LOOPBACK, 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # shutdown() wakes a blocked accept(); close() alone does not.
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()
        self.thread.join(TIMEOUT_SECONDS)

    def serve(self, client):
        """Deals with one connection. An OSError ends it."""
        raise NotImplementedError

    def _serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            client.settimeout(TIMEOUT_SECONDS)
            with client:
                try:
                    self.serve(client)
                except OSError:
                    pass


class Relay(Listener):
    """Passes TCP connections on to a port of the loopback and keeps every byte of both directions.

    With port 0 there is no server behind it: each request that arrives is answered with the next of `answers`. The bytes
    are kept in the order in which they were sent.
    """

    def __init__(self, port, answers=()):
        self.port_behind = port
        self.answers = list(answers)
        self.from_client = b""
        self.from_server = b""
        super().__init__()

    def serve(self, client):
        if self.port_behind:
            self._relay(client)
        else:
            self._answer(client)

    def _relay(self, client):
        with socket.create_connection((LOOPBACK, self.port_behind), TIMEOUT_SECONDS) as server:
            back = threading.Thread(target=self._pump_back, args=(server, client), daemon=True)
            back.start()
            while data := client.recv(65536):
                self.from_client += data
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)
            back.join(TIMEOUT_SECONDS)

    def _pump_back(self, server, client):
        try:
            while data := server.recv(65536):
                self.from_server += data
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _answer(self, client):
        request = b""
        while self.answers:
            data = client.recv(65536)
            if not data:
                return
            self.from_client += data
            request += data
            if b"\r\n\r\n" in request:
                request = b""
                answer = self.answers.pop(0)
                self.from_server += answer
                client.sendall(answer)


class Message:
    """One HTTP/1.1 message: `start` line, `fields` (name in lower case, value) and `end`, the offset after it."""

    def __init__(self, start, fields, end):
        self.start = start
        self.fields = fields
        self.end = end

    @property
    def status(self):
        """The status code of a response; None for a request."""
        found = re.match(rb"HTTP/1\.[01] (\d{3})", self.start)
        return int(found[1]) if found else None

    def values(self, name):
        return [value for field, value in self.fields if field == name.encode()]


def split_messages(data):
    """Cuts a byte stream into messages by Content-Length; ValueError if one is incomplete or framed in another way."""
    messages = []
    at = 0
    while at < len(data):
        head_end = data.find(b"\r\n\r\n", at)
        if head_end < 0:
            raise ValueError(f"no end of the header section after byte {at}")
        lines = data[at:head_end].split(b"\r\n")
        fields = []
        for line in lines[1:]:
            name, colon, value = line.partition(b":")
            if not colon:
                raise ValueError(f"not a field line: {line!r}")
            fields.append((name.lower(), value.strip(b" \t")))
        message = Message(lines[0], fields, head_end + 4)
        if message.values("transfer-encoding"):
            raise ValueError("Transfer-Encoding is not expected in a capture")
        length = int((message.values("content-length") or [b"0"])[0])
        if message.start.startswith(b"HTTP/") and not message.values("content-length"):
            # Without a length the message lasts until the connection closes.
            length = len(data) - message.end
        message.end += length
        if message.end > len(data):
            raise ValueError("the body is shorter than Content-Length says")
        messages.append(message)
        at = message.end
    return messages
