"""nginx, Apache and HAProxy as gateways (reverse proxies) in front of one server: their configurations.

The first folder of a path says how the gateway is configured, the last one how the server behind answers.
"""

from situations import APACHE, BOSS, HAPROXY, NGINX, OWN, PASSWORD, USER
from web_servers import start_apache, start_nginx
from wire import LOOPBACK

BEHIND_HOST = "behind.example.test"
MODULES = "mpm_event authn_core authn_file authz_core authz_user auth_basic dir headers proxy proxy_http unixd"
OWN_VALUE = OWN["Authorization"]


def nginx(shop, behind):
    port = shop.free_port()
    check = f'auth_basic "Staff only"; auth_basic_user_file {shop.work}/users;'
    keep_host = "proxy_set_header Host $http_host;"
    own = f'proxy_set_header Authorization "{OWN_VALUE}";'
    places = {
        "usual": "",
        "host": keep_host,
        "other-host": f"proxy_set_header Host {BEHIND_HOST};",
        "gate": f"{check} {keep_host}",
        "gate-removes": f'{check} {keep_host} proxy_set_header Authorization "";',
        "gate-replaces": f"{check} {keep_host} {own}",
        "own": f"{keep_host} {own}",
        "gate-translates": f"{check} {keep_host} {own} proxy_intercept_errors on; error_page 401 = @bad;",
        "consumes": f'{keep_host} proxy_set_header Proxy-Authorization "";',
    }
    locations = "\n".join(
        f"location /{place}/ {{ {lines} proxy_pass http://{LOOPBACK}:{behind}; }}" for place, lines in places.items()
    )
    start_nginx(shop, port, f"server {{ listen {LOOPBACK}:{port};\n{locations}\nlocation @bad {{ return 502; }} }}",
                name="nginx-gateway")
    return port


def apache(shop, behind):
    port = shop.free_port()
    check = f'AuthType Basic\nAuthName "Staff only"\nAuthBasicProvider file\nAuthUserFile {shop.work}/users\n' \
            "Require valid-user"
    keep_host = "ProxyPreserveHost On"
    own = f'RequestHeader set Authorization "{OWN_VALUE}"'
    places = {
        "usual": "",
        "host": keep_host,
        "other-host": f"RequestHeader set Host {BEHIND_HOST}\n{keep_host}",
        "gate": f"{check}\n{keep_host}",
        "gate-removes": f"{check}\n{keep_host}\nRequestHeader unset Authorization",
        "gate-replaces": f"{check}\n{keep_host}\n{own}",
        "own": f"{keep_host}\n{own}",
        "consumes": f"{keep_host}\nRequestHeader unset Proxy-Authorization",
    }
    blocks = "\n".join(
        f"<Location /{place}/>\nProxyPass http://{LOOPBACK}:{behind}/{place}/\n{lines}\n</Location>"
        for place, lines in places.items()
    )
    start_apache(shop, MODULES, [port], blocks, name="apache-gateway")
    return port


def haproxy(shop, behind):
    port = shop.free_port()
    users = "\n".join(f'  user {user} insecure-password "{PASSWORD}"' for user in (USER, BOSS))
    own = OWN_VALUE.replace(" ", "\\ ")
    config = shop.file("haproxy-gateway.cfg", f"""global
  maxconn 64
defaults
  mode http
  timeout client 20s
  timeout connect 20s
  timeout server 20s
userlist users
{users}
frontend front
  bind {LOOPBACK}:{port}
  http-request auth realm Staff\\ only if {{ path_beg /gate }} !{{ http_auth(users) }}
  http-request set-header Host {BEHIND_HOST} if {{ path_beg /other-host/ }}
  http-request del-header Authorization if {{ path_beg /gate-removes/ }}
  http-request set-header Authorization {own} if {{ path_beg /gate-replaces/ /own/ /gate-translates/ }}
  http-request set-var(txn.translate) bool(true) if {{ path_beg /gate-translates/ }}
  http-request del-header Proxy-Authorization if {{ path_beg /consumes/ }}
  http-response return status 502 if {{ status 401 }} {{ var(txn.translate) -m bool }}
  default_backend behind
backend behind
  server behind {LOOPBACK}:{behind}
""")
    shop.start([shop.path("usr/sbin/haproxy"), "-db", "-f", config], port)
    return port


START = {NGINX: nginx, APACHE: apache, HAPROXY: haproxy}
