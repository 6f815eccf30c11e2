"""The servers: each function starts one in the foreground on loopback.

It returns what Workshop.exchange wants to know of the server, or a dict of such, one for each location.
"""

import hashlib

from web_servers import HOST, start_apache, start_nginx
from wire import LOOPBACK
from workshop import is_root

USER = "alice"
PASSWORD = "correct horse"
REALM = "Staff only"
QUOTES = 'The "inner", court'
BACKSLASH = "CORP\\alice"
TRAILING = "court\\"
UTF8 = "Café"
PROXY_HOST = "proxy.example.test"
KERBEROS_REALM = "EXAMPLE.TEST"


def password_files(shop):
    """Writes the credentials of USER for every realm in the forms the servers read."""
    htpasswd = shop.file("htpasswd", "")
    shop.run([shop.path("usr/bin/htpasswd"), "-bm", htpasswd, USER, PASSWORD])
    bcrypt = shop.file("htpasswd.bcrypt", "")
    shop.run([shop.path("usr/bin/htpasswd"), "-bB", bcrypt, USER, PASSWORD])
    shop.file("nobody", "")
    shop.file("plain", f"{USER}:{PASSWORD}\n")
    lines = {"md5": "", "sha256": "", "squid": ""}
    # Apache looks the user up under the realm as it sends it, escapes included; lighttpd and squid under the plain one.
    for realm in (REALM, QUOTES, QUOTES.replace('"', '\\"'), BACKSLASH, UTF8, "Proxy users"):
        secret = f"{USER}:{realm}:{PASSWORD}".encode()
        md5 = hashlib.md5(secret).hexdigest()
        lines["md5"] += f"{USER}:{realm}:{md5}\n"
        lines["sha256"] += f"{USER}:{realm}:{hashlib.sha256(secret).hexdigest()}\n"
        lines["squid"] += f"{USER}:{realm}:{md5}\n"
    shop.file("htdigest", lines["md5"])
    shop.file("htdigest.sha256", lines["md5"] + lines["sha256"])
    shop.file("htdigest.squid", lines["squid"])


def site(shop):
    """Writes the pages behind the locations, the same for all servers."""
    paths = (
        "backslash basic bearer digest digest-both digest-domain digest-quotes digest-sha256 digest-short forbidden "
        "negotiate negotiate-basic quotes trailing two utf8"
    )
    for path in ("", *(f"{name}/" for name in paths.split())):
        shop.file(f"site/{path}index.html", "in\n")
    # For browsers: a picture in another realm, and a page that asks again when its nonce is too old.
    shop.file("site/rooms/index.html", '<img src="inner/">\n')
    shop.file("site/digest-late/index.html",
              "<script>setTimeout(() => fetch(location.origin + location.pathname + '?again'), 2500)</script>\n")


def described(package, port, configuration):
    return {"package": package, "port": port, "configuration": configuration}


def nginx(shop):
    """nginx with one location for each realm; returns one server per location, keyed by path."""
    port = shop.free_port()
    quoted = {
        "/basic/": REALM,
        "/quotes/": 'The \\"inner\\", court',
        "/backslash/": "CORP\\\\alice",
        "/trailing/": "court\\\\",
        "/utf8/": UTF8,
    }
    places = {path: [f'auth_basic "{realm}";', "auth_basic_user_file WORK/htpasswd;"] for path, realm in quoted.items()}
    places["/rooms/"] = places["/basic/"]
    places["/rooms/inner/"] = ['auth_basic "Inner rooms";', "auth_basic_user_file WORK/nobody;"]
    places["/forbidden/"] = ["deny all;"]
    places["/two/"] = places["/basic/"] + ["add_header WWW-Authenticate 'Bearer realm=\"api\"' always;"]
    blocks = "\n".join(f"location {path} {{ {' '.join(lines)} }}" for path, lines in places.items())
    served = blocks.replace("WORK", str(shop.work))
    start_nginx(shop, port, f"server {{ listen {LOOPBACK}:{port}; root {shop.work}/site;\n{served}\n}}")
    return {path: described("nginx", port, lines) for path, lines in places.items()}


APACHE_MODULES = (
    "mpm_event authn_core authn_file authz_core authz_user auth_basic auth_digest auth_gssapi auth_openidc "
    "proxy proxy_http dir unixd"
)


