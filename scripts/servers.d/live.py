"""Starts nginx and Apache on loopback, asks them what situations.py says, and holds their answers against ours."""

import argparse
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "capture.d"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from situations import ALL, APACHE, BOSS, NGINX, PASSWORD, USER  # noqa: E402
from web_servers import HOST, start_apache, start_nginx  # noqa: E402
from wire import LOOPBACK, split_messages  # noqa: E402
from workshop import Workshop  # noqa: E402

SKIPPED = 77
LOGIN = '<!doctype html><form method="post"><input name="httpd_username"><input type="password"></form>\n'
APACHE_MODULES = (
    "mpm_event authn_core authn_file authz_core authz_user authz_host authz_groupfile auth_basic auth_digest auth_form "
    "session session_cookie request alias dir proxy proxy_http unixd"
)


def prepare(shop):
    """Pages, passwords and groups."""
    for path in ("", "basic/", "denied/", "both/", "hidden/", "group/", "group-403/", "form/", "form-401/", "digest/"):
        shop.file(f"site/{path}index.html", "in\n")
    shop.file("site/login.html", LOGIN)
    hashed = {user: shop.run([shop.path("usr/bin/htpasswd"), "-bnm", user, PASSWORD]).decode().strip()
              for user in (USER, BOSS)}
    shop.file("users", "\n".join(hashed.values()) + "\n")
    shop.file("bosses", hashed[BOSS] + "\n")
    shop.file("groups", f"bosses: {BOSS}\n")
    shop.file("digest", "")


def nginx(shop):
    port = shop.free_port()
    basic = f'auth_basic "Staff only"; auth_basic_user_file {shop.work}/users;'
    bosses = f'auth_basic "Staff only"; auth_basic_user_file {shop.work}/bosses;'
    http = f"""default_type text/html;
server {{ listen {LOOPBACK}:{port}; root {shop.work}/site;
location /basic/ {{ {basic} }}
location /denied/ {{ deny all; }}
location /both/ {{ satisfy all; deny all; {basic} }}
location /old/ {{ return 301 /; }}
location /group/ {{ {bosses} }}
location /group-403/ {{ {basic} auth_request /is-boss; }}
location = /is-boss {{ internal; if ($remote_user != "{BOSS}") {{ return 403; }} return 204; }}
location /hidden/ {{ auth_request /is-boss; error_page 401 403 = @nothing; }}
location @nothing {{ return 404; }}
location = /has-session {{ internal; if ($cookie_session = "") {{ return 401; }} return 204; }}
location /form/ {{ auth_request /has-session; error_page 401 = @login; }}
location @login {{ return 302 /login.html; }}
location /form-401/ {{ auth_request /has-session; error_page 401 /login.html; }}
}}"""
    start_nginx(shop, port, http)
    return {False: port}


def apache(shop):
    port, proxy = shop.free_port(), shop.free_port()
    basic = f'AuthType Basic\nAuthName "Staff only"\nAuthBasicProvider file\nAuthUserFile {shop.work}/users'
    group = f"{basic}\nAuthGroupFile {shop.work}/groups\nRequire group bosses"
    form = (
        f'AuthType form\nAuthName "Staff only"\nAuthFormProvider file\nAuthUserFile {shop.work}/users\n'
        "Session On\nSessionCookieName session path=/\nRequire valid-user"
    )
    places = {
        "/basic/": f"{basic}\nRequire valid-user",
        "/denied/": "Require all denied",
        "/both/": f"{basic}\n<RequireAll>\nRequire not ip {LOOPBACK}\nRequire valid-user\n</RequireAll>",
        "/group/": group,
        "/group-403/": f"{group}\nAuthzSendForbiddenOnFailure On",
        "/digest/": 'AuthType Digest\nAuthName "Staff only"\nAuthDigestProvider file\n'
        f"AuthUserFile {shop.work}/digest\nRequire valid-user",
        "/form/": f"{form}\nAuthFormLoginRequiredLocation http://{HOST}/login.html",
        "/form-401/": f"{form}\nErrorDocument 401 /login.html",
    }
    blocks = "\n".join(f"<Location {path}>\n{lines}\n</Location>" for path, lines in places.items())
    lines = f"""Redirect 404 /hidden/
Redirect permanent /old/ http://{HOST}/
{blocks}
<VirtualHost {LOOPBACK}:{proxy}>
ProxyRequests On
<Proxy *>
{basic}
Require valid-user
</Proxy>
ProxyRemote * http://{LOOPBACK}:{port}
</VirtualHost>"""
    start_apache(shop, APACHE_MODULES, [port, proxy], lines)
    return {False: port, True: proxy}


