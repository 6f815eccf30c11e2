"""Makes the captures: real servers and real clients on loopback. Called by scripts/capture."""

import argparse
import base64
import hashlib
import hmac
import json
import pathlib
import re
import shutil
import signal
import sys
import tempfile
import time

import servers
from servers import HOST, PASSWORD, PROXY_HOST, USER
from wire import split_messages
from workshop import Workshop

URL = f"http://{HOST}"
LOGIN = f"{USER}:{PASSWORD}"
TOKEN_KEY = b"throw-away-key-of-thirty-two-bytes"


def curl(*words):
    return ["curl", "-sS", "--max-time", "15", *words]


def to(path, *words):
    """curl asking the origin server behind the relay for `path`, under its example name."""
    return curl("-o", "/dev/null", "--connect-to", f"{HOST}:80:127.0.0.1:PORT", *words, URL + path)


def shown(form, path, *words):
    """The same, with the messages printed by curl: form is `-i` or `-v`."""
    return curl(form, "--connect-to", f"{HOST}:80:127.0.0.1:PORT", *words, URL + path)


def through(path, *words):
    """curl asking the proxy behind the relay, under its example name."""
    return curl(
        "-o",
        "/dev/null",
        "--resolve",
        f"{PROXY_HOST}:PORT:127.0.0.1",
        "-x",
        f"http://{PROXY_HOST}:PORT",
        *words,
        URL + path,
    )


def scripted(*heads):
    """A listener that answers the requests with these header sections in turn; for what no server here offers."""
    answers = [("\r\n".join(head) + "\r\nContent-Length: 0\r\n\r\n").encode() for head in heads]
    return {
        "configuration": [
            "no server: the listener of scripts/capture answers",
            *(line for head in heads for line in head),
        ],
        "answers": [(answer, None) for answer in answers],
    }


def web_token(claims):
    """A JSON Web Token of HS256, as a client would get it from an authorization server."""

    def part(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims, separators=(",", ":")).encode())
    return (text + b"." + part(hmac.new(TOKEN_KEY, text, hashlib.sha256).digest())).decode()


def wget(path):
    words = ["wget", "-q", "-O", "/dev/null", "--header", f"Host: {HOST}", "--user", USER, "--password", PASSWORD]
    return [*words, f"http://127.0.0.1:PORT{path}"]


def requests_get(path, kind):
    """Debian's python requests with its class of authentication `kind`."""
    auth = f"requests.auth.{kind}('{USER}', '{PASSWORD}')"
    return [
        "/usr/bin/python3",
        "-c",
        f"import requests; requests.get('http://127.0.0.1:PORT{path}', auth={auth}, headers={{'Host': '{HOST}'}})",
    ]


def lwp_get(path):
    where = "127.0.0.1:PORT"
    return [
        "perl",
        "-MLWP::UserAgent",
        "-e",
        f"my $ua = LWP::UserAgent->new; $ua->credentials('{where}', '{servers.REALM}', '{USER}', '{PASSWORD}'); "
        f"$ua->get('http://{where}{path}', Host => '{HOST}');",
    ]


