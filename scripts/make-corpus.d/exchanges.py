"""Exchanges of a made-up day behind a few proxies, for scripts/make-corpus lint.

A server has one realm and one way to log in; what goes on is chosen by weight from the kinds of exchange that suit it.
What is costly to make (tokens, names, hashes) is drawn from pools, and what has to be new is counted, so that a gigabyte
takes seconds. Only random() and getrandbits() are used, which give the same numbers with every version of Python."""

import base64
import random

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

AGENTS = (
    "curl/7.88.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "python-requests/2.28.1",
    "okhttp/4.12.0",
    "Apache-HttpClient/5.2.1 (Java/17.0.11)",
    "git/2.39.2",
    "Go-http-client/1.1",
)

# How servers describe themselves and what they send beside: each is the rest of a header section.
SERVERS = (
    "Server: nginx/1.22.1\r\nConnection: keep-alive\r\nX-Request-Id: %s\r\n",
    "Server: Apache/2.4.59 (Debian)\r\nKeep-Alive: timeout=5, max=98\r\nConnection: Keep-Alive\r\nETag: \"%s\"\r\n",
    "Server: Microsoft-IIS/10.0\r\nX-Powered-By: ASP.NET\r\nrequest-id: %s\r\n",
    "Server: gunicorn\r\nVary: Accept, Cookie, Authorization\r\nX-Frame-Options: DENY\r\nX-Trace: %s\r\n",
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\nX-Content-Type-Options: nosniff\r\nX-Id: %s\r\n",
    "Server: Jetty(10.0.20)\r\nCache-Control: no-cache, private\r\nX-Correlation-Id: %s\r\n",
)

ACCEPTS = (
    "Accept: */*\r\n",
    "Accept: application/json\r\nAccept-Encoding: gzip, deflate, br\r\n",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: en-GB,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n",
    "Accept: application/vnd.api+json\r\nIf-None-Match: \"5f3a-61b2\"\r\n",
)

REQUEST = "%s %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\n%sAuthorization: %s\r\nProxy-Authorization: %s\r\n%s\r\n"
RESPONSE = "HTTP/1.1 %s\r\nDate: %s\r\n%s%sVia: 1.1 cache-%d.example.net (squid/5.7)\r\n%s\r\n%s"

DIGEST = ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=SHA-256, "
          "cnonce=\"%s\", qop=auth, nc=%08x")
DIGEST_CHALLENGES = ("%s: Digest realm=\"%s\", qop=\"auth, auth-int\", nonce=\"%s\", algorithm=SHA-256, stale=true\r\n"
                     "%s: Digest realm=\"%s\", qop=\"auth, auth-int\", nonce=\"%s\", algorithm=MD5, stale=true\r\n")
DIGEST_INFO = "%s: rspauth=\"%s\", cnonce=\"%s\", nc=%08x, qop=auth\r\n"


class Asker:
    """A server or the proxies: who asks for credentials, and what of Digest was agreed last."""

    def __init__(self, realm, name=""):
        self.realm = realm
        self.name = name
        self.nonce = realm.replace(" ", "") + "00000000"
        self.count = 0
        self.turns = 0