def ask(port, situation):
    """The request, and the bytes that come back."""
    target = f"http://{HOST}{situation.path}" if situation.proxy else situation.path
    lines = [f"GET {target} HTTP/1.1", f"Host: {HOST}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in situation.fields.items()]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    answer = b""
    with socket.create_connection((LOOPBACK, port), 10) as server:
        server.settimeout(10)
        server.sendall(request)
        while data := server.recv(65536):
            answer += data
    return request, answer


def without_date(answer):
    return [line for line in answer.split(b"\r\n") if not line.lower().startswith(b"date:")]


class Judge:
    """authlint, as a person runs it."""

    def __init__(self, program):
        self.program = program

    def _run(self, words, given):
        done = subprocess.run([self.program, *words], input=given, stdout=subprocess.PIPE, check=False, timeout=30)
        return json.loads(done.stdout)

    def decide(self, facts):
        return self._run(["decide", "--json"], json.dumps(facts).encode())

    def lint(self, messages):
        found = self._run(["lint", "--format", "json"], messages)["messages"]
        return sorted({finding["id"] for message in found for finding in message["findings"]})


def breaks_of(message, outcome):
    """What the fields of an answer break of those that ours, with the same status, sends or leaves out."""
    broken = []
    for name, sending in outcome["send"].items():
        there = bool(message.values(name.lower()))
        if (sending == "must" and not there) or (sending == "must not" and there):
            broken.append(f"{sending} send {name}")
    return broken


class Held:
    """A live answer beside ours."""

    def __init__(self, situation, request, answer, judge):
        self.situation = situation
        self.bytes = answer
        message = split_messages(answer)[0]
        decision = judge.decide(situation.facts)
        outcomes = [decision, *decision["also"]]
        self.status = message.status
        self.ours = decision["status"]
        self.also = [outcome["status"] for outcome in decision["also"]]
        same = [outcome for outcome in outcomes if outcome["status"] == self.status]
        self.broken = breaks_of(message, same[0]) if same else ["another status"]
        self.how = "differs" if self.broken else "as ours" if self.status == self.ours else "permitted"
        self.lint = judge.lint(request + answer)


def hold_all(judge, shop):
    prepare(shop)
    ports = {NGINX: nginx(shop), APACHE: apache(shop)}
    held = {}
    for situation in ALL:
        request, answer = ask(ports[situation.server][situation.proxy], situation)
        held[situation.server, situation.name] = Held(situation, request, answer, judge)
    return held


def faults_of(held):
    faults = []
    for (server, name), h in held.items():
        where = f"{server}, {h.situation.title} ({name}): {h.status}, ours {h.ours}"
        if h.how == "differs" and not h.situation.differs:
            faults.append(f"{where}: differs ({', '.join(h.broken)}), and no reason is given")
        if h.how != "differs" and h.situation.differs:
            faults.append(f"{where}: a reason is given for a difference that is not there")
        other = h.situation.alike
        if other and without_date(h.bytes) != without_date(held[server, other].bytes):
            faults.append(f"{where}: not the answer of {other}, byte for byte")
    return faults


def page_of(held):
    lines = [
        "# Live servers",
        "",
        "Made by `scripts/servers --write`: what nginx and Apache of Debian 12 answer in the usual situations, beside",
        "what `authlint decide` says. Do not edit. The situations are in `scripts/servers.d/situations.py`, the",
        "configuration in `live.py` beside it; the test `integration.servers` holds this page against the servers.",
        "",
        "*as ours*: the recommended answer, with the fields that it must have and without those that it must not;",
        "*permitted*: one of the others that `also` lists, in parentheses. *Alike* names the situation whose",
        "answer is the same in every byte but Date.",
    ]
    reasons = []
    for server in (NGINX, APACHE):
        lines += ["", f"## {server}", "", "| situation | configured by | answer | ours | | lint finds |",
                  "|---|---|---|---|---|---|"]
        for (of, _), h in held.items():
            if of != server:
                continue
            how = h.how
            if h.situation.differs:
                if h.situation.differs not in reasons:
                    reasons.append(h.situation.differs)
                how = f"**differs**, {reasons.index(h.situation.differs) + 1}"
            if h.situation.alike:
                how += f"; alike *{held[of, h.situation.alike].situation.title}*"
            ours = f"{h.ours}" + (f" ({', '.join(map(str, h.also))})" if h.also else "")
            found = ", ".join(f"`{name}`" for name in h.lint)
            lines.append(f"| {h.situation.title} | {h.situation.setting} | {h.status} | {ours} | {how} | {found} |")
    lines += ["", "## Differences", ""]
    for number, reason in enumerate(reasons, 1):
        lines += textwrap.wrap(f"{number}. {reason}", 118, subsequent_indent="   ")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--authlint", required=True)
    parser.add_argument("--page", type=pathlib.Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    work = pathlib.Path(tempfile.mkdtemp(prefix="authgrammar-servers-"))
    work.chmod(0o755)
    shop = Workshop(options.root.resolve(), {}, work, work)
    needed = ("usr/sbin/nginx", "usr/sbin/apache2", "usr/bin/htpasswd")
    absent = [name for name in needed if not shop.path(name).exists()]
    if absent:
        print(f"skipped: neither installed nor unpacked: {', '.join(absent)}; scripts/servers --fetch unpacks them")
        sys.exit(SKIPPED)
    try:
        held = hold_all(Judge(pathlib.Path(options.authlint).resolve()), shop)
    finally:
        shop.stop()
        shutil.rmtree(work, ignore_errors=True)
    faults = faults_of(held)
    page = page_of(held)
    if options.write:
        options.page.write_text(page, encoding="utf-8")
    elif not options.page.exists() or options.page.read_text(encoding="utf-8") != page:
        faults.append(f"{options.page}: not what the servers answer; scripts/servers --write makes it anew\n{page}")
    print("\n".join(faults))
    count = {how: sum(h.how == how for h in held.values()) for how in ("as ours", "permitted", "differs")}
    told = f"{count['as ours']} as ours, {count['permitted']} permitted, {count['differs']} otherwise"
    alike = sum(bool(h.situation.alike) for h in held.values())
    print(f"live servers: {len(held)} situations, {told}; {alike} pairs alike; {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
