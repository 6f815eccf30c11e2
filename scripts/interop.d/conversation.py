"""The server by guards asked by other clients, and the client by an answerer at other servers.

In a row with a guard comes what X-Verdict says of each request: the status, and who is let in or why not. In a row with the
answerer come the statuses of a request, and of the one after it; "proven" if rspauth shows that the server knows the password.
"""

import pathlib
import re
import subprocess

import servers
from clients import Clients
from rows import ALICE, ask
from wire import LOOPBACK

TOKEN = "mF_9.B5f-4.1JqM"
NONCE_SECONDS = 1  # of "short", in tests/interop/guard_server.cpp
IN = "200 alice"
ASKED = "401 no_credentials"
WRONG = "401 wrong_credentials"


def guards(table, shop, program):
    port = shop.free_port()
    shop.start([pathlib.Path(program).resolve(), port], port)
    clients = Clients(shop, port)

    def row(client, scheme, what, expected, came, name=None):
        table.add(client, "guard", scheme, what, ", ".join(expected), came if isinstance(came, str) else ", ".join(came), name)

    def curl(path, *words, user=ALICE, times=1):
        return clients.curl(*words, *(["-u", ":".join(user)] if user else []), *[clients.url(path)] * times)

    row("curl", "Basic", "two requests", [IN, IN], curl("basic", times=2))
    row("curl", "Basic", "another password", [WRONG], curl("basic", user=("alice", "x")))
    bearer = ("--oauth2-bearer", TOKEN)
    row("curl", "Bearer", "two requests", [IN, IN], curl("bearer", *bearer, user=None, times=2))
    row("curl", "Bearer", "another token", ["401 token_invalid"], curl("bearer", "--oauth2-bearer", "x", user=None))
    row("curl", "Bearer", "a scheme that is not offered", ["401 scheme_not_offered"], curl("bearer"))
    for algorithm in ("MD5", "MD5-sess", "SHA-256", "SHA-256-sess"):
        path = algorithm.lower()
        row("curl", f"Digest {algorithm}", "two requests", [ASKED, IN] * 2, curl(path, "--digest", times=2))
        row("curl", f"Digest {algorithm}", "another password", [ASKED, WRONG], curl(path, "--digest", user=("alice", "x")))
    row("curl", "Digest SHA-256", "userhash", [ASKED, IN + " by hash"], curl("sha-256+userhash", "--digest"))
    row("curl", "Digest SHA-256", "auth-int", [ASKED, IN], curl("sha-256+auth-int", "--digest"))
    row("curl", "Digest SHA-256", "the best of all that is offered", [ASKED, IN], curl("basic+bearer+md5+sha-256", "--anyauth"))
    python_clients(row, clients)
    replays(row, clients, port)
    at_proxy(row, clients, curl)


def python_clients(row, clients):
    session = ("import requests, time\nfrom requests.auth import HTTPDigestAuth\nauth = HTTPDigestAuth({})\n"
               "def get(path):\n    r = requests.get(URL + path, auth=auth)\n"
               "    print(*(x.headers['X-Verdict'] for x in (*r.history, r)), sep=', ', end='')\n")
    for algorithm in ("MD5", "MD5-sess", "SHA-256"):
        row("requests", f"Digest {algorithm}", "two requests", [ASKED, IN, IN],
            clients.python(session.format("*ALICE") + f"get('{algorithm.lower()}'); print(', ', end=''); get('{algorithm.lower()}')"))
    row("requests", "Digest SHA-256", "another password", [ASKED, WRONG],
        clients.python(session.format("'alice', 'x'") + "get('sha-256')"))
    row("requests", "Digest SHA-256", "a nonce that is too old", [ASKED, IN, "401 stale nonce_expired", IN],
        clients.python(session.format("*ALICE") + "get('sha-256+short'); print(', ', end='')\n"
                       f"time.sleep({NONCE_SECONDS} + 0.2); get('sha-256+short')"))


