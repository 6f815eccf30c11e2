"""Runs our Basic, Digest and Negotiate against other programs and holds what comes of it against docs/interop.md.

A row says who spoke to whom, what was tried, what has to come, and what came. Where a peer does something else than its
RFC has it, the row says what, with its version: nothing of ours is bent to it.
"""

import argparse
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "capture.d"))

import conversation  # noqa: E402
import microhttpd  # noqa: E402
import negotiate  # noqa: E402
import servers  # noqa: E402
from clients import Clients  # noqa: E402
from rows import ALICE, Table, ask, our_client  # noqa: E402
from wire import LOOPBACK  # noqa: E402
from workshop import Workshop  # noqa: E402

PAGE = """# Interoperation

Made by `scripts/interop --write`: our server against other clients, and our client against other servers, of Debian
packages, on loopback. `scripts/interop` runs them again and fails if a row is not as it is here. Do not edit.

In a row of Negotiate our library reads and writes each field between the two: what it writes goes on, and has to be what
it read. The tokens are Kerberos's, from a KDC on loopback. What comes is the legs as the library tells them, and the
status of each response.

In a row with `guard` and `answerer` (`authgrammar::conversation`) comes what happens in one request after the other: at a
guard the status, and who is let in or why not; of an answerer the statuses, and "proven" if the server has shown that it
knows the password.

{count} rows, {basic} of Basic, {digest} of Digest and {negotiate} of Negotiate, {conversation} of them of a guard or an answerer; {peers} other programs: {versions}.

| client | server | scheme | what | comes |
|---|---|---|---|---|
{rows}

## What peers do otherwise

{notes}
"""

# Where a peer does not do what its RFC says, by the row's name. Each was looked at; ours stays as it is.
NOTES = {
    "curl SHA-512-256": "curl {curl} sends `algorithm=SHA-512-256` with a response by SHA-256 (RFC 7616, 6.1): refused.",
    "curl auth-int": "curl {curl} hashes an empty body for auth-int, whatever it sends (RFC 7616, 3.4.3): refused if there is one.",
    "curl proxy": "curl {curl} sends a proxy the path alone as `uri`, where the request-target is an absolute URI (RFC 7616, 3.4.6): "
    "refused, unless digest_uri_path is allowed.",
    "requests not ASCII": "requests {python3-requests} encodes a str in ISO-8859-1 whatever `charset` says (RFC 7617, 2.1): refused.",
    "nginx quotes": "nginx {nginx} does not escape the realm that it is given (RFC 9110, 5.6.4): its challenge is not in the "
    "grammar, and ours answers none.",
    "apache2 quotes": "Apache {apache2-bin} looks for the user under the realm with its escapes, and hashes those: who unescapes "
    "the realm, as RFC 7616, 3.4.1 has it (`unq`), is refused if its file was made with them.",
    "apache2 refuses": "Apache {apache2-bin} sends the GSS-API's error token with the 401 by which it refuses: by the field alone that "
    "is a leg that goes on (RFC 4559, 4.1), and the mechanism of the client says that it does not.",
    "squid sends no token": "squid {squid} sends its client no last token, so that the client cannot tell who the proxy is.",
    "libmicrohttpd stale": "libmicrohttpd {libmicrohttpd-dev} quotes `stale`, which RFC 7616, 3.3 does not allow; ours reads both forms.",
}


