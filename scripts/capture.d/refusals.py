"""Makes the captures of refused logins, and asks authlint about them. Called by scripts/refusals."""

import argparse
import base64
import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

import servers
from browser import browse, visit
from capture import requests_get, through, to, web_token
from servers import HOST, PASSWORD, USER
from web_servers import start_nginx
from wire import LOOPBACK, Relay, split_messages
from workshop import Workshop

COLUMNS = ("file", "with_login", "without_login", "server", "client", "cause")
CLIENT = pathlib.Path(__file__).resolve().parent / "wrong_client.py"
WRONG = f"{USER}:wrong"


def wrong(path, way):
    """Our client that is wrong in one way."""
    return ["/usr/bin/python3", "-B", str(CLIENT), "PORT", path, way]


def sent(path, credentials):
    return wrong(path, f"header:{credentials}")


def basic(octets):
    return "Basic " + base64.b64encode(octets.encode()).decode()


def in_python(path, kind, password="wrong"):
    return [word.replace(f"'{PASSWORD}'", f"'{password}'") for word in requests_get(path, kind)]


class Refusals:
    """Runs clients, and keeps requests and responses in the order in which they were sent."""

    def __init__(self, shop):
        self.shop = shop
        self.rows = []

    def add(self, name, server, command, statuses, with_login, without_login, cause, client="curl", environment=None, behind=None):
        """Runs the command against the server, or what is in front of it with a relay between the two.

        Of Chromium the command is the URL that it visits, directly or, as "chromium by proxy", by way of the server.
        """
        with Relay(server["port"]) as relay:
            front = behind(relay.port) if behind else relay.port
            if client.startswith("chromium"):
                browse(self.shop, command, relay, front, len(statuses), proxy=client != "chromium")
            else:
                words = [str(word).replace("PORT", str(front)) for word in command]
                self.shop.run(words, allowed=(0,), environment=environment or {})
                time.sleep(0.05)
        client = client.partition(" ")[0]
        responses, requests = split_messages(relay.from_server), split_messages(relay.from_client)
        found = [m.status for m in responses]
        if found != statuses or len(requests) != len(responses):
            raise RuntimeError(f"{name}: status codes {found}, not {statuses}\n{relay.from_client!r}\n{relay.from_server!r}")
        dump, at = b"", [0, 0]
        for request, response in zip(requests, responses):
            dump += relay.from_client[at[0]:request.end] + relay.from_server[at[1]:response.end]
            at = [request.end, response.end]
        software = self.shop._stem(server["package"])
        file = f"{software}-{name}.http"
        self.shop._check_private(file, dump)
        (self.shop.output / file).write_bytes(dump)
        self.rows.append((file, with_login, without_login, software, self.shop._stem(client) if client != "ours" else client, cause))
        print(f"  {file}: {', '.join(map(str, found))}")


def capture_basic(to_keep, shop):
    web = servers.nginx(shop)
    at = web["/basic/"]
    say = to_keep.add
    say("wrong-password", at, to("/basic/", "-u", WRONG), [401], "wrong-password", "wrong-password", "a wrong password")
    say("wrong-password-requests", at, in_python("/basic/", "HTTPBasicAuth"), [401], "wrong-password", "wrong-password",
        "a wrong password", "python3-requests")
    say("wrong-user", at, to("/basic/", "-u", f"Alice:{PASSWORD}"), [401], "wrong-user", "wrong-password", "the user in another case")
    say("line-feed", at, sent("/basic/", basic(f"{USER}:{PASSWORD}\n")), [401], "control-character", "control-character",
        "a line feed behind the password, as echo puts it there", "ours")
    say("quoted", at, sent("/basic/", basic(f'{USER}:"{PASSWORD}"')), [401], "altered-password", "altered-password",
        "the password in quotes", "ours")
    say("percent", at, sent("/basic/", basic(f"{USER}:correct%20horse")), [401], "altered-password", "altered-password",
        "the password percent-encoded", "ours")
    say("twice", at, sent("/basic/", basic(base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())), [401], "encoded-twice",
        "encoded-twice", "encoded twice", "ours")
    say("bearer", at, sent("/basic/", "Bearer x1"), [401], "scheme-not-offered", "scheme-not-offered", "another scheme", "ours")
    say("nothing", at, to("/basic/"), [401], "no-credentials", "no-credentials", "no credentials")
    return web


