"""Conversations in which credentials are refused for one planted cause, made from the RFCs and from nothing of authlint.

planted() yields (expected cause, scheme, variant, text of the conversation, what authlint is told of the login).
"""

import base64
import hashlib
import itertools
import json
import struct

USER = "alice"
PASSWORD = "Tr0ub4dor&3 +x"
ACCENTED = "pässwörd-é"
REALM = "Staff files"
NOW = 1764266400  # 2025-11-27T18:00:00Z
DATE = "Thu, 27 Nov 2025 18:00:00 GMT"

HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}


def b64(octets):
    return base64.b64encode(octets if isinstance(octets, bytes) else octets.encode()).decode()


def h(algorithm, octets):
    octets = octets if isinstance(octets, bytes) else octets.encode()
    return hashlib.new(HASHES[algorithm.removesuffix("-sess")], octets).hexdigest()


class Hop:
    """A server or a proxy, and how a dump of the messages looks."""

    def __init__(self, proxy=False, form="raw"):
        self.proxy = proxy
        self.form = form
        self.status = "407 Proxy Authentication Required" if proxy else "401 Unauthorized"
        self.asks = "Proxy-Authenticate" if proxy else "WWW-Authenticate"
        self.answers = "Proxy-Authorization" if proxy else "Authorization"
        self.other = "Authorization" if proxy else "Proxy-Authorization"

    def target(self, path):
        return "http://files.example.com" + path if self.proxy else path

    def lines(self, mark, lines):
        if self.form == "curl":
            return "".join(f"{mark} {line}\n" for line in lines) + f"{mark} \n"
        end = "\r\n" if self.form == "raw" else "\n"
        return "".join(line + end for line in lines) + end

    def request(self, *fields, path="/docs?page=2", method="GET", host="files.example.com", protocol="HTTP/1.1", target=None):
        target = target or self.target(path)
        return self.lines(">", [f"{method} {target} {protocol}", f"Host: {host}", *fields])

    def response(self, *fields, status=None, protocol="HTTP/1.1"):
        status = status or self.status
        return self.lines("<", [f"{protocol} {status}", f"Date: {DATE}", "Content-Length: 0", *fields])

    def refused(self, challenge, credentials, *, before=True, after=None, **more):
        """The challenge, the request that answers it, and the challenge again."""
        fields = credentials if isinstance(credentials, list) else [f"{self.answers}: {credentials}"]
        asked = self.response(f"{self.asks}: {challenge}")
        first = self.request(**{k: v for k, v in more.items()}) + asked if before else ""
        return first + self.request(*fields, **more) + self.response(f"{self.asks}: {after or challenge}")


HOPS = [Hop(proxy, form) for proxy, form in itertools.product((False, True), ("raw", "lf", "curl"))]


class Digest:
    """A client of Digest, which can be told to be wrong in one way."""

    def __init__(self, algorithm="MD5", qop="auth", realm=REALM, nonce="n-1", opaque="o-1", offer=None):
        self.algorithm, self.qop, self.realm, self.nonce, self.opaque = algorithm, qop, realm, nonce, opaque
        self.offer = offer

    def challenge(self, **changes):
        words = {"realm": f'"{self.realm}"', "nonce": f'"{self.nonce}"', "opaque": f'"{self.opaque}"',
                 "algorithm": self.algorithm}
        if self.qop:
            words["qop"] = f'"{self.offer or self.qop}"'
        words.update(changes)
        return "Digest " + ", ".join(f"{name}={value}" for name, value in words.items() if value)

    def response(self, v):
        """RFC 7616, 3.4.1, over the values `v`."""
        a1 = v["user"].encode() + b":" + v["hashed_realm"].encode() + b":" + v["password"]
        ha1 = v.get("ha1") or h(v["hash"], a1)
        if v["session"]:
            ha1 = h(v["hash"], f"{ha1}:{v['nonce']}:{v['session_cnonce']}")
        a2 = f"{v['hashed_method']}:{v['hashed_uri']}"
        if v["hashed_qop"] == "auth-int":
            a2 += ":" + h(v["hash"], v["body"])
        if not v["hashed_qop"]:
            return h(v["hash"], f"{ha1}:{v['nonce']}:{h(v['hash'], a2)}")
        return h(v["hash"], f"{ha1}:{v['nonce']}:{v['nc']}:{v['cnonce']}:{v['hashed_qop']}:{h(v['hash'], a2)}")

    def credentials(self, hop=HOPS[0], path="/docs?page=2", drop=(), form=None, **changes):
        uri = hop.target(path)
        v = {"user": USER, "password": PASSWORD.encode(), "realm": self.realm, "nonce": self.nonce, "uri": uri,
             "nc": "00000001", "cnonce": "c-77", "qop": self.qop, "opaque": self.opaque, "algorithm": self.algorithm,
             "method": "GET", "body": b"", "session_cnonce": "c-77"}
        v.update(changes)
        v.setdefault("hash", (v["algorithm"] or "MD5").removesuffix("-sess"))
        v.setdefault("session", (v["algorithm"] or "MD5").endswith("-sess"))
        v.setdefault("hashed_realm", v["realm"])
        v.setdefault("hashed_uri", v["uri"])
        v.setdefault("hashed_method", v["method"])
        v.setdefault("hashed_qop", v["qop"])
        v.setdefault("response", self.response(v))
        words = {"username": f'"{v.get("shown_user", v["user"])}"', "realm": f'"{v.get("shown_realm", v["realm"])}"',
                 "nonce": f'"{v["nonce"]}"', "uri": f'"{v["uri"]}"', "response": f'"{v["response"]}"',
                 "algorithm": v["algorithm"], "opaque": f'"{v["opaque"]}"' if v["opaque"] else None,
                 "userhash": v.get("userhash")}
        if v["qop"]:
            words.update({"qop": v["qop"], "nc": v["nc"], "cnonce": f'"{v["cnonce"]}"'})
        words.update(form or {})
        return "Digest " + ", ".join(f"{k}={x}" for k, x in words.items() if x and k not in drop)


