"""The table of what came, and one request of our client and its answer."""

import http.client
import re
import subprocess
import time

import servers
from wire import LOOPBACK

ALICE = (servers.USER, servers.PASSWORD)


class Table:
    def __init__(self):
        self.rows = []
        self.failures = []

    def add(self, client, server, scheme, what, expected, came, name=None):
        """`name` is that of a note if the peer does otherwise."""
        self.rows.append((client, server, scheme, what, came, name))
        if came != expected:
            self.failures.append(f"{client} -> {server}, {scheme}, {what}: {came!r}, not {expected!r}")


def ask(port, target, fields, method="GET", proxy=False, host=servers.HOST):
    """One request: the status and the fields of the answer."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=20)
    path = f"http://{host}{target}" if proxy else target
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    for name, value in fields.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def status_of(response, asked):
    """The status, and whether a new nonce is all that is asked for."""
    stale = any(re.search('stale="?true', value, re.I) for value in response.headers.get_all(asked) or [])
    return f"{response.status} stale" if stale else str(response.status)


def our_client(table, shop, peer, server, scheme, port, target, what, user=ALICE, *, proxy=False,
               host=servers.HOST, expected="200", wait=0, again=False, name=None):
    """Our client: a request, its challenge, our answer after `wait` seconds, and what the server makes of it.

    If only its nonce is too old, the new challenge is answered; with `again` the first answer is sent once more.
    """
    asked, sent = ("Proxy-Authenticate", "Proxy-Authorization") if proxy else ("WWW-Authenticate", "Authorization")
    hashed = f"http://{host}{target}" if proxy else target

    def answer(challenges):
        """What our client answers, and what it says if it cannot."""
        words = [peer, "answer", "GET", hashed, *user] + (["proxy"] if proxy else [])
        done = subprocess.run(words, input="\n".join(challenges) + "\n", text=True, capture_output=True, check=False)
        value = done.stdout.strip()
        is_answer = done.returncode == 0 and value.lower().startswith(scheme.split()[0].lower())
        return (value, "") if is_answer else ("", done.stderr.strip() or value)

    def send(value):
        return ask(port, target, {sent: value}, proxy=proxy, host=host)

    challenges = ask(port, target, {}, proxy=proxy, host=host).headers.get_all(asked) or []
    value, said = answer(challenges)
    if not value:
        table.add("ours", server, scheme, what, expected, said, name)
        return
    time.sleep(wait)
    second = send(value)
    came = status_of(second, asked)
    if came.endswith("stale"):
        came += f", then {status_of(send(answer(second.headers.get_all(asked))[0]), asked)}"
    info = second.headers.get("Authentication-Info")
    if info and not proxy:
        of_ours = next(c for c in challenges if c.lower().startswith("digest"))
        words = [peer, "check", "GET", hashed, *user]
        checked = subprocess.run(words, input=f"{of_ours}\n{value}\n{info}\n", text=True, capture_output=True, check=False)
        came += f", rspauth {checked.stdout.strip()}"
    if again:
        came += f", again {status_of(send(value), asked)}"
    table.add("ours", server, scheme, what, expected, came, name)