def apache(shop):
    """Apache httpd: one location for each scheme and realm, and a forward proxy on two further ports."""
    port, basic_proxy, digest_proxy = (shop.free_port() for _ in range(3))
    basic = ["AuthBasicProvider file", "AuthUserFile WORK/htpasswd", "Require valid-user"]
    digest = ["AuthDigestProvider file", "AuthUserFile WORK/htdigest", "Require valid-user"]
    escaped = QUOTES.replace('"', '\\"')
    places = {
        "/basic/": ["AuthType Basic", f'AuthName "{REALM}"', *basic],
        "/quotes/": ["AuthType Basic", f'AuthName "{escaped}"', *basic],
        "/backslash/": ["AuthType Basic", 'AuthName "CORP\\\\\\\\alice"', *basic],
        "/trailing/": ["AuthType Basic", 'AuthName "court\\\\\\\\"', *basic],
        "/utf8/": ["AuthType Basic", f'AuthName "{UTF8}"', *basic],
        "/digest/": ["AuthType Digest", f'AuthName "{REALM}"', *digest],
        "/digest-domain/": [
            "AuthType Digest",
            f'AuthName "{REALM}"',
            "AuthDigestDomain /digest-domain/ http://api.example.test/",
            *digest,
        ],
        "/digest-quotes/": ["AuthType Digest", f'AuthName "{escaped}"', *digest],
        "/digest-short/": ["AuthType Digest", f'AuthName "{REALM}"', "AuthDigestNonceLifetime 1", *digest],
        "/digest-late/": ["AuthType Digest", f'AuthName "{REALM}"', "AuthDigestNonceLifetime 1", *digest],
        "/negotiate/": [
            "AuthType GSSAPI",
            f'AuthName "{REALM}"',
            "GssapiCredStore keytab:WORK/keytab",
            "GssapiConnectionBound Off",
            "Require valid-user",
        ],
        "/negotiate-basic/": [
            "AuthType GSSAPI",
            f'AuthName "{REALM}"',
            "GssapiCredStore keytab:WORK/keytab",
            "GssapiBasicAuth On",
            "Require valid-user",
        ],
        "/bearer/": ["AuthType oauth20", f'AuthName "{REALM}"', "Require valid-user"],
        "/forbidden/": ["Require all denied"],
    }
    proxies = {
        basic_proxy: ["AuthType Basic", 'AuthName "Proxy users"', *basic],
        digest_proxy: ["AuthType Digest", 'AuthName "Proxy users"', *digest],
    }
    blocks = [
        "OIDCCryptoPassphrase throw-away",
        "OIDCOAuthVerifySharedKeys plain#throw-away-key-of-thirty-two-bytes",
        "OIDCCacheShmMax 10",
    ]
    for path, lines in places.items():
        blocks.append(f"<Location {path}>\n" + "\n".join(lines) + "\n</Location>")
    for proxy_port, lines in proxies.items():
        blocks.append(
            f"<VirtualHost {LOOPBACK}:{proxy_port}>\nServerName {PROXY_HOST}\nProxyRequests On\n"
            "<Proxy *>\n" + "\n".join(lines) + f"\n</Proxy>\nProxyRemote * http://{LOOPBACK}:{port}\n</VirtualHost>"
        )
    lines = "\n".join(blocks).replace("WORK", str(shop.work))
    kerberos = {"KRB5_CONFIG": str(shop.work / "krb5.conf")}
    start_apache(shop, APACHE_MODULES, [port, *proxies], lines, kerberos)
    servers = {path: described("apache2-bin", port, lines) for path, lines in places.items()}
    servers["/bearer/"]["modules"] = ["libapache2-mod-auth-openidc"]
    for path in ("/negotiate/", "/negotiate-basic/"):
        servers[path]["modules"] = ["libapache2-mod-auth-gssapi"]
    servers["proxy-basic"] = described(
        "apache2-bin", basic_proxy, ["ProxyRequests On", "<Proxy *>", *proxies[basic_proxy], "</Proxy>"]
    )
    servers["proxy-digest"] = described(
        "apache2-bin", digest_proxy, ["ProxyRequests On", "<Proxy *>", *proxies[digest_proxy], "</Proxy>"]
    )
    return servers


