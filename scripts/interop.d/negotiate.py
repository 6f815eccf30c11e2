"""Negotiate: curl, requests-kerberos and a client that asks the GSS-API itself, at Apache and squid, with a Kerberos KDC.

Ours is in between: a relay that reads each field of Negotiate, writes it again, and passes on what was written.
"""

import http.client
import pathlib
import socket
import subprocess
import time

import servers
from web_servers import start_apache
from wire import LOOPBACK, TIMEOUT_SECONDS, Listener

OTHER_HOST = "other.example.test"  # whose key the KDC has and Apache has not
FIELDS = ("WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization")

# Prints tokens in hexadecimal: the first, and what each token of the server, a line of input, is answered with; "-" if
# there is none to send, nothing if it does not accept what the server sent. DCE_STYLE is the way of Kerberos that takes three tokens.
MECHANISM = """
import sys, gssapi
name = gssapi.Name(sys.argv[1], gssapi.NameType.hostbased_service)
flags = gssapi.RequirementFlag.mutual_authentication
if sys.argv[2] == "three": flags |= gssapi.RequirementFlag.dce_style
spnego = gssapi.OID.from_int_seq("1.3.6.1.5.5.2")
context = gssapi.SecurityContext(name=name, mech=spnego, usage="initiate", flags=flags)
token = context.step()
while True:
    print(token.hex() if token else "-", flush=True)
    line = sys.stdin.readline()
    if not line: break
    try: token = context.step(bytes.fromhex(line))
    except gssapi.exceptions.GSSError: break
"""


# Asks for the page as HOST, which is on the relay.
REQUESTS = """
import socket, requests
from requests_kerberos import HTTPKerberosAuth, REQUIRED
host, port = "{}", {}
of_name = socket.getaddrinfo
socket.getaddrinfo = lambda name, *more, **named: of_name("127.0.0.1" if name == host else name, *more, **named)
session = requests.Session()
session.trust_env = False
print(session.get(f"http://{{host}}:{{port}}/negotiate/", auth=HTTPKerberosAuth(mutual_authentication=REQUIRED)).status_code, end="")
"""


