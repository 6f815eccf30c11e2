"""Asks a server of docs/examples what its guard has to answer: server_test.py PROGRAM [decodes-values]

With "decodes-values" the HTTP library replaces %-escapes in field values, so that Digest's uri is not what was sent.
"""

import base64
import hashlib
import http.client
import re
import socket
import sys
import threading

from running import HOST, running

USER, PASSWORD, TOKEN = "Mufasa", "Circle of Life", "mF_9.B5f-4.1JqM"
CHALLENGES = [r'Digest realm="files", .*algorithm=SHA-256', r'Bearer realm="files"', r'Basic realm="files", charset="UTF-8"']


def get(port, *authorization, target="/a", method="GET"):
    """Status, challenges, Authentication-Info and body of the answer to a request with these field lines."""
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    connection.putrequest(method, target)
    for line in authorization:
        connection.putheader("Authorization", line)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, response.headers.get_all("WWW-Authenticate") or [], response.headers["Authentication-Info"], body


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def digest(challenge, target="/a", password=PASSWORD, nc="00000001", method="GET"):
    """The answer to a Digest challenge (RFC 7616, 3.4), computed without this library."""
    def h(*words):
        return hashlib.sha256(":".join(words).encode()).hexdigest()

    nonce = re.search('nonce="([^"]*)"', challenge)[1]
    response = h(h(USER, "files", password), nonce, nc, "0a4f113b", "auth", h(method, target))
    return (f'Digest username="{USER}", realm="files", nonce="{nonce}", uri="{target}", algorithm=SHA-256, qop=auth, nc={nc},'
            f' cnonce="0a4f113b", response="{response}"')


failures = []


def expect(what, came, status, body="", error="", info=False):
    """Holds an answer against what it has to be: each 401 has all challenges, in order."""
    wrong = []
    if came[0] != status:
        wrong.append(f"status {came[0]}, not {status}")
    if came[3] != body:
        wrong.append(f"body {came[3]!r}, not {body!r}")
    expected = CHALLENGES if status == 401 else []
    if len(came[1]) != len(expected) or not all(re.match(e, c) for e, c in zip(expected, came[1])):
        wrong.append(f"challenges {came[1]}")
    if error not in "".join(came[1]):
        wrong.append(f"no {error} in {came[1]}")
    if info != bool(came[2] and "rspauth=" in came[2]):
        wrong.append(f"Authentication-Info {came[2]!r}")
    if wrong:
        failures.append(f"{what}: {'; '.join(wrong)}")
    print(f"{what}: {came[0]}")


def ask_everything(port, decodes_values):
    let_in = f"in: {USER}\n"
    first = get(port)
    expect("no credentials", first, 401)
    expect("Basic", get(port, basic(USER, PASSWORD)), 200, let_in)
    expect("Basic, wrong password", get(port, basic(USER, "circle of life")), 401)
    expect("Basic, no such user", get(port, basic("Scar", PASSWORD)), 401)
    expect("Bearer", get(port, f"Bearer {TOKEN}"), 200, let_in)
    expect("Bearer, wrong token", get(port, "Bearer x"), 401, error='error="invalid_token"')
    expect("two lines", get(port, basic(USER, PASSWORD), basic(USER, PASSWORD)), 401)
    expect("two lines, the second one right", get(port, "Bearer x", basic(USER, PASSWORD)), 401)
    expect("another scheme", get(port, "Custom x"), 401)
    expect("not in the grammar", get(port, "@"), 401)

    challenge = first[1][0]
    answer = digest(challenge)
    expect("Digest", get(port, answer), 200, let_in, info=True)
    expect("Digest, replayed", get(port, answer), 401, error="stale=true")
    expect("Digest, the next nc", get(port, digest(challenge, nc="00000002")), 200, let_in, info=True)
    expect("Digest, wrong password", get(port, digest(challenge, password="x", nc="00000003")), 401)
    query = "/a?b=%63&c"
    came = get(port, digest(challenge, query, nc="00000004"), target=query)
    expect("Digest, a query", came, *((400,) if decodes_values else (200, let_in)), info=not decodes_values)
    expect("Digest, another target", get(port, digest(challenge, nc="00000005"), target="/b"), 400)
    expect("HEAD", get(port, digest(challenge, nc="00000006", method="HEAD"), method="HEAD"), 200, info=True)
    dropped(port)
    at_once(port)


def dropped(port):
    """A client that is gone before its answer leaves the server as it was."""
    for _ in range(20):
        with socket.create_connection((HOST, port), 20) as connection:
            connection.sendall(f"GET /a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode())
    expect("after clients that are gone", get(port, f"Bearer {TOKEN}"), 200, f"in: {USER}\n")


def at_once(port):
    """Of right answers with one nc that arrive together, one is let in."""
    answer = digest(get(port)[1][0])
    statuses = []
    threads = [threading.Thread(target=lambda: statuses.append(get(port, answer)[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"Digest, eight at once: {sorted(statuses)}")
    if sorted(statuses) != [200] + [401] * 7:
        failures.append(f"Digest, eight at once: {statuses}")


def main():
    with running(sys.argv[1]) as server_port:
        ask_everything(server_port, sys.argv[2:] == ["decodes-values"])
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