def capture_nginx(shop):
    at = servers.nginx(shop)
    www = {"fields": ["WWW-Authenticate"]}
    plain = "one Basic challenge"
    shop.exchange(at["/basic/"], to("/basic/"), [401], plain, response="basic-401", **www)
    shop.exchange(at["/basic/"], shown("-i", "/basic/"), [401], plain, output="basic-401.curl-i", **www)
    shop.exchange(at["/basic/"], shown("-v", "/basic/"), [401], plain, output="basic-401.curl-v", **www)
    shop.exchange(
        at["/basic/"],
        to("/basic/", "-u", f"{USER}:wrong"),
        [401],
        "the answer to a wrong password: the same challenge again",
        response="basic-wrong-password-401",
        **www,
    )
    shop.exchange(
        at["/quotes/"],
        to("/quotes/"),
        [401],
        "a realm with quotes is sent without escapes: the value breaks off after the second DQUOTE",
        response="basic-quotes-401",
        **www,
    )
    shop.exchange(
        at["/backslash/"],
        to("/backslash/"),
        [401],
        "a backslash in the realm is sent as it stands: to the grammar it escapes the letter after it",
        response="basic-backslash-401",
        **www,
    )
    shop.exchange(
        at["/trailing/"],
        to("/trailing/"),
        [401],
        "a backslash at the end of the realm escapes the closing DQUOTE: the quoted-string never ends",
        response="basic-trailing-backslash-401",
        **www,
    )
    shop.exchange(
        at["/utf8/"],
        to("/utf8/"),
        [401],
        "a realm in UTF-8: obs-text in a quoted-string",
        response="basic-utf8-401",
        **www,
    )
    shop.exchange(
        at["/two/"],
        to("/two/"),
        [401],
        "two field lines: a Basic and a Bearer challenge",
        response="basic-and-bearer-401",
        **www,
    )
    shop.exchange(
        at["/forbidden/"], to("/forbidden/"), [403], "for contrast: 403 without a challenge", response="forbidden-403"
    )
    sent = {"request_fields": ["Authorization"]}
    shop.exchange(
        at["/basic/"], to("/basic/", "-u", LOGIN), [200], "Basic credentials, sent unasked", request="basic", **sent
    )
    shop.exchange(
        at["/basic/"],
        to("/basic/", "-u", "jürgen:pässwörd"),
        [401],
        "Basic credentials in UTF-8",
        request="basic-utf8",
        **sent,
    )
    shop.exchange(
        at["/basic/"],
        to("/basic/", "-u", ":"),
        [401],
        "Basic credentials with an empty user and an empty password",
        request="basic-empty",
        **sent,
    )
    shop.exchange(
        at["/basic/"],
        wget("/basic/"),
        [401, 200],
        "wget waits for the challenge, then sends Basic credentials",
        request="basic",
        client="wget",
        **sent,
    )
    shop.exchange(
        at["/basic/"],
        requests_get("/basic/", "HTTPBasicAuth"),
        [200],
        "Basic credentials of python requests",
        request="basic",
        client="python3-requests",
        **sent,
    )
    shop.exchange(
        at["/basic/"],
        lwp_get("/basic/"),
        [401, 200],
        "LWP waits for the challenge, then sends Basic credentials",
        request="basic",
        client="libwww-perl",
        **sent,
    )