def capture_digest(to_keep, shop):
    at = servers.apache(shop)
    digest = at["/digest/"]
    say = to_keep.add
    say("digest-wrong-password", digest, to("/digest/", "--digest", "-u", WRONG), [401, 401], "wrong-password", "wrong-password",
        "a wrong password")
    say("digest-wrong-password-requests", digest, in_python("/digest/", "HTTPDigestAuth"), [401, 401], "wrong-password",
        "wrong-password", "a wrong password", "python3-requests")
    for way, statuses, first, cause in (
        ("realm", [401, 401], "other-realm", "another realm"),
        ("no-query", [401, 400], "other-uri", "uri without the query"),
        ("old-formula", [401, 401], "qop-missing", "the response of RFC 2069"),
        ("nonce", [401, 401], "other-nonce", "a nonce of another server"),
        ("qop", [401, 401], "qop-not-offered", "a qop that is not offered"),
    ):
        say(f"digest-{way}", digest, wrong("/digest/?a=b", way), statuses, first, first, cause, "ours")
    say("digest-line-feed", digest, wrong("/digest/", "line-feed"), [401, 401], "control-character", "wrong-password",
        "a line feed behind the password", "ours")
    say("digest-method", digest, wrong("/digest/", "method"), [401, 401], "other-method", "wrong-password",
        "the response for another method", "ours")
    say("digest-user", digest, wrong("/digest/", "user"), [401, 401], "wrong-user", "wrong-password", "the user in another case", "ours")
    say("digest-basic", digest, to("/digest/", "-u", f"{USER}:{PASSWORD}"), [401], "scheme-not-offered", "scheme-not-offered",
        "Basic where Digest is asked for")
    quotes = at["/digest-quotes/"]
    say("digest-quotes", quotes, to("/digest-quotes/", "--digest", "-u", f"{USER}:{PASSWORD}"), [401, 401], "escapes-in-realm",
        "wrong-password", "the right password; httpd compares the realm that it reads with its own, escapes included")
    say("digest-quotes-requests", quotes, in_python("/digest-quotes/", "HTTPDigestAuth", PASSWORD), [401, 401], "malformed-credentials",
        "malformed-credentials", "the client sends a realm with quotes without escapes", "python3-requests")
    return at


def capture_clock(to_keep, at):
    say = to_keep.add
    bearer = at["/bearer/"]
    now = int(time.time())
    claims = {"iss": "https://auth.example.test", "sub": USER}
    for name, token, first, cause in (
        ("bearer-expired", web_token({**claims, "exp": now - 3600}), "token-expired", "an expired token"),
        ("bearer-cut", web_token({**claims, "exp": now + 7200})[:60], "token-truncated", "a token that was cut off"),
        ("bearer-undefined", "undefined", "placeholder", "the name of an empty value"),
    ):
        say(name, bearer, sent("/bearer/", f"Bearer {token}"), [401], first, first, cause, "ours")
    short = at["/digest-short/"]
    say("digest-late", short, wrong("/digest-short/", "late"), [401, 200, 401], "stale-nonce", "stale-nonce", "the nonce is used again after its lifetime", "ours")


def capture_sha256(to_keep, shop):
    at = servers.lighttpd(shop)
    say = to_keep.add
    sha256 = at["/digest-sha256/"]
    say("digest-wrong-password", sha256, to("/digest-sha256/", "--digest", "-u", WRONG), [401, 401], "wrong-password",
        "wrong-password", "a wrong password, SHA-256")
    for way, login, cause in (("md5", "other-algorithm", "MD5 where SHA-256 is asked for"),
                              ("no-algorithm", "other-algorithm", "MD5 without saying so"),
                              ("hashed-md5", "wrong-hash", "MD5 under the name of SHA-256")):
        statuses = [401, 400] if way == "hashed-md5" else [401, 401]
        say(f"digest-{way}", sha256, wrong("/digest-sha256/", way), statuses, login, login, cause, "ours")
    quotes = at["/digest-quotes/"]
    say("digest-quotes", quotes, to("/digest-quotes/", "--digest", "-u", f"{USER}:{PASSWORD}"), [401, 401], "quote-in-challenge",
        "quote-in-challenge", "the server sends a realm with quotes without escapes")
    say("digest-quotes-requests", quotes, in_python("/digest-quotes/", "HTTPDigestAuth", PASSWORD), [401, 401], "quote-in-challenge",
        "quote-in-challenge", "the server sends a realm with quotes without escapes", "python3-requests")
    return at