def squid(
    shop, schemes, realm="Proxy users", origin=0, more=(), rules=("http_access allow users", "http_access deny all")
):
    """squid with the given authentication schemes; `origin` is the port of the server that it passes requests on to."""
    port = shop.free_port()
    name = f"squid-{port}"
    folder = shop.folder(name)
    errors = shop.folder(f"{name}/errors")
    for template in shop.path("usr/share/squid-langpack/templates").iterdir():
        shop.file(f"{name}/errors/{template.name}", "<html><body>%c</body></html>\n")
    helper = shop.path("usr/lib/squid")
    offered = {
        "negotiate": [
            f"auth_param negotiate program {helper}/negotiate_kerberos_auth -k {shop.work}/keytab -s HTTP/{PROXY_HOST}",
            "auth_param negotiate children 1",
        ],
        "ntlm": [f"auth_param ntlm program {helper}/ntlm_fake_auth", "auth_param ntlm children 1"],
        "digest": [
            f"auth_param digest program {helper}/digest_file_auth -c {shop.work}/htdigest.squid",
            "auth_param digest children 1",
            f"auth_param digest realm {realm}",
        ],
        "basic": [
            f"auth_param basic program {helper}/basic_ncsa_auth {shop.work}/htpasswd",
            "auth_param basic children 1",
            f"auth_param basic realm {realm}",
        ],
    }
    auth = [line for scheme in schemes for line in offered[scheme]]
    lines = auth + (["acl users proxy_auth REQUIRED"] if auth else []) + list(more) + list(rules)
    peer = (
        f"cache_peer {LOOPBACK} parent {origin} 0 no-query originserver no-digest login=PASS\nnever_direct allow all\n"
        if origin
        else ""
    )
    config = shop.file(
        f"{name}/squid.conf",
        "\n".join(lines)
        + f"""
http_port {LOOPBACK}:{port}
visible_hostname {PROXY_HOST}
cache_mgr webmaster@example.test
{peer}{"cache_effective_user proxy" if is_root() else ""}
pid_filename {folder}/pid
cache_log {folder}/cache.log
access_log none
cache deny all
cache_mem 8 MB
coredump_dir {folder}
mime_table {shop.path("usr/share/squid/mime.conf")}
icon_directory {shop.path("usr/share/squid/icons")}
error_directory {errors}
err_page_stylesheet {shop.path("etc/squid/errorpage.css")}
logfile_daemon {helper}/log_file_daemon
unlinkd_program {helper}/unlinkd
pinger_enable off
shutdown_lifetime 0 seconds
""",
    )
    shop.start(
        [shop.path("usr/sbin/squid"), "-N", "-n", f"authgrammar{port}", "-f", config],
        port,
        {"KRB5_CONFIG": str(shop.work / "krb5.conf"), "KRB5_KTNAME": str(shop.work / "keytab")},
    )
    return described("squid", port, lines)


def lighttpd(shop):
    """lighttpd with Basic and Digest; returns one server per path. The algorithm is fixed for each path."""
    port = shop.free_port()
    folder = shop.folder("lighttpd")
    site = shop.work / "site"

    def place(method, realm, more=""):
        escaped = realm.replace("\\", "\\\\").replace('"', '\\"')
        return f'"method" => "{method}", "realm" => "{escaped}", "require" => "valid-user"{more}'

    plain = ['auth.backend = "plain"', 'auth.backend.plain.userfile = "WORK/plain"']
    digest = ['auth.backend = "htdigest"', 'auth.backend.htdigest.userfile = "WORK/htdigest.sha256"']
    settings = {
        "/basic/": (plain, place("basic", REALM)),
        "/quotes/": (plain, place("basic", QUOTES)),
        "/utf8/": (plain, place("basic", UTF8)),
        "/digest/": (digest, place("digest", REALM)),
        "/digest-both/": (digest, place("digest", REALM, ', "algorithm" => "MD5|SHA-256"')),
        "/digest-sha256/": (digest, place("digest", REALM, ', "algorithm" => "SHA-256"')),
        "/digest-sha512/": (digest, place("digest", REALM, ', "algorithm" => "SHA-512-256"')),
        "/digest-quotes/": (digest, place("digest", QUOTES)),
    }
    places = {
        path: [*backend, f'auth.require = ( "{path}" => ( {rule} ) )'] for path, (backend, rule) in settings.items()
    }
    places["/forbidden/"] = ['url.access-deny = ( "" )']
    blocks = []
    for path, lines in places.items():
        blocks.append(f'$HTTP["url"] =~ "^{path}" {{\n' + "\n".join(lines) + "\n}")
    config = shop.file(
        "lighttpd.conf",
        f"""server.modules = ( "mod_access", "mod_auth", "mod_authn_file" )
server.bind = "{LOOPBACK}"
server.port = {port}
server.document-root = "{site}"
server.errorlog = "{folder}/error.log"
server.upload-dirs = ( "{folder}" )
index-file.names = ( "index.html" )
"""
        + "\n".join(blocks).replace("WORK", str(shop.work))
        + "\n",
    )
    shop.start([shop.path("usr/sbin/lighttpd"), "-D", "-m", shop.path("usr/lib/lighttpd"), "-f", config], port)
    return {path: described("lighttpd", port, lines) for path, lines in places.items()}