def capture_apache(shop, tickets):
    at = servers.apache(shop)
    www = {"fields": ["WWW-Authenticate"]}
    info = {"fields": ["Authentication-Info"], "request_fields": ["Authorization"]}
    shop.exchange(at["/basic/"], to("/basic/"), [401], "one Basic challenge", response="basic-401", **www)
    shop.exchange(
        at["/basic/"],
        to("/basic/", "-u", f"{USER}:wrong"),
        [401],
        "the answer to a wrong password: the same challenge again",
        response="basic-wrong-password-401",
        **www,
    )
    shop.exchange(
        at["/quotes/"],
        to("/quotes/"),
        [401],
        "a realm with quotes, escaped as the grammar wants",
        response="basic-quotes-401",
        **www,
    )
    shop.exchange(
        at["/backslash/"],
        to("/backslash/"),
        [401],
        "a backslash in the realm is sent as it stands: to the grammar it escapes the letter after it",
        response="basic-backslash-401",
        **www,
    )
    shop.exchange(
        at["/trailing/"],
        to("/trailing/"),
        [401],
        "a backslash at the end of the realm escapes the closing DQUOTE",
        response="basic-trailing-backslash-401",
        **www,
    )
    shop.exchange(
        at["/utf8/"],
        to("/utf8/"),
        [401],
        "a realm in UTF-8: obs-text in a quoted-string",
        response="basic-utf8-401",
        **www,
    )
    shop.exchange(at["/digest/"], to("/digest/"), [401], "one Digest challenge of MD5", response="digest-401", **www)
    shop.exchange(
        at["/digest/"], shown("-i", "/digest/"), [401], "one Digest challenge of MD5", output="digest-401.curl-i", **www
    )
    shop.exchange(
        at["/digest/"], shown("-v", "/digest/"), [401], "one Digest challenge of MD5", output="digest-401.curl-v", **www
    )
    shop.exchange(
        at["/digest-domain/"],
        to("/digest-domain/"),
        [401],
        "a Digest challenge with a domain of two URIs",
        response="digest-domain-401",
        **www,
    )
    shop.exchange(
        at["/digest-quotes/"],
        to("/digest-quotes/"),
        [401],
        "a Digest challenge whose realm has escaped quotes",
        response="digest-quotes-401",
        **www,
    )
    login = ("--digest", "-u", LOGIN)
    messages, requests = shop.exchange(
        at["/digest/"],
        to("/digest/", *login),
        [401, 200],
        "a Digest login: the challenge, then 200 with Authentication-Info",
        response="digest-login",
        request="digest-md5",
        request_shows="a Digest login: a request without credentials, then one with MD5",
        **info,
    )
    shop.exchange(
        at["/digest/"],
        shown("-i", "/digest/", *login),
        [401, 200],
        "a Digest login: the challenge, then 200 with Authentication-Info",
        output="digest-login.curl-i",
        **info,
    )
    shop.exchange(
        at["/digest/"],
        shown("-v", "/digest/", *login),
        [401, 200],
        "a Digest login with its requests: Authorization and Authentication-Info",
        output="digest-login.curl-v",
        **info,
    )
    shop.exchange(
        at["/digest/"],
        to("/digest/", "--digest", "-u", f"{USER}:wrong"),
        [401, 401],
        "a Digest login with a wrong password: a second 401 with a new nonce",
        response="digest-wrong-password-401",
        **www,
    )
    shop.exchange(
        at["/digest-quotes/"],
        to("/digest-quotes/", *login),
        [401, 401],
        "the right password for a realm with quotes: 401 again, for httpd compares the realm it reads without escapes "
        "with its own with escapes",
        response="digest-quotes-login",
        request="digest-quotes",
        request_shows="Digest credentials that give back a realm with quotes",
        **www,
    )
    shop.exchange(
        at["/digest/"],
        to("/digest/", "--digest", "-u", 'al"i\\ce:x'),
        [401, 401],
        "Digest credentials with a quote and a backslash in the user name",
        request="digest-quoted-user",
        request_fields=["Authorization"],
    )
    shop.exchange(
        at["/digest/"],
        to("/digest/", "--digest", "-u", "jürgen:x"),
        [401, 401],
        "Digest credentials with a user name in UTF-8: obs-text",
        request="digest-utf8-user",
        request_fields=["Authorization"],
    )
    _, requests = shop.exchange(at["/digest-short/"], to("/digest-short/", *login), [401, 200], "", **info)
    time.sleep(2.5)
    header = "Authorization: " + requests[-1].values("authorization")[0].decode()
    messages, _ = shop.exchange(
        at["/digest-short/"],
        to("/digest-short/", "-H", header),
        [401],
        "credentials with a nonce that is too old: a challenge with stale=true",
        response="digest-stale-401",
        **www,
    )
    if b"stale=true" not in messages[0].values("www-authenticate")[0]:
        raise RuntimeError("no stale=true in the challenge for an old nonce")

    shop.exchange(
        at["/negotiate/"],
        to("/negotiate/"),
        [401],
        "a challenge of a scheme name alone",
        response="negotiate-401",
        **www,
    )
    shop.exchange(
        at["/negotiate-basic/"],
        to("/negotiate-basic/"),
        [401],
        "two schemes, two field lines: Negotiate and Basic",
        response="negotiate-and-basic-401",
        **www,
    )
    shop.exchange(
        at["/negotiate/"],
        to("/negotiate/", "--negotiate", "-u", ":"),
        [200],
        "a Kerberos login: the 200 carries a token68 in WWW-Authenticate",
        response="negotiate-login",
        request="negotiate",
        request_shows="a Kerberos login: a token68 of some hundred bytes",
        request_fields=["Authorization"],
        environment=tickets,
        **www,
    )

    bearer = ("--oauth2-bearer",)
    token = web_token({"iss": "https://auth.example.test", "sub": USER, "exp": 4102444800})
    shop.exchange(
        at["/bearer/"], to("/bearer/"), [401], "a Bearer challenge of mod_auth_openidc", response="bearer-401", **www
    )
    shop.exchange(
        at["/bearer/"],
        to("/bearer/", *bearer, "not-a-token"),
        [401],
        "a Bearer challenge after a bad token: error and error_description",
        response="bearer-invalid-token-401",
        **www,
    )
    shop.exchange(
        at["/bearer/"],
        to("/bearer/", *bearer, token),
        [200],
        "Bearer credentials: a JSON Web Token as token68",
        request="bearer",
        request_fields=["Authorization"],
    )
    shop.exchange(
        at["/forbidden/"], to("/forbidden/"), [403], "for contrast: 403 without a challenge", response="forbidden-403"
    )

    proxy = {"fields": ["Proxy-Authenticate"]}
    shop.exchange(
        at["proxy-basic"], through("/"), [407], "a Basic challenge of a proxy", response="proxy-basic-407", **proxy
    )
    shop.exchange(
        at["proxy-digest"], through("/"), [407], "a Digest challenge of a proxy", response="proxy-digest-407", **proxy
    )
    shop.exchange(
        at["proxy-digest"],
        through("/", "--proxy-digest", "-U", LOGIN),
        [407, 200],
        "a Digest login to a proxy: the 200 carries no Proxy-Authentication-Info, unlike the origin server's",
        response="proxy-digest-login",
    )

    shop.exchange(
        at["/digest/"],
        wget("/digest/"),
        [401, 200],
        "Digest credentials of wget",
        request="digest-md5",
        client="wget",
        **info,
    )
    for path, label, what in (
        ("/digest/", "digest-md5", "Digest credentials"),
        ("/digest-quotes/", "digest-quotes", "Digest credentials for a realm with quotes"),
    ):
        shop.exchange(
            at[path],
            requests_get(path, "HTTPDigestAuth"),
            [401, 401] if "quotes" in path else [401, 200],
            f"{what} of python requests",
            request=label,
            client="python3-requests",
            request_fields=["Authorization"],
        )
    shop.exchange(
        at["/digest/"],
        lwp_get("/digest/"),
        [401, 200],
        "Digest credentials of LWP",
        request="digest-md5",
        client="libwww-perl",
        **info,
    )
    return at["/basic/"]["port"]