def gateway(shop, port):
    """The port of a gateway that gives the server another path than the client asked for, as the server sees it."""
    front = shop.free_port()
    start_nginx(shop, front, f"server {{ listen {LOOPBACK}:{front}; location /app/ {{ proxy_set_header Host {HOST}; "
                             f"proxy_pass http://{LOOPBACK}:{port}/digest/; }} }}", name=f"gateway-{front}")
    return front


def capture_proxies(to_keep, shop, at):
    say = to_keep.add
    origin = at["/basic/"]["port"]
    basic_proxy = servers.squid(shop, ["basic"], origin=origin)
    say("wrong-password", basic_proxy, through("/", "-U", WRONG), [407], "wrong-password", "wrong-password", "a wrong password")
    say("other-hop", basic_proxy, through("/", "-u", f"{USER}:{PASSWORD}"), [407], "credentials-for-other-hop",
        "credentials-for-other-hop", "curl -u where -U is meant")
    digest_proxy = servers.squid(shop, ["digest"], origin=origin)
    say("digest-wrong-password", digest_proxy, through("/", "--proxy-digest", "-U", WRONG), [407, 407], "wrong-password",
        "wrong-password", "a wrong password")

    say("digest-rewritten", at["/digest/"], to("/app/", "--digest", "-u", f"{USER}:{PASSWORD}"), [401, 400], "other-uri", "other-uri",
        "a gateway in front of the server changes the path", behind=lambda port: gateway(shop, port))