def our_server(table, shop, port):
    """Other clients at our server."""
    clients = Clients(shop, port)
    python = clients.python

    def curl(*words, user=ALICE, path):
        return clients.curl(*words, "-u", ":".join(user), clients.url(path))[-1]

    def row(client, scheme, what, expected, came, name=None):
        table.add(client, "ours", scheme, what, expected, came, name)

    # Basic
    row("curl", "Basic", "user and password", "none", curl(path="basic"))
    row("curl", "Basic", "another password", "wrong_credentials", curl(path="basic", user=("alice", "Correct horse")))
    row("curl", "Basic", "no such user", "wrong_credentials", curl(path="basic", user=("bob", "correct horse")))
    row("curl", "Basic", "a password with a colon, a user with quotes", "none", curl(path="basic", user=("quo\"te\\d", "p:w")))
    row("curl", "Basic", "an empty password", "none", curl(path="basic", user=("empty", "")))
    row("curl", "Basic", "UTF-8, charset=UTF-8", "none", curl(path="basic-utf8", user=("jäsøn", "passé")))
    row("curl", "Basic", "UTF-8, decomposed, charset=UTF-8", "none",
        curl(path="basic-utf8", user=("ja\u0308søn", "passe\u0301")))
    row("curl", "Basic", "ISO-8859-1, charset=UTF-8", "username_unfit",
        python("import subprocess\n"
               f"out = subprocess.run([b'{shop.path('usr/bin/curl')}', b'-s', b'-o', b'/dev/null', b'-D', b'-', b'-u',"
               " 'jäsøn:passé'.encode('latin-1'), (URL + 'basic-utf8').encode()], capture_output=True).stdout\n"
               "print(out.decode('latin-1').split('X-Verdict: ')[-1].split('\\r')[0])"))
    get = "import requests\nr = requests.get(URL + '{}', auth={}); print(r.headers['X-Verdict'])"
    row("requests", "Basic", "user and password", "none", python(get.format("basic", "ALICE")))
    row("requests", "Basic", "another password", "wrong_credentials", python(get.format("basic", "('alice', 'x')")))
    row("requests", "Basic", "not ASCII, as str, charset=UTF-8", "username_unfit",
        python(get.format("basic-utf8", "('jäsøn', 'passé')")), "requests not ASCII")
    row("requests", "Basic", "UTF-8, as bytes", "none",
        python(get.format("basic-utf8", "('jäsøn'.encode(), 'passé'.encode())")))
    httpx_get = "import httpx\nr = httpx.get(URL + '{}', auth={}, trust_env=False); print(r.headers['X-Verdict'])"
    row("httpx", "Basic", "user and password", "none", python(httpx_get.format("basic", "ALICE")))
    row("httpx", "Basic", "not ASCII, charset=UTF-8", "none", python(httpx_get.format("basic-utf8", "('jäsøn', 'passé')")))

    # Digest
    for path, algorithm in (("md5", "MD5"), ("sha-256", "SHA-256"), ("md5-sess", "MD5-sess"), ("sha-256-sess", "SHA-256-sess")):
        row("curl", f"Digest {algorithm}", "user and password", "accepted", curl("--digest", path=f"digest-{path}"))
    row("curl", "Digest SHA-512-256", "user and password", "refused wrong_credentials",
        curl("--digest", path="digest-sha-512-256"), "curl SHA-512-256")
    row("curl", "Digest MD5", "auth-int", "accepted", curl("--digest", path="digest-md5-int"))
    row("curl", "Digest SHA-256", "auth-int, with a body", "refused wrong_credentials",
        curl("--digest", "--data", "a=1", path="digest-sha-256-int"), "curl auth-int")
    row("curl", "Digest SHA-256", "userhash", "accepted", curl("--digest", path="digest-sha-256-userhash"))
    row("curl", "Digest SHA-256", "userhash, UTF-8", "accepted",
        curl("--digest", path="digest-sha-256-userhash-utf8", user=("jäsøn", "passé")))
    row("curl", "Digest SHA-256", "user with quotes, password with a colon", "accepted",
        curl("--digest", path="digest-sha-256", user=("quo\"te\\d", "p:w")))
    row("curl", "Digest SHA-256", "another password", "refused wrong_credentials",
        curl("--digest", path="digest-sha-256", user=("alice", "x")))
    row("curl", "Digest SHA-256", "a stale nonce, then stale=true", "accepted", curl("--digest", path="digest-sha-256-stale"))
    row("curl", "Digest SHA-256", "MD5 offered as well", "accepted", curl("--digest", path="digest-sha-256-both"))
    row("curl", "Digest SHA-256", "a query in the target", "accepted", curl("--digest", path="digest-sha-256/a?b=c"))
    digest = "from requests.auth import HTTPDigestAuth\n" + get
    for path, algorithm in (("md5", "MD5"), ("sha-256", "SHA-256"), ("md5-sess", "MD5-sess")):
        row("requests", f"Digest {algorithm}", "user and password", "accepted",
            python(digest.format(f"digest-{path}", "HTTPDigestAuth(*ALICE)")))
    row("requests", "Digest MD5", "another password", "refused wrong_credentials",
        python(digest.format("digest-md5", "HTTPDigestAuth('alice', 'x')")))
    row("requests", "Digest SHA-256", "three requests with one nonce", "accepted accepted accepted",
        python("import requests\nfrom requests.auth import HTTPDigestAuth\nauth = HTTPDigestAuth(*ALICE)\n"
               "print(*(requests.get(URL + 'digest-sha-256', auth=auth).headers['X-Verdict'] for _ in range(3)))"))
    httpx_digest = httpx_get.replace("{}, trust", "httpx.DigestAuth(*{}), trust")
    for path, algorithm in (("md5", "MD5"), ("sha-256", "SHA-256"), ("md5-sess", "MD5-sess"), ("sha-256-sess", "SHA-256-sess")):
        row("httpx", f"Digest {algorithm}", "user and password", "accepted", python(httpx_digest.format(f"digest-{path}", "ALICE")))
    row("httpx", "Digest SHA-256", "another password", "refused wrong_credentials",
        python(httpx_digest.format("digest-sha-256", "('alice', 'x')")))

    # What a client sent, sent again.
    sent = python("import requests\nfrom requests.auth import HTTPDigestAuth\n"
                  "print(requests.get(URL + 'digest-sha-256', auth=HTTPDigestAuth(*ALICE)).headers['X-Received'])")
    again = {"Authorization": sent}
    row("requests", "Digest SHA-256", "the same nonce and nc again", "401 stale replayed", told(ask(port, "/digest-sha-256", again)))
    row("requests", "Digest SHA-256", "at another request-target", "400 refused other_uri",
        told(ask(port, "/digest-sha-256/x", again)))
    row("requests", "Digest SHA-256", "with another method", "401 refused wrong_credentials",
        told(ask(port, "/digest-sha-256", again, method="POST")))
    row("requests", "Digest SHA-256", "at another realm", "401 refused other_realm",
        told(ask(port, "/digest-sha-256-other", {"Authorization": sent})))