def capture_lighttpd(shop):
    at = servers.lighttpd(shop)
    www = {"fields": ["WWW-Authenticate"]}
    both = "two Digest challenges on two field lines, SHA-256 and MD5"
    shop.exchange(at["/basic/"], to("/basic/"), [401], "a Basic challenge with charset", response="basic-401", **www)
    shop.exchange(
        at["/quotes/"],
        to("/quotes/"),
        [401],
        "a realm with quotes is sent without escapes: the value breaks off after the second DQUOTE",
        response="basic-quotes-401",
        **www,
    )
    shop.exchange(
        at["/utf8/"],
        to("/utf8/"),
        [401],
        "a realm in UTF-8: obs-text in a quoted-string",
        response="basic-utf8-401",
        **www,
    )
    shop.exchange(at["/digest/"], to("/digest/"), [401], "a Digest challenge of MD5", response="digest-401", **www)
    shop.exchange(at["/digest-both/"], to("/digest-both/"), [401], both, response="digest-both-401", **www)
    shop.exchange(
        at["/digest-both/"], shown("-i", "/digest-both/"), [401], both, output="digest-both-401.curl-i", **www
    )
    shop.exchange(
        at["/digest-quotes/"],
        to("/digest-quotes/"),
        [401],
        "a Digest realm with quotes is sent without escapes",
        response="digest-quotes-401",
        **www,
    )
    login = ("--digest", "-u", LOGIN)
    shop.exchange(
        at["/digest/"],
        to("/digest/", "--digest", "-u", f"{USER}:wrong"),
        [401, 401],
        "a Digest login with a wrong password: a second 401",
        response="digest-wrong-password-401",
        **www,
    )
    shop.exchange(
        at["/digest-sha256/"],
        to("/digest-sha256/", *login),
        [401, 200],
        "a Digest login of SHA-256",
        response="digest-sha256-login",
        request="digest-sha256",
        request_shows="a Digest login: a request without credentials, then one with SHA-256",
        request_fields=["Authorization"],
    )
    shop.exchange(
        at["/digest-quotes/"],
        to("/digest-quotes/", *login),
        [401, 401],
        "what curl makes of a realm with unescaped quotes",
        request="digest-unescaped-realm",
        request_fields=["Authorization"],
    )
    shop.exchange(
        at["/forbidden/"], to("/forbidden/"), [403], "for contrast: 403 without a challenge", response="forbidden-403"
    )


