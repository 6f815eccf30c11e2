"""Starts servers on loopback, asks them what the situations say, and holds their answers against ours."""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "capture.d"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import gateway_situations  # noqa: E402
import gateways  # noqa: E402
import proxies  # noqa: E402
import situations  # noqa: E402
from behind import Behind  # noqa: E402
from held import Held, Judge, without_date  # noqa: E402
from page import page_of, versions_on  # noqa: E402
from situations import APACHE, BOSS, HAPROXY, NGINX, PASSWORD, SQUID, USER  # noqa: E402
from web_servers import HOST, start_apache, start_nginx  # noqa: E402
from wire import LOOPBACK  # noqa: E402
from workshop import Workshop  # noqa: E402

SKIPPED = 77
PACKAGES = {NGINX: "nginx", APACHE: "apache2-bin", HAPROXY: "haproxy", SQUID: "squid"}
PROGRAMS = ("usr/sbin/nginx", "usr/sbin/apache2", "usr/bin/htpasswd", "usr/sbin/haproxy", "usr/sbin/squid")
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
    users = "\n".join(hashed.values()) + "\n"
    shop.file("users", users)
    shop.file("htpasswd", users)
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
    return {"origin": port}


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
    return {"origin": port, "proxy": proxy}


def hold_all(judge, shop):
    prepare(shop)
    ports = {NGINX: nginx(shop), APACHE: apache(shop)}
    held = []
    for situation in situations.ALL:
        held.append(Held(situation, ports[situation.server][situation.role], judge))
    with Behind() as behind:
        gates = {server: start(shop, behind.port) for server, start in gateways.START.items()}
        squid = proxies.start(shop, behind.port)
        for situation in gateway_situations.ALL:
            held.append(Held(situation, gates[situation.server], judge, behind))
        for situation in proxies.ALL:
            held.append(Held(situation, squid, judge, behind))
    return held


def faults_of(held):
    faults = []
    by_name = {(h.situation.server, h.situation.role, h.situation.name): h for h in held}
    for (server, role, name), h in by_name.items():
        where = f"{server} as {role}, {h.situation.title} ({name}): {h.status}, ours {h.ours}"
        if h.how == "differs" and not h.situation.differs:
            faults.append(f"{where}: differs ({', '.join(h.broken)}), and no reason is given")
        if h.how != "differs" and h.situation.differs:
            faults.append(f"{where}: a reason is given for a difference that is not there")
        other = h.situation.alike
        if other and without_date(h.bytes) != without_date(by_name[server, role, other].bytes):
            faults.append(f"{where}: not the answer of {other}, byte for byte")
    return faults


def packages_in(root):
    """The versions of the packages that were unpacked; none if scripts/servers --fetch was never run."""
    file = root / ".versions"
    return dict(line.split(" ") for line in file.read_text().splitlines()) if file.exists() else {}


def write_page(page, held, shop):
    if not shop.packages:
        return ["the versions of the servers are not known; scripts/servers without --offline fetches them"]
    versions = {server: shop.version(package) for server, package in PACKAGES.items()}
    page.write_text(page_of(held, versions), encoding="utf-8")
    return []


def faults_of_page(page, held, _):
    """A newer server that answers alike is no fault: the page says of which versions it is."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    versions = versions_on(text)
    if set(versions) != set(PACKAGES):
        return [f"{page}: does not name the versions of the servers; scripts/servers --write makes it anew"]
    now = page_of(held, versions)
    if now == text:
        return []
    return [f"{page}: not what the servers answer; scripts/servers --write makes it anew\n{now}"]


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
    shop = Workshop(options.root.resolve(), packages_in(options.root), work, work)
    absent = [name for name in PROGRAMS if not shop.path(name).exists()]
    if absent:
        print(f"skipped: neither installed nor unpacked: {', '.join(absent)}; scripts/servers --fetch unpacks them")
        sys.exit(SKIPPED)
    try:
        held = hold_all(Judge(pathlib.Path(options.authlint).resolve()), shop)
    finally:
        shop.stop()
        shutil.rmtree(work, ignore_errors=True)
    faults = faults_of(held)
    faults += (write_page if options.write else faults_of_page)(options.page, held, shop)
    print("\n".join(faults))
    count = {how: sum(h.how == how for h in held) for how in ("as ours", "permitted", "differs")}
    told = f"{count['as ours']} as ours, {count['permitted']} permitted, {count['differs']} otherwise"
    alike = sum(bool(h.situation.alike) for h in held)
    print(f"live servers: {len(held)} situations, {told}; {alike} pairs alike; {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