def told(response):
    return f"{response.status} {response.headers['X-Verdict']}"


def lighttpd_digest(shop):
    """lighttpd with each algorithm, and with userhash, for which its file has a fourth column."""
    import hashlib

    port = shop.free_port()
    functions = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256, "SHA-512-256": lambda b: hashlib.new("sha512_256", b)}
    user, password = ALICE
    blocks = []
    for algorithm, function in functions.items():
        for userhash in ("", "-userhash"):
            path = f"/{algorithm.lower()}{userhash}/"
            secret = function(f"{user}:{servers.REALM}:{password}".encode()).hexdigest()
            name = function(f"{user}:{servers.REALM}".encode()).hexdigest()
            shop.file(f"lighttpd{userhash}-{algorithm}", f"{user}:{servers.REALM}:{secret}:{name}\n")
            shop.file(f"site{path}index.html", "in\n")
            more = ', "userhash" => "enable"' if userhash else ""
            blocks.append(f"""$HTTP["url"] =~ "^{path}" {{
auth.backend = "htdigest"
auth.backend.htdigest.userfile = "{shop.work}/lighttpd{userhash}-{algorithm}"
auth.require = ( "{path}" => ( "method" => "digest", "realm" => "{servers.REALM}", "require" => "valid-user",
    "algorithm" => "{algorithm}"{more} ) )
}}""")
    folder = shop.folder("lighttpd-digest")
    config = shop.file("lighttpd-digest.conf", f"""server.modules = ( "mod_auth", "mod_authn_file" )
server.bind = "{LOOPBACK}"
server.port = {port}
server.document-root = "{shop.work}/site"
server.errorlog = "{folder}/error.log"
server.upload-dirs = ( "{folder}" )
index-file.names = ( "index.html" )
""" + "\n".join(blocks) + "\n")
    shop.start([shop.path("usr/sbin/lighttpd"), "-D", "-m", shop.path("usr/lib/lighttpd"), "-f", config], port)
    return port