def capture_squid(shop, origin, tickets):
    proxy = {"fields": ["Proxy-Authenticate"]}
    sent = {"request_fields": ["Proxy-Authorization"]}
    basic = servers.squid(shop, ["basic"], origin=origin)
    shop.exchange(basic, through("/"), [407], "a Basic challenge of a proxy", response="basic-407", **proxy)
    shop.exchange(
        basic,
        through("/", "-U", f"{USER}:wrong"),
        [407],
        "the answer to a wrong password: the same challenge again",
        response="basic-wrong-password-407",
        **proxy,
    )
    shop.exchange(
        basic,
        through("/", "-U", LOGIN),
        [200],
        "Basic credentials for a proxy, sent unasked",
        request="proxy-basic",
        **sent,
    )

    digest = servers.squid(shop, ["digest"], origin=origin)
    shop.exchange(
        digest, through("/"), [407], "a Digest challenge of a proxy, without algorithm", response="digest-407", **proxy
    )
    shop.exchange(
        digest,
        through("/", "--proxy-digest", "-U", LOGIN),
        [407, 200],
        "a Digest login to a proxy",
        response="digest-login",
        request="proxy-digest",
        request_shows="a Digest login to a proxy",
        **sent,
    )
    shop.exchange(
        digest,
        through("/basic/", "--proxy-digest", "-U", LOGIN, "--basic", "-u", LOGIN),
        [407, 200],
        "Authorization and Proxy-Authorization in one request",
        request="proxy-digest-and-basic",
        request_fields=["Proxy-Authorization", "Authorization"],
    )

    once = servers.squid(shop, ["digest"], origin=origin, more=["auth_param digest nonce_max_count 1"])
    shop.exchange(
        once,
        through("/", "--proxy-digest", "-U", LOGIN),
        [407, 200],
        "a Digest login to a proxy whose nonce may be used once: the 200 carries a nextnonce",
        response="digest-nextnonce",
        fields=["Proxy-Authentication-Info"],
        **sent,
    )

    both = servers.squid(shop, ["digest", "basic"], origin=origin)
    two = "two schemes, two field lines: Digest and Basic"
    shop.exchange(both, through("/"), [407], two, response="digest-and-basic-407", **proxy)
    shop.exchange(
        both,
        curl("-v", "--resolve", f"{PROXY_HOST}:PORT:127.0.0.1", "-x", f"http://{PROXY_HOST}:PORT", URL + "/"),
        [407],
        two,
        output="digest-and-basic-407.curl-v",
        **proxy,
    )
    all_four = servers.squid(shop, ["negotiate", "ntlm", "digest", "basic"], origin=origin)
    shop.exchange(all_four, through("/"), [407], "four schemes, four field lines", response="four-schemes-407", **proxy)
    shop.exchange(
        all_four,
        through("/", "--proxy-negotiate", "-U", ":"),
        [200],
        "a Kerberos login to a proxy",
        request="proxy-negotiate",
        environment=tickets,
        **sent,
    )
    _, requests = shop.exchange(
        scripted(["HTTP/1.1 200 OK"]),
        to("/", "--ntlm", "-u", LOGIN),
        [200],
        "the first message of NTLM as token68",
        request="ntlm",
        request_fields=["Authorization"],
    )
    header = "Proxy-Authorization: " + requests[0].values("authorization")[0].decode()
    shop.exchange(
        all_four,
        through("/", "--proxy-header", header),
        [407],
        "the second message of NTLM: a challenge of scheme and token68",
        response="ntlm-challenge-407",
        **proxy,
    )
    quotes = servers.squid(shop, ["digest", "basic"], realm=servers.QUOTES, origin=origin)
    shop.exchange(
        quotes,
        through("/"),
        [407],
        "a realm with quotes is sent without escapes in both challenges",
        response="quotes-407",
        **proxy,
    )
    closed = servers.squid(shop, [], rules=["http_access deny all"])
    shop.exchange(
        closed, through("/"), [403], "for contrast: 403 of a proxy, without a challenge", response="forbidden-403"
    )


