"""A server of the examples, running on loopback for the length of a `with`."""

import contextlib
import socket
import subprocess
import time

HOST = "127.0.0.1"
START_SECONDS = 20


def free_port():
    with socket.create_server((HOST, 0)) as probe:
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(program, port=None):
    """Its port, once it accepts connections: a free one that it is given, or the one that it knows. That it still runs at the
    end is checked."""
    words = [program] if port else [program, str(port := free_port())]
    with subprocess.Popen(words) as server:
        try:
            wait_for(server, port)
            yield port
            if server.poll() is not None:
                raise RuntimeError(f"{program} ended by itself with {server.returncode}")
        finally:
            server.terminate()


def wait_for(server, port):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection((HOST, port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{server.args[0]} does not listen")