def h2o(shop):
    """h2o with the Basic handler that its package ships."""
    port = shop.free_port()
    places = {"/basic/": REALM, "/quotes/": QUOTES}
    lines = {}
    blocks = ""
    for path, realm in places.items():
        handler = f"Htpasswd.new('{shop.work}/htpasswd', '{realm}')"
        lines[path] = ["mruby.handler: |", '  require "htpasswd.rb"', f"  {handler}"]
        blocks += f"""      {path}:
        mruby.handler: |
          require "htpasswd.rb"
          {handler}
        file.dir: {shop.work}/site
"""
    config = shop.file(
        "h2o.yaml",
        f"""{"user: nobody" if is_root() else ""}
listen:
  host: {LOOPBACK}
  port: {port}
num-threads: 1
hosts:
  default:
    paths:
{blocks}""",
    )
    shop.start([shop.path("usr/bin/h2o"), "-m", "worker", "-c", config], port, {"H2O_ROOT": str(shop.path("usr"))})
    return {path: described("h2o", port, lines[path]) for path in places}


def haproxy(shop):
    """haproxy, which answers 407 where the request is one to a proxy."""
    ports = {"/basic/": shop.free_port(), "/quotes/": shop.free_port()}
    realms = {"/basic/": "Staff\\ only", "/quotes/": 'The\\ \\"inner\\",\\ court'}
    users = ["userlist users", f'  user {USER} insecure-password "{PASSWORD}"']
    lines = {
        path: [
            *users,
            "frontend front",
            "  option http-use-proxy-header",
            f"  http-request auth realm {realms[path]} unless {{ http_auth(users) }}",
        ]
        for path in ports
    }
    fronts = "".join(
        f"frontend front{port}\n  bind {LOOPBACK}:{port}\n{lines[path][-2]}\n{lines[path][-1]}\n"
        "  http-request return status 200\n"
        for path, port in ports.items()
    )
    config = shop.file(
        "haproxy.cfg",
        "global\n  maxconn 64\ndefaults\n  mode http\n"
        "  timeout client 20s\n  timeout connect 20s\n  timeout server 20s\n" + "\n".join(users) + "\n" + fronts,
    )
    shop.start([shop.path("usr/sbin/haproxy"), "-db", "-f", config], ports["/basic/"])
    return {path: described("haproxy", port, lines[path]) for path, port in ports.items()}


def tinyproxy(shop):
    """tinyproxy with Basic proxy authentication; its realm is fixed."""
    port = shop.free_port()
    lines = [f"BasicAuth {USER} horse"]
    config = shop.file(
        "tinyproxy.conf",
        f"""Port {port}
Listen {LOOPBACK}
Timeout 20
LogFile "{shop.folder("tinyproxy")}/log"
DefaultErrorFile "{shop.file("tinyproxy.html", "<html><body>{cause}</body></html>")}"
ViaProxyName "{PROXY_HOST}"
{lines[0]}
""",
    )
    shop.start([shop.path("usr/bin/tinyproxy"), "-d", "-c", config], port)
    return described("tinyproxy-bin", port, lines)


def registry(shop, kind):
    """docker-registry with token authentication ("token": a Bearer challenge) or htpasswd ("basic")."""
    port = shop.free_port()
    folder = shop.folder(f"registry-{kind}")
    if kind == "token":
        request = shop.file("issuer.cnf", "[req]\ndistinguished_name = subject\n[subject]\n")
        shop.run(
            [
                "openssl",
                "req",
                "-config",
                request,
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=auth.example.test",
                "-days",
                "1",
                "-keyout",
                shop.work / "issuer.key",
                "-out",
                shop.work / "issuer.pem",
            ]
        )
        auth = [
            "auth:",
            "  token:",
            "    realm: https://auth.example.test/token",
            '    service: The "inner", registry',
            "    issuer: auth.example.test",
            f"    rootcertbundle: {shop.work}/issuer.pem",
        ]
    else:
        auth = ["auth:", "  htpasswd:", f"    realm: '{QUOTES}'", f"    path: {shop.work}/htpasswd.bcrypt"]
    config = shop.file(
        f"registry-{kind}.yaml",
        "version: 0.1\n"
        + "\n".join(auth)
        + f"\nstorage:\n  filesystem:\n    rootdirectory: {folder}"
        + f"\nhttp:\n  addr: {LOOPBACK}:{port}\n  secret: throw-away\n",
    )
    shop.start([shop.path("usr/bin/docker-registry"), "serve", config], port)
    return described("docker-registry", port, auth)


