"""What an HTTP server takes from Authorization: runner protocol 2 around a server on loopback."""

import base64
import binascii
import socket
import subprocess
import time


START_SECONDS = 20


def start(argv, port):
    """Starts a server in the foreground, and returns when it accepts connections."""
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{argv[0]} does not listen")


def fetch(port, lines, path="/", field="Authorization"):
    """(head, body) of the answer to a request with these lines of the field; the body is None unless it is 200."""
    fields = b"".join(field.encode() + b": " + line.encode("latin-1") + b"\r\n" for line in lines)
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(b"GET " + path.encode() + b" HTTP/1.1\r\nHost: localhost\r\n" + fields + b"Connection: close\r\n\r\n")
        answer = b""
        while read := connection.recv(65536):
            answer += read
    head, _, body = answer.partition(b"\r\n\r\n")
    return (head, body) if head.split(b" ")[1:2] == [b"200"] else (head, None)


def user(value):
    """The user name in the last word of a value, or None: for servers that cannot tell some names from others."""
    try:
        name, colon, _ = base64.b64decode(value.split()[-1]).partition(b":")
        return name if colon else None
    except (binascii.Error, ValueError, IndexError):
        return None