def capture_others(shop):
    www = {"fields": ["WWW-Authenticate"]}
    proxy = {"fields": ["Proxy-Authenticate"]}
    unescaped = "a realm with quotes is sent without escapes: the value breaks off after the second DQUOTE"
    at = servers.h2o(shop)
    shop.exchange(
        at["/basic/"],
        to("/basic/"),
        [401],
        "the Basic handler that h2o ships; field names in lower case",
        response="basic-401",
        **www,
    )
    shop.exchange(at["/quotes/"], to("/quotes/"), [401], unescaped, response="basic-quotes-401", **www)
    at = servers.haproxy(shop)
    shop.exchange(at["/basic/"], to("/basic/"), [401], "a Basic challenge", response="basic-401", **www)
    shop.exchange(
        at["/basic/"], through("/basic/"), [407], "the same rule, asked as a proxy: 407", response="basic-407", **proxy
    )
    shop.exchange(at["/quotes/"], to("/quotes/"), [401], unescaped, response="basic-quotes-401", **www)
    shop.exchange(
        servers.tinyproxy(shop),
        through("/"),
        [407],
        "a Basic challenge of a proxy in an HTTP/1.0 response that ends with the connection",
        response="basic-407",
        **proxy,
    )
    token = servers.registry(shop, "token")
    shop.exchange(
        token,
        to("/v2/"),
        [401],
        "a Bearer challenge without a space after the comma, quotes escaped",
        response="bearer-401",
        **www,
    )
    shop.exchange(
        token,
        to("/v2/alpine/manifests/latest"),
        [401],
        "a Bearer challenge with a scope",
        response="bearer-scope-401",
        **www,
    )
    shop.exchange(
        token,
        to("/v2/", "--oauth2-bearer", "not-a-token"),
        [401],
        "a Bearer challenge after a bad token",
        response="bearer-invalid-token-401",
        **www,
    )
    shop.exchange(
        servers.registry(shop, "basic"),
        to("/v2/"),
        [401],
        "a realm with quotes, escaped as the grammar wants",
        response="basic-quotes-401",
        **www,
    )
    local = curl("-o", "/dev/null", "--connect-to", "localhost:80:127.0.0.1:PORT", "http://localhost/")
    shop.exchange(
        servers.cups(shop),
        local,
        [401],
        "two challenges on one field line: Basic, and Local without a parameter",
        response="basic-401",
        **www,
    )