def with_login(user=None, password=None, ha1=None):
    return {"user": user, "password": password, "ha1": ha1}


NO_LOGIN = with_login()
LOGIN = with_login(password=PASSWORD)
NAMED = with_login(user=USER, password=PASSWORD)

BASIC = f'Basic realm="{REALM}", charset="UTF-8"'
RIGHT_BASIC = "Basic " + b64(f"{USER}:{PASSWORD}")
BEARER = f'Bearer realm="{REALM}"'
OPAQUE_TOKEN = "mF_9.B5f-4.1JqM"


def jwt(header=None, **claims):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"iss": "https://login.example.com/", "sub": "u1", **claims}
    return ".".join([part(header or {"alg": "RS256", "typ": "JWT"}), part(claims), "c2lnbmF0dXJl" * 4])


# DER, as far as tokens of Negotiate need it.


def der(tag, *contents):
    content = b"".join(contents)
    size = len(content)
    length = bytes([size]) if size < 0x80 else bytes([0x82]) + struct.pack(">H", size)
    return bytes([tag]) + length + content


SPNEGO, KRB5 = bytes.fromhex("06062b0601050502"), bytes.fromhex("06092a864886f712010202")


def integer(n):
    return der(2, bytes([n]))


def name(*parts):
    return der(0x30, der(0xA0, integer(2)), der(0xA1, der(0x30, *(der(0x1B, p.encode()) for p in parts))))


def ap_req(host):
    sealed = der(0x30, der(0xA0, integer(18)), der(0xA2, der(4, b"\x5a" * 200)))
    ticket = der(0x61, der(0x30, der(0xA0, integer(5)), der(0xA1, der(0x1B, b"EXAMPLE.COM")), der(0xA2, name("HTTP", host)),
                           der(0xA3, sealed)))
    return der(0x6E, der(0x30, der(0xA0, integer(5)), der(0xA1, integer(14)), der(0xA2, der(3, b"\0\x20\0\0\0")),
                         der(0xA3, ticket), der(0xA4, sealed)))


def kerberos(host="files.example.com", spnego=True):
    token = der(0x60, KRB5, b"\x01\x00", ap_req(host))
    if not spnego:
        return b64(token)
    return b64(der(0x60, SPNEGO, der(0xA0, der(0x30, der(0xA0, der(0x30, KRB5)), der(0xA2, der(4, token))))))


def krb_error(code, spnego=True):
    error = der(0x7E, der(0x30, der(0xA0, integer(5)), der(0xA1, integer(30)), der(0xA4, der(0x18, b"20251127180000Z")),
                          der(0xA5, integer(1)), der(0xA6, integer(code)), der(0xA9, der(0x1B, b"EXAMPLE.COM")),
                          der(0xAA, name("HTTP", "files.example.com"))))
    token = der(0x60, KRB5, b"\x03\x00", error)
    if not spnego:
        return b64(token)
    return b64(der(0xA1, der(0x30, der(0xA0, der(0x0A, b"\x02")), der(0xA2, der(4, token)))))


def ntlm(kind):
    return b64(b"NTLMSSP\0" + struct.pack("<I", kind) + b"\x07\x82\x08\xa2" + b"\0" * 28)


def ntlm_in_spnego():
    mech = bytes.fromhex("060a2b06010401823702020a")
    token = base64.b64decode(ntlm(1))
    return b64(der(0x60, SPNEGO, der(0xA0, der(0x30, der(0xA0, der(0x30, mech)), der(0xA2, der(4, token))))))
