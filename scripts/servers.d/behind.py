"""The server behind a gateway or proxy: it answers as a part of the path says, and keeps the requests that reach it."""

import socketserver
import threading

from situations import ALICE, OWN, basic
from wire import LOOPBACK


def response(status, *fields):
    lines = [f"HTTP/1.1 {status}", *fields, "Content-Length: 3", "Connection: close"]
    return ("\r\n".join(lines) + "\r\n\r\nin\n").encode()


CHALLENGE = 'WWW-Authenticate: Basic realm="Behind"'
OK = response("200 OK")
REFUSED = response("401 Unauthorized", CHALLENGE)
FIXED = {
    "open": OK,
    "refuses": REFUSED,
    "bare": response("401 Unauthorized"),
    "two": response("401 Unauthorized", "WWW-Authenticate: Negotiate", CHALLENGE),
    "forbids": response("403 Forbidden"),
    "as-proxy": response("407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="Behind"'),
    "info": response("200 OK", "WWW-Authenticate: Negotiate oYG3", 'Authentication-Info: nextnonce="n2"'),
    "proxy-info": response("200 OK", 'Proxy-Authenticate: Basic realm="Behind"',
                           'Proxy-Authentication-Info: nextnonce="n2"'),
}
CHECKED = {"checks": ALICE, "checks-own": OWN, "checks-other": basic("alice", "another secret")}


def answer_to(head):
    """The answer to a request, by the last folder of its path."""
    target = head.split(b" ", 2)[1].decode()
    place = target.rstrip("/").rsplit("/", 1)[1]
    if place in FIXED:
        return FIXED[place]
    wanted = CHECKED[place]["Authorization"].encode()
    lines = [line.partition(b":") for line in head.split(b"\r\n")]
    sent = [value.strip() for name, _, value in lines if name.lower() == b"authorization"]
    return OK if sent == [wanted] else REFUSED


class Behind:
    """Listens on `port` of the loopback until it is left. `requests`: the header sections that have come, in order."""

    def __init__(self):
        self.requests = []
        received = self.requests

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                head = b""
                self.request.settimeout(10)
                while b"\r\n\r\n" not in head:
                    data = self.request.recv(65536)
                    if not data:
                        return
                    head += data
                received.append(head)
                self.request.sendall(answer_to(head))

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

        self._server = Server((LOOPBACK, 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