def capture_scripted(shop):
    """Clients against challenges that no server here sends."""
    ok = ["HTTP/1.1 200 OK"]
    sent = {"request_fields": ["Authorization"]}
    login = ("--digest", "-u", LOGIN)

    def challenge(value):
        return scripted(["HTTP/1.1 401 Unauthorized", f"WWW-Authenticate: {value}"], ok)

    nonce = (
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    shop.exchange(
        challenge(f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, {nonce}'),
        to("/dir/index.html", *login),
        [401, 200],
        "the SHA-256 challenge of RFC 7616, section 3.9.1, answered by curl",
        request="digest-rfc7616",
        **sent,
    )
    shop.exchange(
        challenge(
            f'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, {nonce}, charset=UTF-8, userhash=true'
        ),
        to("/doe.json", *login),
        [401, 200],
        "the SHA-512-256 challenge of RFC 7616, section 3.9.2, with userhash, answered by curl",
        request="digest-userhash",
        **sent,
    )
    shop.exchange(
        challenge(f'Digest realm="{servers.REALM}", {nonce}'),
        to("/", *login),
        [401, 200],
        "a Digest challenge without qop and algorithm, answered by curl",
        request="digest-legacy",
        **sent,
    )
    shop.exchange(
        challenge(f'Digest realm="{servers.REALM}", qop="auth", algorithm=SHA-256-sess, {nonce}'),
        to('/a,b?c="d"', *login),
        [401, 200],
        "a Digest answer of SHA-256-sess for a request target with bare quotes, which curl leaves unescaped in uri",
        request="digest-sess",
        **sent,
    )
    shop.exchange(
        scripted(ok),
        to("/", "--aws-sigv4", "aws:amz:us-east-1:service", "-u", "AKIDEXAMPLE:throw-away"),
        [200],
        "the credentials of AWS Signature Version 4",
        request="aws-sigv4",
        **sent,
    )
    shop.exchange(
        scripted(ok),
        to("/", "--oauth2-bearer", "mF_9.B5f-4.1JqM"),
        [200],
        "the Bearer credentials of RFC 6750, section 2.1",
        request="bearer-rfc6750",
        **sent,
    )


def check(folder):
    """Compares a folder of captures with its provenance.json and prints what differs; returns the exit code."""
    record = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    captures = {capture["file"]: capture for capture in record["captures"]}
    own = {"provenance.json", "README.md", ".gitattributes"}
    files = {path.name for path in folder.iterdir()} - own
    wrong = [f"{name}: no provenance" for name in sorted(files - captures.keys())]
    wrong += [f"{name}: no such file" for name in sorted(captures.keys() - files)]
    for name in sorted(files & captures.keys()):
        data = (folder / name).read_bytes()
        capture = captures[name]
        statuses = [int(code) for code in re.findall(rb"^(?:< )?HTTP/1\.[01] (\d{3})[^\r\n]*\r$", data, re.MULTILINE)]
        if statuses != capture.get("statuses", []):
            wrong.append(f"{name}: status codes {statuses}, not {capture.get('statuses')}")
        # curl does not print every body that it reads, so only the raw messages can be framed.
        if capture["form"] == "raw":
            try:
                split_messages(data)
            except ValueError as error:
                wrong.append(f"{name}: {error}")
    for line in wrong:
        print(f"capture: {line}", file=sys.stderr)
    print(f"{len(files)} captures checked, {len(wrong)} differences")
    return 1 if wrong or not files else 0


def make(options):
    packages = dict(line.split() for line in options.packages.read_text().splitlines())
    # SIGTERM and SIGHUP become an exit like any other, so that the servers are stopped.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    work = tempfile.mkdtemp(prefix="authgrammar-capture-")
    pathlib.Path(work).chmod(0o755)
    made = pathlib.Path(work) / "made"
    made.mkdir()
    shop = Workshop(options.root, packages, work, made)
    try:
        servers.site(shop)
        servers.password_files(shop)
        tickets = servers.kerberos(shop)
        capture_nginx(shop)
        origin = capture_apache(shop, tickets)
        capture_lighttpd(shop)
        capture_squid(shop, origin, tickets)
        capture_others(shop)
        capture_scripted(shop)
        shop.write_provenance()
        publish(made, options.output)
    except RuntimeError as error:
        sys.exit(f"capture: {error}")
    finally:
        shop.stop()
        shutil.rmtree(work, ignore_errors=True)
    print(f"{len(shop.captures)} captures in {options.output}")


def publish(made, output):
    """Copies the captures to `output`; those of an earlier run, as its provenance.json names them, go first."""
    output.mkdir(parents=True, exist_ok=True)
    record = output / "provenance.json"
    if record.exists():
        for capture in json.loads(record.read_text(encoding="utf-8"))["captures"]:
            (output / capture["file"]).unlink(missing_ok=True)
    for made_file in made.iterdir():
        shutil.copyfile(made_file, output / made_file.name)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=("make", "check"))
    parser.add_argument("--root", type=pathlib.Path)
    parser.add_argument("--packages", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    options = parser.parse_args()
    if options.action == "check":
        sys.exit(check(options.output))
    make(options)


if __name__ == "__main__":
    main()
