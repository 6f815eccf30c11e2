#!/usr/bin/env python3
"""planted.py AUTHLINT [--show] [--write]: plants causes in conversations, and counts how many authlint why names first.

At least 95 in 100 of all, and of each cause and scheme three in four; and every cause that authlint explains is planted.
--show prints those that are not named first. docs/refusals.md has the figures, and corpus/refusals/planted.ndjson a sample for
tests that do not run Python: --write makes them, otherwise they are compared.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

from conversations import (
    ACCENTED, BASIC, BEARER, HASHES, HOPS, LOGIN, NAMED, NO_LOGIN, NOW, OPAQUE_TOKEN, PASSWORD, REALM, RIGHT_BASIC, USER, Digest,
    b64, h, jwt, kerberos, krb_error, ntlm, ntlm_in_spnego, with_login,
)

GOAL = 0.95
# Thousands of small files: in memory, where that can be.
SCRATCH = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
KERBEROS = kerberos()
SAMPLE = pathlib.Path(__file__).resolve().parents[3] / "corpus" / "refusals" / "planted.ndjson"
PAGE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "refusals.md"
ALGORITHMS = [*HASHES, *(a + "-sess" for a in HASHES)]
SERVER, PROXY = HOPS[0], HOPS[3]
CREDENTIALS = {
    "Basic": (BASIC, RIGHT_BASIC),
    "Digest": (Digest().challenge(), Digest().credentials()),
    "Bearer": (BEARER, f"Bearer {OPAQUE_TOKEN}"),
    "Negotiate": ("Negotiate", f"Negotiate {kerberos()}"),
}


def any_scheme():
    """Causes that every scheme has."""
    for scheme, (challenge, credentials) in CREDENTIALS.items():
        for hop in HOPS:
            for before in (True, False):
                end = f"{hop.form}, {'proxy' if hop.proxy else 'server'}, {'challenged' if before else 'unasked'}"
                other = BEARER if scheme != "Bearer" else BASIC
                yield "scheme-not-offered", scheme, end, hop.refused(other, credentials, before=before), NO_LOGIN
                yield "empty-credentials", scheme, end, hop.refused(challenge, scheme, before=before), NO_LOGIN
                lines = [f"{hop.answers}: {credentials}", f"{hop.answers}: Bearer x1"]
                yield "several-credentials", scheme, end, hop.refused(challenge, lines, before=before), NO_LOGIN
                target = "files.example.com:443" if hop.proxy else None
                yield "credentials-for-other-hop", scheme, end, hop.refused(
                    challenge, [f"{hop.other}: {credentials}"], before=before, target=target,
                    method="CONNECT" if hop.proxy else "GET"), NO_LOGIN
                yield "no-credentials", scheme, end, hop.request() + hop.response(f"{hop.asks}: {challenge}"), NO_LOGIN
                wrong_form = f"{scheme} {b64('alice:secret')}" if scheme == "Digest" else f'{scheme} realm="r", token="x"'
                yield "wrong-form", scheme, end, hop.refused(challenge, wrong_form, before=before), NO_LOGIN
                for what, value in malformed(scheme, credentials):
                    yield "malformed-credentials", scheme, f"{what}, {end}", hop.refused(challenge, value, before=before), NO_LOGIN


def malformed(scheme, credentials):
    rest = credentials.partition(" ")[2]
    yield "scheme twice", f"{scheme} {credentials}"
    yield "colon after the scheme", f"{scheme}: {rest}"
    yield "field name in the value", f"Authorization: {credentials}"
    yield "in quotes", f'"{credentials}"'
    if scheme == "Digest":
        yield "semicolons", credentials.replace(",", ";")
        yield "comma missing", credentials.replace(", nonce", " nonce")
        yield "quote missing", credentials.replace('", nonce', ", nonce")
    else:
        yield "token in quotes", f'{scheme} "{rest}"'
        yield "space in the token", f"{scheme} {rest[:9]} {rest[9:]}"
        yield "twice in one line", f"{credentials}, {credentials}"
    if scheme == "Basic":
        yield "not encoded", f"Basic {USER}:secret"


def realms_and_words():
    for hop in HOPS:
        for scheme in ("Basic", "Bearer"):
            challenge, credentials = CREDENTIALS[scheme]
            after = challenge.replace(REALM, "Accounts")
            yield "other-realm", scheme, hop.form, hop.refused(challenge, credentials, after=after), NO_LOGIN
        for word in ("undefined", "null", "None"):
            yield "placeholder", "Bearer", word, hop.refused(BEARER, f"Bearer {word}"), NO_LOGIN
            for pair in (f"{word}:{word}", f"{USER}:{word}"):
                for login in (NO_LOGIN, LOGIN):
                    yield "placeholder", "Basic", pair, hop.refused(BASIC, "Basic " + b64(pair)), login
        for word in ("undefined", "null"):
            d = Digest()
            yield "placeholder", "Digest", word, hop.refused(d.challenge(), d.credentials(hop, user=word)), NO_LOGIN


ALTERED = {
    "percent-encoded": urllib.parse.quote(PASSWORD, safe=""), "in quotes": f'"{PASSWORD}"', "in apostrophes": f"'{PASSWORD}'",
    "cut off at &": PASSWORD.split("&")[0], "cut off at a space": PASSWORD.split(" ")[0], "a space more": PASSWORD + " ",
    "upper case": PASSWORD.upper(), "lower case": PASSWORD.lower(), "a shell's backslashes": PASSWORD.replace("&", "\\&").replace(" ", "\\ "),
    "plus as space": PASSWORD.replace("+", " "), "empty": "",
}
ENCODINGS = {
    "ISO-8859-1": ACCENTED.encode("latin-1"), "UTF-8 twice": ACCENTED.encode().decode("latin-1").encode(),
    "question marks": b"p??ssw??rd-??",
}


def basic():
    def refused(hop, octets, challenge=BASIC, **more):
        return hop.refused(challenge, "Basic " + b64(octets), **more)

    for number, hop in enumerate(HOPS):
        for before in (number % 2 == 0,):
            for wrong in ("hunter2", PASSWORD + "4", PASSWORD[1:], "correct horse"):
                yield "wrong-password", "Basic", wrong, refused(hop, f"{USER}:{wrong}", before=before), LOGIN
            yield "wrong-password", "Basic", "no login known", refused(hop, f"{USER}:hunter2", before=before), NO_LOGIN
            for user in ("bob", "Alice", "CORP\\alice", "alice@example.com", "alice "):
                yield "wrong-user", "Basic", user, refused(hop, f"{user}:{PASSWORD}", before=before), NAMED
            for what, password in ALTERED.items():
                yield "altered-password", "Basic", what, refused(hop, f"{USER}:{password}", before=before), LOGIN
            for what in ("percent-encoded", "in quotes", "in apostrophes", "a space more", "empty"):
                yield "altered-password", "Basic", f"{what}, no login", refused(hop, f"{USER}:{ALTERED[what]}", before=before), NO_LOGIN
            for end in ("\n", "\r\n", "\r"):
                for login in (LOGIN, NO_LOGIN):
                    yield "control-character", "Basic", repr(end), refused(hop, f"{USER}:{PASSWORD}{end}", before=before), login
            for what, password in ENCODINGS.items():
                yield "other-charset", "Basic", what, refused(hop, USER.encode() + b":" + password, before=before), with_login(
                    password=ACCENTED)
            yield "other-charset", "Basic", "no login", refused(
                hop, USER.encode() + b":" + ENCODINGS["ISO-8859-1"], before=before), NO_LOGIN
            for login in (LOGIN, NO_LOGIN):
                yield "no-colon", "Basic", "", refused(hop, USER + PASSWORD, before=before), login
                yield "no-colon", "Basic", "user alone", refused(hop, USER, before=before), login
                yield "encoded-twice", "Basic", "", refused(hop, b64(f"{USER}:{PASSWORD}"), before=before), login
                for token in ("YWxpY2U6c2VjcmV0eA", "YWxpY2U6c2VjcmV0eA=", "YWxp.2U6c2VjcmV0", "alice", "YWxpY2U6c2VjcmV=~="[:15]):
                    yield "not-base64", "Basic", token, hop.refused(BASIC, f"Basic {token}", before=before), login
            yield "refused-by-server", "Basic", "", refused(hop, f"{USER}:{PASSWORD}", before=before), NAMED


def digest():
    for number, algorithm in enumerate(ALGORITHMS):
        for hop in (HOPS[number], HOPS[(number + 3) % 6]):
            yield from digest_members(hop, algorithm)
            yield from digest_hashes(hop, algorithm)


def digest_members(hop, algorithm):
    d = Digest(algorithm)
    base = algorithm.removesuffix("-sess")

    def refused(expected, what, credentials, challenge=None, logins=(NO_LOGIN, LOGIN), **more):
        for login in logins:
            yield expected, "Digest", f"{what}, {algorithm}", hop.refused(challenge or d.challenge(), credentials, **more), login

    for missing in ("username", "realm", "nonce", "uri", "response", "nc", "cnonce"):
        yield from refused("member-missing", missing, d.credentials(hop, drop=(missing,)))
    for nc in ("1", "0000001", "000000001", "0x000001", '""'):
        yield from refused("member-malformed", f"nc={nc}", d.credentials(hop, form={"nc": nc}))
    for response in ('"abc"', '"' + "g" * 32 + '"', '"' + "0" * 40 + '"'):
        yield from refused("member-malformed", "response", d.credentials(hop, form={"response": response}))
    for realm in ("Accounts", "staff files", "Staff files "):
        yield from refused("other-realm", realm, d.credentials(hop, realm=realm))
        yield from refused("other-realm", f"{realm} unasked", d.credentials(hop, realm=realm), before=False)
    for other in {"MD5", "SHA-256"} - {base}:
        yield from refused("other-algorithm", other, d.credentials(hop, algorithm=other))
    if base != "MD5":
        yield from refused("other-algorithm", "missing", d.credentials(hop, algorithm=None))
        yield from refused("other-algorithm", "missing, unasked", d.credentials(hop, algorithm=None), before=False)
    yield from refused("other-algorithm", "unknown", d.credentials(hop, form={"algorithm": "SHA-1"}))
    for qop in ("undefined", "auth-int", '"auth,auth-int"'):
        yield from refused("qop-not-offered", qop, d.credentials(hop, form={"qop": qop}))
    legacy = Digest(algorithm, qop=None)
    yield from refused("qop-not-offered", "no qop asked", d.credentials(hop), challenge=legacy.challenge())
    if not algorithm.endswith("-sess"):
        yield from refused("qop-missing", "", legacy.credentials(hop), challenge=d.challenge())
    yield from refused("other-opaque", "another", d.credentials(hop, opaque="o-2"))
    yield from refused("other-opaque", "missing", d.credentials(hop, opaque=None))
    yield from refused("other-nonce", "", d.credentials(hop, nonce="n-other"), logins=(NO_LOGIN, LOGIN))
    for path in ("/docs", "/", "/docs?page=3", "/docs?page=2&x=1", "/DOCS?page=2"):
        yield from refused("other-uri", path, d.credentials(hop, path))
        yield from refused("other-uri", f"{path} unasked", d.credentials(hop, path), before=False)
    if not hop.proxy:
        yield from refused("other-uri", "whole URI", d.credentials(hop, uri="http://files.example.com/docs?page=2"), logins=(NO_LOGIN,))
        via = hop.request("Via: 1.1 edge") + hop.response(f"{hop.asks}: {d.challenge()}")
        yield "other-uri", "Digest", "rewritten by a proxy", via + hop.request(
            "Via: 1.1 edge", f"{hop.answers}: {d.credentials(hop)}", path="/backend/docs?page=2") + hop.response(
                f"{hop.asks}: {d.challenge()}"), LOGIN
    stale = d.challenge(nonce='"n-2"', stale="true")
    for login in (NO_LOGIN, LOGIN):
        yield "stale-at-once", "Digest", algorithm, hop.refused(d.challenge(), d.credentials(hop), after=stale), login
        yield "stale-nonce", "Digest", f"unasked, {algorithm}", hop.refused(d.challenge(), d.credentials(hop), before=False, after=stale), login
        asked = hop.request() + hop.response(f"{hop.asks}: {d.challenge()}")
        good = [hop.request(f"{hop.answers}: {d.credentials(hop, nc=f'{n:08x}')}") + hop.response(status="200 OK") for n in (1, 2, 3)]
        refusal = hop.response(f"{hop.asks}: {d.challenge(nonce=chr(34) + 'n-2' + chr(34))}")
        for nc in ("00000001", "00000002", "00000003", "00000009"):
            last = hop.request(f"{hop.answers}: {d.credentials(hop, nc=nc)}") + refusal
            yield "nc-out-of-order", "Digest", f"{nc}, {algorithm}", asked + "".join(good) + last, login
        later = hop.request(f"{hop.answers}: {d.credentials(hop, nc='00000004')}") + hop.response(f"{hop.asks}: {stale}")
        yield "stale-nonce", "Digest", algorithm, asked + "".join(good) + later, login
    yield from refused("userhash", "not asked", d.credentials(hop, shown_user=h(base, f"{USER}:{REALM}"), userhash="true"), logins=(NO_LOGIN, NAMED))
    yield from refused("userhash", "not said", d.credentials(hop, shown_user=h(base, f"{USER}:{REALM}")),
                       challenge=d.challenge(userhash="true"), logins=(NO_LOGIN,))
    yield from refused("userhash", "plain", d.credentials(hop), challenge=d.challenge(userhash="true"), logins=(NO_LOGIN,))
    quoted = d.challenge(realm='"Staff "private" files"')
    yield from refused("quote-in-challenge", "", d.credentials(hop, realm="Staff "), challenge=quoted, logins=(NO_LOGIN,))
    yield from refused("quote-in-challenge", "unasked", d.credentials(hop, realm="Staff "), challenge=quoted, before=False, logins=(NO_LOGIN,))


def digest_hashes(hop, algorithm):
    d = Digest(algorithm)
    base = algorithm.removesuffix("-sess")

    def refused(expected, what, login=LOGIN, client=d, challenge=None, **changes):
        text = hop.refused(challenge or client.challenge(), client.credentials(hop, **changes))
        return expected, "Digest", f"{what}, {algorithm}", text, login

    for wrong in ("hunter2", PASSWORD + "4"):
        yield refused("wrong-password", wrong, password=wrong.encode())
        if not wrong.endswith("4"):
            yield refused("wrong-password", "no login", NO_LOGIN, password=wrong.encode())
            hashed = with_login(ha1=h(base, f"{USER}:{REALM}:{PASSWORD}"))
            yield refused("wrong-password", "H(A1)", hashed, password=wrong.encode())
            named = with_login(ha1=f"{USER}:{REALM}:" + h(base, f"{USER}:{REALM}:{PASSWORD}"))
            yield refused("wrong-password", "htdigest", named, password=wrong.encode())
            yield refused("refused-by-server", "htdigest", named)
    for user in ("bob", "Alice", "alice@example.com"):
        yield refused("wrong-user", user, NAMED, user=user)
    yield refused("wrong-user", "hashed", NAMED, challenge=d.challenge(userhash="true"), user="bob",
                  shown_user=h(base, f"bob:{REALM}"), userhash="true")
    for what, password in ALTERED.items():
        yield refused("altered-password", what, password=password.encode())
    for end in ("\n", "\r\n"):
        yield refused("control-character", repr(end), password=(PASSWORD + end).encode())
    for what, password in ENCODINGS.items():
        yield refused("other-charset", what, with_login(password=ACCENTED), password=password)
    other = "SHA-256" if base == "MD5" else "MD5"
    yield refused("wrong-hash", other, hash=other, session=False)
    yield refused("wrong-hash", "RFC 2069 with qop", hashed_qop=None)
    yield refused("wrong-hash", "without the query", hashed_uri=hop.target("/docs"))
    yield refused("wrong-hash", "auth-int", hashed_qop="auth-int")
    yield refused("wrong-hash", "no realm", hashed_realm="")
    yield refused("other-session", "without" if d.algorithm.endswith("-sess") else "with", session=not d.algorithm.endswith("-sess"))
    for method in ("HEAD", "POST", "get", ""):
        yield refused("other-method", method, hashed_method=method)
    escaped = Digest(algorithm, realm='The \\"inner\\" court')
    yield refused("escapes-hashed", "realm", client=escaped)
    backslash = with_login(user="CORP\\alice", password=PASSWORD)
    for login in (backslash, NO_LOGIN, LOGIN):
        yield refused("escapes-hashed", "user", login, user="CORP\\alice")
    for member in ("qop", "algorithm", "nc"):
        bare = {"qop": "auth", "algorithm": algorithm, "nc": "00000001"}[member]
        yield refused("quoted-member", member, form={member: f'"{bare}"'})
    unescaped = Digest(algorithm, realm='The \\"inner\\" court')
    yield refused("escapes-in-realm", "realm", client=unescaped, hashed_realm='The "inner" court')
    yield refused("refused-by-server", "")
    integrity = Digest(algorithm, qop="auth-int")
    yield refused("wrong-password", "auth-int", client=integrity, password=b"hunter2")
    yield refused("refused-by-server", "auth-int", client=integrity)


def bearer():
    def refused(hop, token, challenge=None, status=None, before=True, scheme="Bearer"):
        refusal = hop.response(f"{hop.asks}: {challenge or BEARER}", status=status)
        first = hop.request() + hop.response(f"{hop.asks}: {BEARER}") if before else ""
        return first + hop.request(f"{hop.answers}: {scheme} {token}") + refusal

    invalid = f'{BEARER}, error="invalid_token"'
    lives = {"exp": NOW + 3600, "iat": NOW - 60}
    for hop in HOPS[:3]:
        for before in (True, False):
            for challenge in (BEARER, invalid, f'{invalid}, error_description="bad token"'):
                for ago in (1, 60, 86400):
                    yield "token-expired", "Bearer", f"{ago} s", refused(hop, jwt(exp=NOW - ago, iat=NOW - ago - 60), challenge, before=before), NO_LOGIN
                yield "token-expired", "Bearer", "with a scope", refused(hop, jwt(exp=NOW - 9.5, scope="a b"), challenge, before=before), NO_LOGIN
                for claim in ("nbf", "iat"):
                    yield "token-not-yet-valid", "Bearer", claim, refused(hop, jwt(**{"exp": NOW + 7200, claim: NOW + 900}), challenge, before=before), NO_LOGIN
                token = jwt(**lives)
                for what, cut in (("two parts", token.rsplit(".", 1)[0]), ("no signature", token.rsplit(".", 1)[0] + "."),
                                  ("middle of the claims", token[:70]), ("header", token.split(".")[0]), ("last octets of the header", token[:20])):
                    yield "token-truncated", "Bearer", what, refused(hop, cut, challenge, before=before), NO_LOGIN
                for aud in ("https://api.other.example", ["https://a.example/", "https://b.example/x"], "https://files.example.org/"):
                    yield "wrong-audience", "Bearer", str(aud), refused(hop, jwt(aud=aud, **lives), challenge, before=before), NO_LOGIN
            yield "token-expired", "Bearer", "opaque, said", refused(hop, OPAQUE_TOKEN, f'{invalid}, error_description="The access token expired"', before=before), NO_LOGIN
            yield "wrong-audience", "Bearer", "said", refused(hop, jwt(**lives), f'{invalid}, error_description="Invalid audience"', before=before), NO_LOGIN
            scoped = f'{BEARER}, error="insufficient_scope", scope="read write"'
            for status in ("403 Forbidden", "401 Unauthorized"):
                for token in (OPAQUE_TOKEN, jwt(scope="read", **lives), jwt(scp=["read"], **lives)):
                    yield "insufficient-scope", "Bearer", status, refused(hop, token, scoped, status, before), NO_LOGIN
            yield "insufficient-scope", "Bearer", "no error", refused(hop, jwt(scope="read", **lives), f'{BEARER}, scope="read write"', before=before), NO_LOGIN
            step = f'{BEARER}, error="insufficient_user_authentication", max_age="5"'
            for token in (OPAQUE_TOKEN, jwt(auth_time=NOW - 999, **lives)):
                yield "step-up", "Bearer", "max_age", refused(hop, token, step, before=before), NO_LOGIN
                yield "step-up", "Bearer", "acr", refused(hop, token, step.replace('max_age="5"', 'acr_values="gold"'), before=before), NO_LOGIN
            for status in ("400 Bad Request", "401 Unauthorized"):
                yield "invalid-request", "Bearer", status, refused(hop, OPAQUE_TOKEN, f'{BEARER}, error="invalid_request"', status, before), NO_LOGIN
            for cause, code in (("dpop-nonce-needed", "use_dpop_nonce"), ("dpop-proof-refused", "invalid_dpop_proof")):
                for token in (OPAQUE_TOKEN, jwt(**lives)):
                    challenge = f'DPoP algs="ES256", error="{code}"'
                    yield cause, "DPoP", code, refused(hop, token, challenge, before=before, scheme="DPoP"), NO_LOGIN
            for token in (OPAQUE_TOKEN, jwt(**lives), jwt(aud="https://files.example.com/", **lives)):
                yield "token-refused", "Bearer", "", refused(hop, token, invalid, before=before), NO_LOGIN
                yield "token-refused", "Bearer", "no code", refused(hop, token, before=before), NO_LOGIN


def handshakes():
    for hop in (SERVER, HOPS[1], HOPS[2], PROXY):
        for scheme, first, server, last in (("NTLM", ntlm(1), ntlm(2), ntlm(3)), ("Negotiate", ntlm(1), ntlm(2), ntlm(3)),
                                            ("Negotiate", kerberos(), kerberos(spnego=False), kerberos())):
            mechanism = "NTLM" if first == ntlm(1) else "Kerberos"

            def sent(token, *more, **how):
                return hop.request(f"{hop.answers}: {scheme} {token}", *more, **how)

            def said(token="", *more, **how):
                return hop.response(f"{hop.asks}: {scheme} {token}".rstrip(), *more, **how)

            asked = hop.request() + said()
            end = f"{scheme}, {mechanism}, {hop.form}"
            for start in (asked, ""):
                yield "connection-closed", "Negotiate", end, start + sent(first) + said(server, "Connection: close"), NO_LOGIN
                yield "connection-closed", "Negotiate", f"by the client, {end}", start + sent(first, "Connection: close") + said(server), NO_LOGIN
                yield "connection-closed", "Negotiate", f"HTTP/1.0, {end}", start + sent(first) + said(server, protocol="HTTP/1.0"), NO_LOGIN
                yield "handshake-over-http2", "Negotiate", end, start + sent(first, protocol="HTTP/2") + said(protocol="HTTP/2"), NO_LOGIN
                yield "handshake-unfinished", "Negotiate", end, start + sent(first) + said(server), NO_LOGIN
                yield "handshake-restarted", "Negotiate", end, start + (sent(first) + said(server)) + sent(first) + said(), NO_LOGIN
                if not hop.proxy:
                    yield "handshake-through-proxy", "Negotiate", end, start + sent(last) + said("", "Via: 1.1 squid"), NO_LOGIN
            yield "not-base64", "Negotiate", end, asked + sent("TlRM*"[:4] + "VNTUA.AB") + said(), NO_LOGIN
            if scheme == "NTLM":
                yield "ticket-refused", "Negotiate", end, asked + sent(first) + said(server) + sent(last) + said(), NO_LOGIN
            elif mechanism == "NTLM":
                yield "no-ticket", "Negotiate", end, asked + sent(first) + said(), NO_LOGIN
                yield "no-ticket", "Negotiate", f"SPNEGO, {end}", asked + sent(ntlm_in_spnego()) + said(), NO_LOGIN
                yield "no-ticket", "Negotiate", f"address, {end}", asked + sent(first, host="192.0.2.7:8080") + said(), NO_LOGIN
            else:
                yield "ticket-refused", "Negotiate", end, asked + sent(first) + said(), NO_LOGIN
                for spnego in (True, False):
                    for code in (37, 32, 33):
                        yield "clock-skew", "Negotiate", f"{code}, {end}", asked + sent(first) + said(krb_error(code, spnego)), NO_LOGIN
                    for code in (35, 41):
                        yield "wrong-service", "Negotiate", f"{code}, {end}", asked + sent(first) + said(krb_error(code, spnego)), NO_LOGIN
                    yield "ticket-refused", "Negotiate", f"60, {end}", asked + sent(first) + said(krb_error(60, spnego)), NO_LOGIN
                    if not hop.proxy:
                        for host in ("intranet", "files.example.org", "www.files.example.com"):
                            yield "wrong-service", "Negotiate", host, asked + sent(kerberos(host, spnego)) + said(), NO_LOGIN


def unasked():
    """Requests without credentials, and nothing that makes the client send some."""
    for hop in HOPS:
        for scheme, (challenge, _) in CREDENTIALS.items():
            if not hop.proxy:
                tunnel = hop.request(method="CONNECT", target="files.example.com:443")
                yield "asked-with-other-status", scheme, hop.form, tunnel + hop.response(f"WWW-Authenticate: {challenge}"), NO_LOGIN
                asks = ("Origin: https://app.example.com", "Access-Control-Request-Method: PUT")
                yield "preflight", scheme, hop.form, hop.request(*asks, method="OPTIONS") + hop.response(f"{hop.asks}: {challenge}"), NO_LOGIN
            moved = hop.response("Location: https://store.example.com/docs", status="302 Found")
            asked = hop.request(host="store.example.com") + hop.response(f"{hop.asks}: {challenge}")
            if not hop.proxy:
                credentials = CREDENTIALS[scheme][1]
                yield "dropped-at-redirect", scheme, hop.form, hop.request(f"{hop.answers}: {credentials}") + moved + asked, NO_LOGIN
                yield "dropped-at-redirect", scheme, f"twice, {hop.form}", hop.request(
                    f"{hop.answers}: {credentials}") + moved + hop.request(host="store.example.com") + moved + asked, NO_LOGIN
        yield "no-challenge", "none", hop.form, hop.request() + hop.response(), NO_LOGIN


def unreadable():
    """Challenges that nobody can read as they were meant."""
    for hop in HOPS:
        for what, value in (("comma missing", 'Digest realm="r" nonce="n-1", qop="auth"'),
                            ("semicolons", 'Digest realm="r"; nonce="n-1"; qop="auth"'),
                            ("quote missing", 'Digest realm="r, nonce="n-1", qop="auth"')):
            legacy = Digest(realm="r", opaque=None)
            credentials = legacy.credentials(hop, algorithm=None, hash="MD5", session=False)
            yield "challenge-unreadable", "Digest", what, hop.refused(value, credentials), NO_LOGIN


def all_planted():
    for part in (any_scheme, realms_and_words, basic, digest, unasked, unreadable, bearer, handshakes):
        yield from part()


def first_reasons(authlint, cases, login, folder):
    """The first reason that authlint gives for the last refusal in each of the conversations."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WHY_")}
    words = []
    if login["user"]:
        words += ["--user", login["user"]]
    if login["password"] is not None:
        environment["WHY_PASSWORD"] = login["password"]
        words += ["--password-env", "WHY_PASSWORD"]
    if login["ha1"]:
        environment["WHY_HA1"] = login["ha1"]
        words += ["--ha1-env", "WHY_HA1"]
    paths = []
    for number, case in enumerate(cases):
        paths.append(folder / f"{number}.http")
        paths[-1].write_bytes(case[3].encode())
    done = subprocess.run([authlint, "why", "--json", *words, *map(str, paths)], env=environment, stdout=subprocess.PIPE, check=False)
    if done.returncode != 1:
        sys.exit(f"authlint why: exit code {done.returncode}")
    for secret in (PASSWORD, ACCENTED, json.dumps(PASSWORD)[1:-1], RIGHT_BASIC[6:], OPAQUE_TOKEN, KERBEROS[:60]):
        if secret.encode() in done.stdout:
            sys.exit(f"authlint why shows a secret: {secret}")
    reasons = {}
    for refusal in json.loads(done.stdout)["refusals"]:
        reasons[refusal["source"]] = [(r["id"], r["certainty"]) for r in refusal["reasons"]]
    return [reasons.get(str(path), []) for path in paths]