def replays(row, clients, port):
    """What a client sent, sent again."""
    sent = clients.python("import requests\nfrom requests.auth import HTTPDigestAuth\n"
                          "print(requests.get(URL + 'sha-256', auth=HTTPDigestAuth(*ALICE)).headers['X-Received'])")

    def again(what, expected, target="/sha-256", value=sent, **more):
        row("requests", "Digest SHA-256", what, [expected],
            ask(port, target, {"Authorization": value}, **more).headers["X-Verdict"])

    again("the same nonce and nc again", "401 stale replayed")
    again("the same response with another nc", WRONG, value=sent.replace("nc=00000001", "nc=00000002"))
    again("at another request-target", "400 other_uri", "/sha-256/x")
    again("with another method", WRONG, method="HEAD")
    again("at a guard of another realm", "401 wrong_credentials other_realm", "/sha-256+basic")


def at_proxy(row, clients, curl):
    """A guard of a proxy, which is the whole proxy here: it answers itself."""
    def through(*words, user=ALICE, times=1, path="basic+sha-256"):
        return clients.curl("-x", f"http://{LOOPBACK}:{clients.port}", "-U", ":".join(user), *words,
                            *[f"http://{servers.HOST}/{path}/"] * times)

    row("curl", "Basic", "as proxy, two requests", [IN, IN], through("--proxy-basic", times=2))
    row("curl", "Basic", "as proxy, another password", ["407 wrong_credentials"], through("--proxy-basic", user=("alice", "x")))
    row("curl", "Digest SHA-256", "as proxy", ["407 no_credentials", "400 other_uri"], through("--proxy-digest"),
        "curl proxy")
    row("curl", "Digest SHA-256", "as proxy, with digest_uri_path", ["407 no_credentials", IN],
        through("--proxy-digest", path="sha-256+uri-path"))
    row("curl", "Basic", "Authorization does not pass a proxy", ["407 no_credentials"], curl("proxy+basic"))


def answerer(table, shop, program, ports):
    """`ports`: those of the servers that other_servers() started."""
    def at(server, scheme, port, target, what, expected, user=ALICE, proxy=None):
        words = [pathlib.Path(program).resolve(), f"http://{LOOPBACK}:{port}{target}", *user]
        words += [f"http://{LOOPBACK}:{proxy}"] if proxy else []
        done = subprocess.run(words, text=True, capture_output=True, timeout=30, check=False)
        came = [re.sub(" server", "", found[0]) for found in
                (re.match(r"(\d{3} )+(server proven|[a-z_]+$)?", line) for line in done.stdout.split("\n")) if found]
        table.add("answerer", server, scheme, what, expected, ", then ".join(c.replace(" in", "").strip() for c in came))

    wrong = ("alice", "x")
    at("nginx", "Basic", ports["nginx"], "/basic/", "user and password", "401 200, then 200")
    at("nginx", "Basic", ports["nginx"], "/basic/", "another password", "401 401 refused", wrong)
    at("apache2", "Digest MD5", ports["apache"], "/digest/", "user and password", "401 200 proven, then 200 proven")
    at("apache2", "Digest MD5", ports["apache"], "/digest/", "another password", "401 401 refused", wrong)
    at("lighttpd", "Digest SHA-256", ports["lighttpd"], "/sha-256/", "user and password", "401 200, then 200")
    at("lighttpd", "Digest SHA-256", ports["lighttpd"], "/sha-256/", "another password", "401 401 refused", wrong)
    for scheme in ("basic", "digest"):
        name = "Basic" if scheme == "basic" else "Digest MD5"
        squid = ports[f"squid {scheme}"]
        at("squid", name, ports["nginx"], "/", "as proxy", "407 200, then 200", proxy=squid)
        at("squid", name, ports["nginx"], "/", "as proxy, another password", "407 407 refused", wrong, proxy=squid)