def capture_negotiate(to_keep, at, tickets):
    say = to_keep.add
    negotiate = at["/negotiate/"]
    ntlm = base64.b64encode(b"NTLMSSP\0\1\0\0\0\7\x82\x08\0" + b"\0" * 16).decode()
    say("negotiate-ntlm", negotiate, sent("/negotiate/", f"Negotiate {ntlm}"), [401], "no-ticket", "no-ticket",
        "NTLM, because there is no ticket", "ours")
    no_tickets = {**tickets, "KRB5CCNAME": "FILE:/nonexistent"}
    say("negotiate-no-ticket", negotiate, to("/negotiate/", "--negotiate", "-u", ":"), [401], "no-credentials", "no-credentials",
        "no ticket, so curl sends nothing", environment=no_tickets)
    library = to_keep.shop.libraries / "faketime/libfaketime.so.1"
    to_keep.shop.run([to_keep.shop.path("usr/bin/kvno"), f"HTTP/{HOST}"], environment=tickets)
    ahead = {**tickets, "LD_PRELOAD": str(library), "FAKETIME": "+2h", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    say("negotiate-clock", negotiate, to("/negotiate/", "--negotiate", "-u", ":"), [401], "clock-skew", "clock-skew",
        "the client's clock is two hours ahead", environment=ahead)


def capture_chromium(to_keep, shop, web, digests, sha256):
    """What a browser does with the login that its user types, and with a realm that it takes for another."""
    right, wrong_login = f"{USER}:{urllib.parse.quote(PASSWORD)}", f"{USER}:wrong"

    def say(name, server, path, login, *rest, **more):
        to_keep.add(f"{name}-chromium", server, visit(path, login), *rest, more.pop("client", "chromium"), **more)

    say("wrong-password", web["/basic/"], "/basic/", wrong_login, [401, 401], "wrong-password", "wrong-password", "a wrong password")
    say("wrong-user", web["/basic/"], "/basic/", f"Alice:{urllib.parse.quote(PASSWORD)}", [401, 401], "wrong-user", "wrong-password",
        "the user in another case")
    say("nothing", web["/basic/"], "/basic/", "", [401], "no-credentials", "no-credentials", "a user who cancels the login")
    say("realm", web["/rooms/"], "/rooms/", right, [401, 200, 401, 401], "other-realm", "other-realm",
        "a picture in another realm, below the path of the page")
    say("digest-wrong-password", digests["/digest/"], "/digest/", wrong_login, [401, 401], "wrong-password", "wrong-password",
        "a wrong password")
    say("digest-wrong-password", sha256["/digest-sha256/"], "/digest-sha256/", wrong_login, [401, 401], "wrong-password",
        "wrong-password", "a wrong password, SHA-256")
    say("digest-sha512", sha256["/digest-sha512/"], "/digest-sha512/", right, [401, 404], "no-credentials", "no-credentials",
        "SHA-512-256 alone, which Chromium does not know")
    say("digest-quotes", digests["/digest-quotes/"], "/digest-quotes/", right, [401, 401], "escapes-in-realm", "wrong-password",
        "the right password; httpd compares the realm that it reads with its own, escapes included")
    say("digest-quotes", sha256["/digest-quotes/"], "/digest-quotes/", right, [401, 401], "escapes-in-realm", "quote-in-challenge",
        "the server sends a realm with quotes without escapes; Chromium reads it as it was meant and repeats it with escapes")
    say("digest-late", digests["/digest-late/"], "/digest-late/", right, [401, 200, 404, 401, 200], "stale-nonce", "stale-nonce",
        "a page asks again when the nonce is too old")
    say("digest-rewritten", digests["/digest/"], "/app/", right, [401, 400], "other-uri", "other-uri",
        "a gateway in front of the server changes the path", behind=lambda port: gateway(shop, port))
    proxy = servers.squid(shop, ["basic"], origin=web["/basic/"]["port"])
    say("no-login", proxy, "/", right, [407], "no-credentials", "no-credentials",
        "a login in the URL, which is for the server and not for the proxy", client="chromium by proxy")


def make(options):
    packages = dict(line.split() for line in options.packages.read_text().splitlines())
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    work = tempfile.mkdtemp(prefix="authgrammar-refusals-")
    pathlib.Path(work).chmod(0o755)
    made = pathlib.Path(work) / "made"
    made.mkdir()
    shop = Workshop(options.root, packages, work, made)
    to_keep = Refusals(shop)
    try:
        servers.site(shop)
        servers.password_files(shop)
        tickets = servers.kerberos(shop)
        web = capture_basic(to_keep, shop)
        at = capture_digest(to_keep, shop)
        capture_clock(to_keep, at)
        sha256 = capture_sha256(to_keep, shop)
        capture_proxies(to_keep, shop, at)
        capture_negotiate(to_keep, at, tickets)
        capture_chromium(to_keep, shop, web, at, sha256)
        with open(made / "expected.tsv", "w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
            table.writerow(COLUMNS)
            table.writerows(sorted(to_keep.rows))
        publish(made, options.output)
    except RuntimeError as error:
        sys.exit(f"refusals: {error}")
    finally:
        shop.stop()
        shutil.rmtree(work, ignore_errors=True)
    print(f"{len(to_keep.rows)} refused logins in {options.output}")


def publish(made, output):
    """Puts the captures in place of those that the table there names."""
    output.mkdir(parents=True, exist_ok=True)
    for row in rows_of(output):
        (output / row["file"]).unlink(missing_ok=True)
    for file in made.iterdir():
        shutil.copyfile(file, output / file.name)


def rows_of(folder):
    table = folder / "expected.tsv"
    if not table.is_file():
        return []
    with open(table, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def named_first(authlint, folder, rows, login):
    """What authlint says of the last refusal in each file: the id of the first reason."""
    words = ["--user", USER, "--password-env", "REFUSALS_PASSWORD"] if login else []
    paths = [str(folder / row["file"]) for row in rows]
    done = subprocess.run([authlint, "why", "--json", *words, *paths], env={**os.environ, "REFUSALS_PASSWORD": PASSWORD},
                          stdout=subprocess.PIPE, check=False)
    if done.returncode != 1:
        sys.exit(f"authlint why: exit code {done.returncode}")
    if PASSWORD.encode() in done.stdout:
        sys.exit("authlint why shows the password")
    first = {refusal["source"]: refusal["reasons"][0]["id"] for refusal in json.loads(done.stdout)["refusals"]}
    return [first.get(path, "-") for path in paths]


def check(authlint, folder):
    """Says where authlint names another cause first; the number of such captures."""
    rows = rows_of(folder)
    faults = sorted({row["file"] for row in rows} ^ {path.name for path in folder.glob("*.http")})
    faults = [f"{name}: not in the table, or not there" for name in faults]
    for login, column in ((True, "with_login"), (False, "without_login")):
        for row, said in zip(rows, named_first(authlint, folder, rows, login)):
            if said != row[column]:
                faults.append(f"{row['file']}, {column}: {said}, expected {row[column]}")
    print("\n".join(faults) if faults else f"{len(rows)} refused logins, each with its cause named first, with the login and without")
    return 1 if faults or not rows else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=("make", "check"))
    parser.add_argument("--root", type=pathlib.Path)
    parser.add_argument("--packages", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--authlint", required=True)
    options = parser.parse_args()
    if options.action == "make":
        make(options)
    sys.exit(check(options.authlint, options.output))


if __name__ == "__main__":
    main()