def apache(shop):
    """Apache with Basic and Digest, and a proxy with Digest that passes requests on to it: both ports."""
    port, proxy = shop.free_port(), shop.free_port()
    quotes = servers.QUOTES.replace('"', '\\"')
    digest = ["AuthType Digest", "AuthDigestProvider file", f"AuthUserFile {shop.work}/htdigest", "Require valid-user"]
    places = {
        "/basic/": ["AuthType Basic", f'AuthName "{servers.REALM}"', "AuthBasicProvider file",
                    f"AuthUserFile {shop.work}/htpasswd", "Require valid-user"],
        "/digest/": [f'AuthName "{servers.REALM}"', *digest],
        "/digest-quotes/": [f'AuthName "{quotes}"', *digest],
        "/digest-domain/": [f'AuthName "{servers.REALM}"', "AuthDigestDomain /digest-domain/ http://api.example.test/", *digest],
    }
    blocks = [f"<Location {path}>\n" + "\n".join(lines) + "\n</Location>" for path, lines in places.items()]
    blocks.append(f"<VirtualHost {LOOPBACK}:{proxy}>\nServerName {servers.PROXY_HOST}\nProxyRequests On\n<Proxy *>\n"
                  + "\n".join(['AuthName "Proxy users"', *digest])
                  + f"\n</Proxy>\nProxyRemote * http://{LOOPBACK}:{port}\n</VirtualHost>")
    modules = "mpm_event authn_core authn_file authz_core authz_user auth_basic auth_digest proxy proxy_http dir unixd"
    servers.start_apache(shop, modules, [port, proxy], "\n".join(blocks))
    return port, proxy


def other_servers(table, shop, peer):
    """Our client at other servers. The ports of some of them."""
    def at(server, scheme, port, target, what="user and password", **more):
        our_client(table, shop, peer, server, scheme, port, target, what, **more)

    servers.password_files(shop)
    servers.site(shop)
    nginx = servers.nginx(shop)
    at("nginx", "Basic", nginx["/basic/"]["port"], "/basic/")
    at("nginx", "Basic", nginx["/quotes/"]["port"], "/quotes/", "a realm with quotes",
       expected="no challenge that can be answered", name="nginx quotes")
    at("nginx", "Basic", nginx["/basic/"]["port"], "/basic/", "another password", user=("alice", "x"), expected="401")
    apache_port, apache_proxy = apache(shop)
    at("apache2", "Basic", apache_port, "/basic/")
    at("apache2", "Digest MD5", apache_port, "/digest-quotes/", "a realm with quotes", expected="401", name="apache2 quotes")
    for path, what in (("/digest/", "user and password"), ("/digest-domain/", "domain")):
        at("apache2", "Digest MD5", apache_port, path, what, expected="200, rspauth right")
    at("apache2", "Digest MD5", apache_port, "/digest/", "another password", user=("alice", "x"), expected="401")
    at("apache2", "Digest MD5", apache_proxy, "/", "as proxy", proxy=True)
    lighttpd = lighttpd_digest(shop)
    for algorithm in ("MD5", "SHA-256", "SHA-512-256"):
        at("lighttpd", f"Digest {algorithm}", lighttpd, f"/{algorithm.lower()}/")
        at("lighttpd", f"Digest {algorithm}", lighttpd, f"/{algorithm.lower()}-userhash/", "userhash")
    at("lighttpd", "Digest SHA-512-256", lighttpd, "/sha-512-256/", "another password", user=("alice", "x"), expected="401")
    basic = servers.lighttpd(shop)
    at("lighttpd", "Basic", basic["/basic/"]["port"], "/basic/")
    at("lighttpd", "Digest SHA-256", basic["/digest-both/"]["port"], "/digest-both/", "two algorithms offered")
    origin = nginx["/basic/"]["port"]
    ports = {"nginx": origin, "apache": apache_port, "lighttpd": lighttpd}
    for scheme in ("basic", "digest"):
        squid = servers.squid(shop, [scheme], origin=origin)
        ports[f"squid {scheme}"] = squid["port"]
        at("squid", "Basic" if scheme == "basic" else "Digest MD5", squid["port"], "/", "as proxy", proxy=True)
    at("haproxy", "Basic", servers.haproxy(shop)["/basic/"]["port"], "/")
    at("tinyproxy", "Basic", servers.tinyproxy(shop)["port"], "/", "as proxy", proxy=True, host=f"{LOOPBACK}:{origin}",
       user=("alice", "horse"))
    return ports