def causes_of(authlint):
    """The causes that authlint explains, with their titles, in its order."""
    said = subprocess.run([authlint, "explain"], stdout=subprocess.PIPE, check=True).stdout.decode()
    section = said.partition("Causes of a refusal")[2].partition("\n\n")[0].splitlines()[1:]
    return dict(re.fullmatch(r" *(\S+) +(.*)", line).groups() for line in section)


def page(causes, counts, total, right):
    """docs/refusals.md."""
    lines = []
    for cause, title in causes.items():
        planted = ", ".join(f"{scheme} {n[1]} of {n[0]}" for (c, scheme), n in sorted(counts.items()) if c == cause)
        lines.append(f"| `{cause}` | {title} | {planted} |")
    return "\n".join([
        "# Causes of a refusal", "",
        "Made by `tests/audit/why/planted.py --write`. These are the causes that `authlint why` can name; `authlint explain ID` says",
        "more about each. Among equally certain reasons it names the one higher in this list first. The last column counts test",
        "conversations: each has one planted cause, and the number says how often `why` named that cause first.", "",
        f"In {right} of all {total} test conversations the planted cause came first. [corpus/refusals](../corpus/refusals/README.md) has logins that real servers refused.", "",
        "| cause | what it is | named first |", "|---|---|---|", *lines, ""])