# Accepts tokens, with a context for each connection. The answers are those that tests/interop/guard_server.cpp wants.
ACCEPTOR = """
import base64, gssapi, socketserver, sys
contexts = {}
class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        words = self.rfile.readline().decode().split()
        if len(words) != 2: return
        connection, token = words
        context = contexts.pop(connection, None) or gssapi.SecurityContext(usage="accept")
        try: made = context.step(base64.b64decode(token))
        except (gssapi.exceptions.GSSError, ValueError): said = "refused - -"
        else:
            answer = base64.b64encode(made).decode() if made else "-"
            said = f"established {context.initiator_name} {answer}" if context.complete else f"proceed - {answer}"
            if not context.complete: contexts[connection] = context
        self.wfile.write(said.encode() + b"\\n")
socketserver.TCPServer.allow_reuse_address = True
socketserver.TCPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


class Library:
    """Our library: a process that reads and writes values of Negotiate, line by line."""

    def __init__(self, shop, peer):
        self.process = subprocess.Popen([peer, "negotiate"], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        start_new_session=True)
        shop.processes.append(self.process)

    def read(self, field, status, value):
        """Leg, kind and token; one word, or "refused" and why, if it is not a value of Negotiate that it can read."""
        return self._ask(f"read {field} {status} {value}").split(" ")

    def write(self, field, token="-"):
        return self._ask(f"write {field} {token}")

    def _ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n")


class RewritingRelay(Listener):
    """Passes requests and responses on; each value of Negotiate as our library writes it. Keeps the legs."""

    def __init__(self, library, port):
        self.library = library
        self.port_behind = port
        self.legs = []
        self.changed = 0
        super().__init__()

    def serve(self, client):
        with socket.create_connection((LOOPBACK, self.port_behind), TIMEOUT_SECONDS) as server:
            while self._pass(client, server, False) and self._pass(server, client, True):
                pass

    def _pass(self, source, target, is_response):
        """One message; false at the end of the connection."""
        data = b""
        while b"\r\n\r\n" not in data:
            more = source.recv(65536)
            if not more:
                return False
            data += more
        head, body = data.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ")[1]) if is_response else 0
        length = int(next((line.split(":")[1] for line in lines if line.lower().startswith("content-length:")), "0"))
        while len(body) < length:
            more = source.recv(65536)
            if not more:
                return False
            body += more
        passed = [self._rewrite(line, status) for line in lines]
        if is_response:
            self.legs.append(str(status))
        target.sendall("\r\n".join(passed).encode("latin-1") + b"\r\n\r\n" + body)
        return True

    def _rewrite(self, line, status):
        name, colon, value = line.partition(": ")
        field = next((f for f in FIELDS if f.lower() == name.lower()), None)
        if not field:
            return line
        read = self.library.read(field, status, value)
        if read == ["other"]:
            self.legs.append(value.split(" ")[0])
            return line
        if len(read) != 3:
            self.legs.append(" ".join(read))
            return line
        self.legs.append(read[0] if read[1] in ("none", "spnego_init", "spnego_response") else f"{read[0]} {read[1]}")
        written = self.library.write(field, read[2])
        self.changed += written != value
        return name + colon + written

    def told(self):
        return ", ".join(self.legs) + (f"; {self.changed} changed" if self.changed else "")


def apache(shop):
    """Apache with a path for each way in which mod_auth_gssapi is set up."""
    port = shop.free_port()
    gssapi = ["AuthType GSSAPI", f'AuthName "{servers.REALM}"', f"GssapiCredStore keytab:{shop.work}/keytab"]
    places = {
        "/negotiate/": [*gssapi, "Require valid-user"],
        "/negotiate-basic/": [*gssapi, "GssapiBasicAuth On", "Require valid-user"],
        "/bound/": [*gssapi, "GssapiConnectionBound On", "GssapiSignalPersistentAuth On",
                    "Require valid-user"],
        "/bob/": [*gssapi, "AuthzSendForbiddenOnFailure On", f"Require user bob@{servers.KERBEROS_REALM}"],
    }
    for path in places:
        shop.file(f"site{path}index.html", "in\n")
    blocks = "\n".join(f"<Location {path}>\n" + "\n".join(lines) + "\n</Location>" for path, lines in places.items())
    modules = "mpm_event authn_core authn_file authz_core authz_user auth_basic auth_gssapi dir unixd"
    start_apache(shop, modules, [port], blocks, {"KRB5_CONFIG": str(shop.work / "krb5.conf")}, name="apache-gssapi")
    return port


def tickets_of(shop, tickets, name, *words):
    """Another cache of tickets: with one that kinit gets with these words, or with none."""
    environment = {**tickets, "KRB5CCNAME": f"FILE:{shop.work}/{name}"}
    if words:
        shop.run([shop.path("usr/bin/kinit"), *words, servers.USER], environment=environment,
                 input=servers.PASSWORD.encode() + b"\n")
    return environment


def our_exchange(library, shop, tickets, port, target, flags="", spoil=False):
    """Our client on one connection: tokens from the GSS-API, fields from our library. The legs and statuses.

    With `spoil` the last octet of the first token is another.
    """
    words = ["/usr/bin/python3", "-B", "-c", MECHANISM, f"HTTP@{servers.HOST}", flags]
    told = []
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=TIMEOUT_SECONDS)
    with subprocess.Popen(words, env={**shop.environment, **tickets}, text=True, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as mechanism:
        token = mechanism.stdout.readline().strip()
        if spoil:
            token = token[:-2] + f"{int(token[-2:], 16) ^ 1:02x}"
        while True:
            fields = {"Host": servers.HOST}
            if token != "-":
                fields["Authorization"] = library.write("Authorization", token)
                told.append(library.read("Authorization", 0, fields["Authorization"])[0])
            connection.request("GET", target, headers=fields)
            response = connection.getresponse()
            response.read()
            value = response.headers.get("WWW-Authenticate")
            read = library.read("WWW-Authenticate", response.status, value) if value else ["none"]
            told += [read[0], str(response.status)]
            if read[0] in ("proceed", "finish"):
                mechanism.stdin.write(read[2] + "\n")
                mechanism.stdin.flush()
                token = mechanism.stdout.readline().strip()
            if read[0] != "proceed" or token in ("", "-"):
                told.append("established" if read[0] == "finish" and token == "-" else "not established")
                mechanism.stdin.close()
                connection.close()
                return ", ".join(told)


def guard(table, shop, program, library, tickets, none):
    """The server by guards, which asks the GSS-API of another process about tokens."""
    ports = shop.free_port(), shop.free_port()
    accepting = {**tickets, "KRB5_KTNAME": f"FILE:{shop.work}/keytab"}
    shop.start(["/usr/bin/python3", "-B", "-c", ACCEPTOR, ports[0]], ports[0], environment=accepting)
    shop.start([pathlib.Path(program).resolve(), ports[1], "--acceptor", ports[0]], ports[1])
    url = f"http://{servers.HOST}:{ports[1]}/negotiate"
    user = f"200 {servers.USER}@{servers.KERBEROS_REALM}"

    def row(client, what, expected, came):
        table.add(client, "guard", "Negotiate", what, expected, came)

    def curl(what, expected, client_tickets, *words, host=servers.HOST):
        head = shop.work / "head"
        shop.run([shop.path("usr/bin/curl"), "-s", "-o", "/dev/null", "-D", head, "--resolve", f"{host}:{ports[1]}:{LOOPBACK}",
                  *words, url.replace(servers.HOST, host)], environment=client_tickets)
        lines = head.read_bytes().decode("latin-1").split("\r\n")
        row("curl", what, expected, ", ".join(line.split(": ", 1)[1] for line in lines if line.startswith("X-Verdict: ")))

    curl("a ticket", user, tickets, "--negotiate", "-u", ":")
    curl("a ticket, after a challenge", f"401 no_credentials, {user}", tickets, "--anyauth", "-u", ":")
    curl("no ticket", "401 no_credentials", none, "--negotiate", "-u", ":")
    curl("a ticket for a service whose key the server has not", "401 wrong_credentials", tickets, "--negotiate", "-u", ":",
         host=OTHER_HOST)
    done = shop.run(["/usr/bin/python3", "-B", "-c", REQUESTS.format(servers.HOST, ports[1])], environment=tickets)
    row("requests-kerberos", "a ticket, and the token of the server", "200", done.decode())
    row("ours", "two tokens of the client", "initiate, proceed, 401, respond, finish, 200, established",
        our_exchange(library, shop, tickets, ports[1], "/negotiate", "three"))
    row("ours", "a token with another last octet", "initiate, start, 401, not established",
        our_exchange(library, shop, tickets, ports[1], "/negotiate", spoil=True))


def run(table, shop, peer, guard_program):
    tickets = servers.kerberos(shop)
    shop.run([shop.path("usr/sbin/kadmin.local"), "-r", servers.KERBEROS_REALM, "-q",
              f"addprinc -randkey HTTP/{OTHER_HOST}"], environment=tickets)
    short = tickets_of(shop, tickets, "short", "-l", "2s")
    expires = time.monotonic() + 3
    none = tickets_of(shop, tickets, "none")
    library = Library(shop, peer)
    port = apache(shop)
    squid = servers.squid(shop, ["negotiate"], origin=port)["port"]

    def row(client, server, what, expected, came, name=None):
        table.add(client, server, "Negotiate", what, expected, came, name)

    def curl(what, expected, client_tickets, target, *words, host=servers.HOST, count=1, name=None):
        with RewritingRelay(library, port) as relay:
            urls = [f"http://{host}:{relay.port}{target}"] * count
            shop.run([shop.path("usr/bin/curl"), "-s", "--resolve", f"{host}:{relay.port}:{LOOPBACK}", *words, *urls],
                     environment=client_tickets)
            row("curl", "apache2", what, expected, relay.told(), name)

    login = ("--negotiate", "-u", ":")
    curl("a ticket", "initiate, finish, 200", tickets, "/negotiate/", *login)
    curl("a ticket, after a challenge", "start, 401, initiate, finish, 200", tickets, "/negotiate/", "--anyauth", "-u", ":")
    curl("no ticket", "start, 401", none, "/negotiate/", *login)
    curl("a service that the KDC does not know", "start, 401", tickets, "/negotiate/", *login, host="unknown.example.test")
    curl("a ticket for a service whose key the server has not", "initiate, proceed, 401", tickets, "/negotiate/", *login,
         host=OTHER_HOST, name="apache2 refuses")
    curl("a user who is not allowed", "initiate, finish, 403", tickets, "/bob/", *login)
    curl("Basic offered as well, a ticket", "start, Basic, 401, initiate, finish, 200", tickets, "/negotiate-basic/",
         "--anyauth", "-u", ":")
    curl("Basic offered as well, a password", "Basic, 200", none, "/negotiate-basic/", "--basic", "-u",
         f"{servers.USER}:{servers.PASSWORD}")
    curl("two requests on one connection", "initiate, finish, 200, 200", tickets, "/bound/", *login, count=2)
    with RewritingRelay(library, squid) as relay:
        proxy = f"{servers.PROXY_HOST}:{relay.port}"
        shop.run([shop.path("usr/bin/curl"), "-s", "--resolve", f"{proxy}:{LOOPBACK}", "-x", f"http://{proxy}",
                  "--proxy-anyauth", "-U", ":", f"http://{servers.HOST}/"], environment=tickets)
        row("curl", "squid", "as proxy, a ticket", "start, 407, initiate, 200", relay.told(), "squid sends no token")
    with RewritingRelay(library, port) as relay:
        code = REQUESTS.format(servers.HOST, relay.port)
        shop.run(["/usr/bin/python3", "-B", "-c", code], environment=tickets)
        row("requests-kerberos", "apache2", "a ticket, after a challenge",
            "start, 401, initiate gss_initial, finish gss_initial, 200", relay.told())

    def ours(what, expected, target, *words, name=None, **more):
        row("ours", "apache2", what, expected, our_exchange(library, shop, tickets, port, target, *words, **more), name)

    ours("one token each way", "initiate, finish, 200, established", "/bound/")
    ours("two tokens of the client", "initiate, proceed, 401, respond, finish, 200, established", "/bound/", "three")
    ours("a token with another last octet", "initiate, proceed, 401, respond, start, 401, not established", "/bound/", spoil=True)
    guard(table, shop, guard_program, library, tickets, none)
    time.sleep(max(0, expires - time.monotonic()))
    curl("a ticket that has expired", "start, 401", short, "/negotiate/", *login)