def page(table, shop):
    used = sorted({row[0] for row in table.rows} | {row[1] for row in table.rows} - {"ours", "guard", "answerer"})
    packages = {"apache2": "apache2-bin", "requests": "python3-requests", "httpx": "python3-httpx", "tinyproxy": "tinyproxy-bin",
                "libmicrohttpd": "libmicrohttpd-dev", "requests-kerberos": "python3-requests-kerberos",
                "mod_auth_gssapi": "libapache2-mod-auth-gssapi"}
    used = [name for name in used if name not in ("ours", "guard", "answerer")]
    versions = ", ".join(f"{name} {shop.version(packages.get(name, name))}" for name in used)
    of_packages = {package: shop.version(package) for package in shop.packages}
    notes = [f"- {NOTES[row[5]].format(**of_packages)}" for row in table.rows if row[5]]
    return PAGE.format(
        count=len(table.rows),
        basic=sum(row[2] == "Basic" for row in table.rows),
        digest=sum(row[2].startswith("Digest") for row in table.rows),
        conversation=sum("guard" in row[1:2] or "answerer" in row[:1] for row in table.rows),
        negotiate=sum(row[2] == "Negotiate" for row in table.rows),
        peers=len(used),
        versions=versions,
        rows="\n".join("| " + " | ".join(row[:5]) + " |" for row in table.rows),
        notes="\n".join(notes),
    )


def rows_of(text):
    return [line for line in text.split("\n") if line.startswith("| ")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--guard", required=True)
    parser.add_argument("--answerer", required=True)
    parser.add_argument("--page", required=True, type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    versions = pathlib.Path(options.root, ".versions").read_text().split("\n")
    packages = dict(line.split(" ") for line in versions if line)
    table = Table()
    with tempfile.TemporaryDirectory(prefix="authgrammar-interop.") as work:
        pathlib.Path(work).chmod(0o755)
        shop = Workshop(options.root, packages, work, work)
        try:
            port = shop.free_port()
            shop.start([pathlib.Path(options.peer).resolve(), "serve", port], port)
            our_server(table, shop, port)
            ports = other_servers(table, shop, options.peer)
            conversation.guards(table, shop, options.guard)
            conversation.answerer(table, shop, options.answerer, ports)
            microhttpd.run(table, shop, options.peer)
            negotiate.run(table, shop, options.peer, options.guard)
        finally:
            shop.stop()
        made = page(table, shop)
    for row in table.rows:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(row[:5], (17, 13, 19, 57, 1))))
    for failure in table.failures:
        print(f"interop: {failure}", file=sys.stderr)
    if options.write:
        options.page.write_text(made, encoding="utf-8")
    # Versions may be newer than those of the page; the rows are what counts.
    written = options.page.read_text(encoding="utf-8") if options.page.exists() else ""
    stale = rows_of(written) != rows_of(made)
    if stale:
        print("interop: docs/interop.md is not what came: scripts/interop --write", file=sys.stderr)
    print(f"interop: {len(table.rows)} rows, {len(table.failures)} not as they have to be")
    return 1 if table.failures or stale else 0


if __name__ == "__main__":
    sys.exit(main())