class Day:
    """Makes one exchange after the other."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.bits = self.random.getrandbits
        self.serial = 0
        self.users = ["user%04d" % self.bits(13) for _ in range(1024)]
        self.basics = ["Basic " + self.base64(f"{user}:{self.hex(12)}".encode()) for user in self.users]
        self.hashes = [self.hex(64) for _ in range(4096)]
        self.tokens = [self.jwt(80 + self.bits(7)) for _ in range(2048)]
        self.tickets = [self.base64(b"\x60\x82\x01\x10\x06\x06\x2b\x06\x01\x05\x05\x02\xa0" + self.octets(100 + self.bits(6)))
                        for _ in range(1024)]
        self.rounds = [self.base64(b"\xa1\x81\xb6\x30\x81\xb3\xa0\x03\x0a\x01\x01" + self.octets(40)) for _ in range(512)]
        self.paths = ["/" + "/".join(self.hex(2 + self.bits(3)) for _ in range(1 + self.bits(2))) for _ in range(2048)]
        self.paths = [path + f"?page={self.bits(6)}&sort=name" if self.bits(2) == 0 else path for path in self.paths]
        self.dates = [f"{DAYS[(2 + i % 28) % 7]}, {1 + i % 28:02d} May 2024 {self.bits(4):02d}:{i % 60:02d}:{i * 7 % 60:02d} GMT"
                      for i in range(256)]
        self.agents = [AGENTS[i % len(AGENTS)] for i in range(64)]
        self.cookies = ["" if i % 4 else f"Cookie: sid={self.hex(32)}; theme=dark\r\n" for i in range(256)]
        self.bodies = [self.body(i) for i in range(256)]
        self.proxy = Asker("office proxy")
        self.servers = [Asker(f"area {i:03d}", f"{KINDS[i % 8][0]}{i:03d}.example.com") for i in range(512)]

    def hex(self, digits):
        return f"{self.bits(4 * digits):0{digits}x}"

    def octets(self, size):
        return self.bits(8 * size).to_bytes(size, "big")

    @staticmethod
    def base64(octets):
        return base64.b64encode(octets).decode()

    def jwt(self, size):
        parts = (b'{"alg":"ES256","kid":"1"}', self.octets(size), self.octets(64))
        return ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts)

    def body(self, i):
        """A Content-Length, if there is content, and the content."""
        if i % 8:
            return "Content-Length: 0\r\n", ""
        text = '{"items": [' + ", ".join(f'"{self.hex(8)}"' for _ in range(1 + self.bits(6))) + "]}\n"
        return f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n", text

    # What a request and a response are made of.

    def new_nonce(self):
        self.serial += 1
        return f"{self.hashes[self.bits(12)][:24]}{self.serial:08x}"

    def digest(self, by, user, path):
        """Credentials of Digest, and what of them the answer repeats."""
        by.count += 1
        response = self.hashes[self.bits(12)]
        client = self.hashes[self.bits(12)][:16]
        return DIGEST % (user, by.realm, by.nonce, path, response, client, by.count), client, by.count

    def challenges(self, name, by):
        """Challenges of Digest with a new nonce, as if that of the request had been too old."""
        by.nonce = self.new_nonce()
        by.count = 0
        return DIGEST_CHALLENGES % (name, by.realm, by.nonce, name, by.realm, self.new_nonce())

    def info(self, name, client, count):
        return DIGEST_INFO % (name, self.hashes[self.bits(12)], client, count)

    def request(self, server, path, credentials, of_proxy, more="", target=None):
        return REQUEST % ("GET" if self.bits(3) else "HEAD", target or path, server.name, self.agents[self.bits(6)],
                          ACCEPTS[self.bits(2)], credentials, of_proxy, more + self.cookies[self.bits(8)])

    def response(self, request, status, fields, by_proxy=False):
        length, text = self.bodies[self.bits(8)]
        others = "Mime-Version: 1.0\r\nX-Squid-Error: ERR_CACHE_ACCESS_DENIED 0\r\n" if by_proxy else \
            SERVERS[self.bits(8) % len(SERVERS)] % self.hashes[self.bits(12)][:20]
        if request.startswith("HEAD"):
            text = ""
        return RESPONSE % (status, self.dates[self.bits(8)], others, fields, self.bits(3), length, text)

    def proxy_digest(self, path):
        return self.digest(self.proxy, self.users[self.bits(10)], path)

    # The kinds of exchange.

    def accepted_digest(self, server):
        path = self.paths[self.bits(11)]
        credentials, client, count = self.digest(server, self.users[self.bits(10)], path)
        of_proxy, proxy_client, proxy_count = self.proxy_digest(path)
        request = self.request(server, path, credentials, of_proxy)
        return request, self.response(request, "200 OK", self.info("Authentication-Info", client, count)
                                      + self.info("Proxy-Authentication-Info", proxy_client, proxy_count))

    def stale_digest(self, server):
        path = self.paths[self.bits(11)]
        credentials, _, _ = self.digest(server, self.users[self.bits(10)], path)
        request = self.request(server, path, credentials, self.basics[self.bits(10)])
        return request, self.response(request, "401 Unauthorized", self.challenges("WWW-Authenticate", server))

    def stale_at_proxy(self, server):
        path = self.paths[self.bits(11)]
        of_proxy, _, _ = self.proxy_digest(path)
        request = self.request(server, path, "Bearer " + self.tokens[self.bits(11)], of_proxy,
                               target=f"https://{server.name}{path}")
        return request, self.response(request, "407 Proxy Authentication Required",
                                      self.challenges("Proxy-Authenticate", self.proxy), by_proxy=True)

    def accepted_basic(self, server):
        path = self.paths[self.bits(11)]
        of_proxy, client, count = self.proxy_digest(path)
        request = self.request(server, path, self.basics[self.bits(10)], of_proxy)
        return request, self.response(
            request, "200 OK", f"WWW-Authenticate: Bearer realm=\"{server.realm}\", scope=\"files.read files.write\"\r\n"
            + self.info("Proxy-Authentication-Info", client, count))

    def refused_basic(self, server):
        path = self.paths[self.bits(11)]
        request = self.request(server, path, self.basics[self.bits(10)], self.basics[self.bits(10)])
        return request, self.response(
            request, "401 Unauthorized", f"WWW-Authenticate: Basic realm=\"{server.realm}\", charset=\"UTF-8\"\r\n"
            f"WWW-Authenticate: Bearer realm=\"{server.realm}\"\r\n")

    def accepted_bearer(self, server):
        path = self.paths[self.bits(11)]
        of_proxy, client, count = self.proxy_digest(path)
        request = self.request(server, path, "Bearer " + self.tokens[self.bits(11)], of_proxy)
        return request, self.response(
            request, "200 OK", f"WWW-Authenticate: DPoP realm=\"{server.realm}\", algs=\"ES256 PS256\"\r\n"
            + self.info("Proxy-Authentication-Info", client, count))

    def narrow_bearer(self, server):
        path = self.paths[self.bits(11)]
        of_proxy, client, count = self.proxy_digest(path)
        request = self.request(server, path, "Bearer " + self.tokens[self.bits(11)], of_proxy)
        return request, self.response(
            request, "403 Forbidden", f"WWW-Authenticate: Bearer realm=\"{server.realm}\", error=\"insufficient_scope\", "
            "error_description=\"The token lacks a scope\", scope=\"files.read admin\"\r\n"
            + self.info("Proxy-Authentication-Info", client, count))

    def expired_bearer(self, server):
        path = self.paths[self.bits(11)]
        request = self.request(server, path, "Bearer " + self.tokens[self.bits(11)], self.basics[self.bits(10)])
        return request, self.response(
            request, "401 Unauthorized", f"WWW-Authenticate: Bearer realm=\"{server.realm}\", error=\"invalid_token\", "
            "error_description=\"The token expired\"\r\n"
            f"WWW-Authenticate: DPoP realm=\"{server.realm}\", algs=\"ES256\"\r\n")

    def proof_of_key(self, server):
        path = self.paths[self.bits(11)]
        of_proxy, client, count = self.proxy_digest(path)
        request = self.request(server, path, "DPoP " + self.tokens[self.bits(11)], of_proxy,
                               f"DPoP: {self.tokens[self.bits(11)]}\r\n")
        return request, self.response(
            request, "200 OK", f"WWW-Authenticate: Bearer realm=\"{server.realm}\"\r\n"
            + self.info("Proxy-Authentication-Info", client, count))

    def negotiate(self, server):
        """A round that goes on, and then the last one."""
        path = self.paths[self.bits(11)]
        server.turns += 1
        of_proxy, client, count = self.proxy_digest(path)
        request = self.request(server, path, "Negotiate " + self.tickets[self.bits(10)], of_proxy)
        token = "WWW-Authenticate: Negotiate " + self.rounds[self.bits(9)] + "\r\n"
        if server.turns % 2:
            fields = token + f"WWW-Authenticate: Bearer realm=\"{server.realm}\"\r\n"
            return request, self.response(request, "401 Unauthorized", fields)
        return request, self.response(request, "200 OK",
                                      token + self.info("Proxy-Authentication-Info", client, count))

    def mistaken(self, server):
        """Credentials or challenges with a mistake."""
        path = self.paths[self.bits(11)]
        of_proxy, client, count = self.proxy_digest(path)
        which = self.bits(3)
        if which < 4:
            credentials = (self.basics[self.bits(10)][:21], self.tokens[self.bits(11)],
                           f"Bearer token={self.hex(24)}", f"Basic {self.hex(20)}!")[which]
            request = self.request(server, path, credentials, of_proxy)
            return request, self.response(request, "400 Bad Request",
                                          f"WWW-Authenticate: Bearer realm=\"{server.realm}\"\r\n"
                                          + self.info("Proxy-Authentication-Info", client, count))
        challenge = (f"Basic realm={server.realm.replace(' ', '-')}", f"Bearer realm=\"{server.realm}\" scope=\"a\"",
                     "Negotiate", f"Basic realm='{server.name}'")[which - 4]
        request = self.request(server, path, "Bearer " + self.tokens[self.bits(11)], of_proxy)
        return request, self.response(request, "200 OK", f"WWW-Authenticate: {challenge}\r\n"
                                      + self.info("Proxy-Authentication-Info", client, count))


# For every eighth server: its name, and what happens there. A kind that stands twice happens twice as often.
KINDS = (
    ("files", Day.accepted_digest, Day.accepted_digest, Day.stale_digest, Day.mistaken),
    ("api", Day.accepted_bearer, Day.narrow_bearer, Day.expired_bearer),
    ("intranet", Day.negotiate),
    ("mail", Day.accepted_basic, Day.accepted_basic, Day.accepted_basic, Day.mistaken),
    ("cloud", Day.accepted_bearer, Day.narrow_bearer, Day.stale_at_proxy, Day.mistaken),
    ("repo", Day.accepted_basic, Day.accepted_basic, Day.refused_basic),
    ("media", Day.accepted_digest, Day.stale_digest, Day.accepted_digest),
    ("login", Day.proof_of_key, Day.accepted_bearer, Day.proof_of_key),
)


def exchanges(seed):
    """The text of a request and its response, without end."""
    day = Day(seed)
    bits = day.bits
    kinds = [KINDS[i % 8][1:] for i in range(512)]
    while True:
        i = bits(9)
        kind = kinds[i]
        request, response = kind[bits(8) % len(kind)](day, day.servers[i])
        yield request + response