def cups(shop):
    """cupsd, whose web interface asks for Basic."""
    port = shop.free_port()
    folder = shop.folder("cups")
    for name in ("cache", "state", "spool", "tmp"):
        shop.folder(f"cups/{name}")
    files = shop.file(
        "cups/cups-files.conf",
        f"""ServerRoot {folder}
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/tmp
ServerBin {shop.path("usr/lib/cups")}
DataDir {shop.path("usr/share/cups")}
ErrorLog {folder}/error.log
AccessLog {folder}/access.log
PageLog {folder}/page.log
SystemGroup root
ServerKeychain {folder}/ssl
""",
    )
    lines = ["<Location />", "AuthType Basic", "Require valid-user", "Order allow,deny", "Allow all", "</Location>"]
    config = shop.file(
        "cups/cupsd.conf",
        f"Listen {LOOPBACK}:{port}\nServerName {HOST}\nBrowsing Off\nDefaultAuthType Basic\nWebInterface Yes\n"
        + "\n".join(lines)
        + "\n",
    )
    shop.start([shop.path("usr/sbin/cupsd"), "-f", "-c", config, "-s", files], port)
    return described("cups-daemon", port, lines)


def kerberos(shop):
    """A Kerberos KDC with USER and the two services, so that Negotiate carries real tokens.

    Writes a keytab for the services and a ticket for USER; returns the environment in which a client finds the ticket.
    """
    port = shop.free_port()
    folder = shop.folder("kdc")
    shop.file(
        "krb5.conf",
        f"""[libdefaults]
default_realm = {KERBEROS_REALM}
dns_lookup_realm = false
dns_lookup_kdc = false
dns_canonicalize_hostname = false
rdns = false
udp_preference_limit = 1
[realms]
{KERBEROS_REALM} = {{
  kdc = {LOOPBACK}:{port}
}}
[domain_realm]
.example.test = {KERBEROS_REALM}
[dbmodules]
db_module_dir = {shop.libraries}/krb5/plugins/kdb
""",
    )
    shop.file(
        "kdc.conf",
        f"""[kdcdefaults]
kdc_listen = {LOOPBACK}:{port}
kdc_tcp_listen = {LOOPBACK}:{port}
[realms]
{KERBEROS_REALM} = {{
  database_name = {folder}/principal
  key_stash_file = {folder}/stash
  acl_file = {folder}/acl
}}
[logging]
kdc = FILE:{folder}/kdc.log
""",
    )
    environment = {"KRB5_CONFIG": str(shop.work / "krb5.conf"), "KRB5_KDC_PROFILE": str(shop.work / "kdc.conf")}
    shop.run(
        [shop.path("usr/sbin/kdb5_util"), "create", "-s", "-r", KERBEROS_REALM, "-P", "throw-away"],
        environment=environment,
    )
    keytab = shop.work / "keytab"
    for query in (
        f'addprinc -pw "{PASSWORD}" {USER}',
        f"addprinc -randkey HTTP/{HOST}",
        f"addprinc -randkey HTTP/{PROXY_HOST}",
        f"ktadd -k {keytab} HTTP/{HOST}",
        f"ktadd -k {keytab} HTTP/{PROXY_HOST}",
    ):
        shop.run([shop.path("usr/sbin/kadmin.local"), "-r", KERBEROS_REALM, "-q", query], environment=environment)
    keytab.chmod(0o644)
    shop.start([shop.path("usr/sbin/krb5kdc"), "-n", "-r", KERBEROS_REALM], port, environment)
    client = {**environment, "KRB5CCNAME": f"FILE:{shop.work}/tickets"}
    shop.run([shop.path("usr/bin/kinit"), USER], environment=client, input=PASSWORD.encode() + b"\n")
    return client