def sample():
    """One conversation of each variant, whatever the algorithm and the form of the dump, a JSON object a line."""
    seen = {}
    for cause, scheme, variant, text, login in all_planted():
        words = [w for w in variant.split(", ") if w not in ALGORITHMS and w not in ("raw", "lf", "curl", "server", "proxy")]
        seen.setdefault((cause, scheme, " ".join(words), json.dumps(login)), {"cause": cause, **login, "text": text})
    return "".join(json.dumps(case) + "\n" for case in seen.values())


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("authlint")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    by_login = collections.defaultdict(list)
    for case in all_planted():
        by_login[json.dumps(case[4])].append(case)
    counts = collections.defaultdict(lambda: [0, 0])
    for login, cases in by_login.items():
        with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
            for case, reasons in zip(cases, first_reasons(arguments.authlint, cases, json.loads(login), pathlib.Path(folder))):
                right = bool(reasons) and reasons[0][0] == case[0]
                counts[case[0], case[1]][0] += 1
                counts[case[0], case[1]][1] += right
                if arguments.show and not right:
                    print(f"{case[0]} ({case[1]}, {case[2]}), login {login}: {reasons}\n{case[3]}")
    faults = []
    for (cause, scheme), (total, right) in sorted(counts.items()):
        print(f"{cause:26} {scheme:10} {right:5} of {total}")
        if right < 0.75 * total:
            faults.append(f"{cause}, {scheme}: {right} of {total} is too few")
    total, right = (sum(c[i] for c in counts.values()) for i in (0, 1))
    planted = {cause for cause, _ in counts}
    print(f"{len(planted)} causes, {len(counts)} of them and a scheme, {total} conversations: {right} named first, {100 * right / total:.2f} %")
    if right < GOAL * total:
        faults.append(f"{right} of {total} is less than {GOAL:.0%}")
    causes = causes_of(arguments.authlint)
    faults += [f"{cause} is not planted" for cause in causes if cause not in planted]
    text = page(causes, counts, total, right)
    for path, wanted in ((PAGE, text), (SAMPLE, sample())):
        if arguments.write:
            path.write_text(wanted, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != wanted:
            faults.append(f"{path.name} is not what --write makes")
    for fault in faults:
        print(f"fault: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
