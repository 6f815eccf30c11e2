"""squid as a forward proxy, asked with http URIs and with CONNECT: its configuration, and what is asked of it.

The last folder of a path says how the server behind answers (behind.py).
"""

import servers
from situations import ALICE, BOSS, NOBODY, NOMINATED_AND_KEPT, SQUID, UNKNOWN, UNREADABLE, WRONG
from situations import Situation, protected, proxied
from web_servers import HOST
from wire import LOOPBACK

DENIED, GROUP, GROUP_403 = "denied.example.test", "group.example.test", "group-403.example.test"
PEER_PASS, PEER_OWN = "peer-pass.example.test", "peer-own.example.test"
OWN_LOGIN = "proxy:own-secret"


def start(shop, behind):
    names = (HOST, DENIED, GROUP, GROUP_403, PEER_PASS, PEER_OWN)
    hosts = shop.file("hosts", "".join(f"{LOOPBACK} {name}\n" for name in names))
    more = [
        f"hosts_file {hosts}",
        f"acl bosses proxy_auth {BOSS}",
        *(f"acl to-{name} dstdomain {name}" for name in names),
        *(
            f"cache_peer {LOOPBACK} parent {behind} 0 no-query no-digest no-netdb-exchange name={name} login={login}\n"
            f"cache_peer_access {name} allow to-{name}\nnever_direct allow to-{name}"
            for name, login in ((PEER_PASS, "PASS"), (PEER_OWN, OWN_LOGIN))
        ),
    ]
    rules = [
        f"http_access deny to-{DENIED}",
        f"http_access deny to-{GROUP} !bosses",
        f"http_access deny to-{GROUP_403} users !bosses all",
        "http_access allow users",
        "http_access deny all",
    ]
    return servers.squid(shop, ["basic"], more=more, rules=rules)["port"]


USUAL = "proxy_auth REQUIRED"
GROUP_ASKED = (
    "{squid} answers a known user who may not have this with 407 if the http_access line that denies ends in an "
    "ACL of users, as if the password were wrong: browsers ask again and again. RFC 9110, 11.4, has 403, which "
    "squid sends if the line ends in another ACL: http_access deny users !bosses all."
)
INSIDE_407 = (
    "After 2xx to CONNECT the client speaks to the origin server, which sends no 407 (RFC 9110, 9.3.6 and "
    "15.5.8). The proxy cannot see into the tunnel and passes everything on. A client that answers this 407 gives "
    "the proxy's credentials to the origin server."
)
BARE = "The server sends 401 without a challenge, against RFC 9110, 15.5.2. A proxy passes on what it gets (11.6.1)."
GET_407 = (
    "An origin server sends no 407 (RFC 9110, 15.5.8). {squid} takes its Proxy-Authenticate out, which is for "
    "squid alone (11.7.1), and leaves the status: a 407 that no client can answer."
)
PEER_407 = (
    "The two proxies authenticate the client together (login=PASS): {squid} sends the client's credentials on and "
    "the other proxy's challenge back, as RFC 9110, 11.7.2, permits where proxies cooperate. The answer is the "
    "other proxy's."
)


def proxy(credentials="absent", **more):
    return protected(credentials, hop="proxy", **more)


def connect(name, title, fields, facts, setting=USUAL, **more):
    return Situation(SQUID, name, title, "/open/", fields, facts, setting, role="proxy", method="CONNECT", **more)


def inside(name, title, path, fields, facts, **more):
    """Through a tunnel that was opened with the right credentials."""
    return connect(name, title, proxied(ALICE), facts, inside=(path, fields), **more)


def get(name, title, path, fields, facts, setting=USUAL, **more):
    return Situation(SQUID, name, title, path, fields, facts, setting, role="proxy", **more)


ALL = [
    connect("connect-none", "CONNECT, no credentials", NOBODY, proxy()),
    connect("connect-wrong", "CONNECT, wrong password", proxied(WRONG), proxy("invalid")),
    connect("connect-unknown", "CONNECT, unknown user", proxied(UNKNOWN), proxy("invalid"), alike="connect-wrong"),
    connect("connect-malformed", "CONNECT, a field that is not in the grammar", proxied(UNREADABLE),
            proxy("malformed")),
    connect("connect-scheme", "CONNECT, credentials of a scheme that is not offered",
            {"Proxy-Authorization": "Bearer x1"}, proxy("invalid")),
    connect("connect-authorization", "CONNECT, the right user in Authorization", ALICE, proxy()),
    connect("connect-right", "CONNECT, right user", proxied(ALICE), proxy("sufficient")),
    connect("connect-denied", "CONNECT to a server that nobody may reach, no credentials", NOBODY,
            proxy(forbidden=True), "http_access deny of a domain", host=DENIED),
    connect("connect-denied-right", "CONNECT to a server that nobody may reach, right user", proxied(ALICE),
            proxy("sufficient", forbidden=True), "http_access deny of a domain", host=DENIED),
    connect("connect-group", "CONNECT, right user, wrong group", proxied(ALICE), proxy("insufficient"),
            "http_access deny, ending in an ACL of users", host=GROUP, differs=GROUP_ASKED),
    connect("connect-group-403", "CONNECT, right user, wrong group", proxied(ALICE), proxy("insufficient"),
            "http_access deny, ending in all", host=GROUP_403),
    inside("inside", "in the tunnel: a public page", "/open/", NOBODY, {}),
    inside("inside-none", "in the tunnel: no credentials", "/checks/", NOBODY, protected()),
    inside("inside-wrong", "in the tunnel: wrong password", "/checks/", WRONG, protected("invalid")),
    inside("inside-right", "in the tunnel: right user", "/checks/", ALICE, protected("sufficient")),
    inside("inside-407", "in the tunnel: the server answers 407", "/as-proxy/", NOBODY, protected(),
           differs=INSIDE_407),
    inside("inside-proxy", "in the tunnel: Proxy-Authorization", "/open/", proxied(ALICE), {}),
    inside("inside-proxy-only", "in the tunnel: the right user in Proxy-Authorization", "/checks/", proxied(ALICE),
           protected()),
    get("get-none", "GET, no credentials", "/open/", NOBODY, proxy()),
    get("get-wrong", "GET, wrong password", "/open/", proxied(WRONG), proxy("invalid")),
    get("get-right", "GET, right user", "/open/", proxied(ALICE), proxy("sufficient")),
    get("get-group", "GET, right user, wrong group", "/open/", proxied(ALICE), proxy("insufficient"),
        "http_access deny, ending in an ACL of users", host=GROUP, differs=GROUP_ASKED),
    get("get-behind-none", "GET, right user of the proxy, none of the server", "/checks/", proxied(ALICE), protected()),
    get("get-behind-right", "GET, right user of both", "/checks/", {**proxied(ALICE), **ALICE},
        protected("sufficient")),
    get("get-bare", "GET, a 401 without a challenge from the server", "/bare/", proxied(ALICE), protected(),
        differs=BARE),
    get("get-two", "GET, two challenges from the server", "/two/", proxied(ALICE), protected()),
    get("get-as-proxy", "GET, the server answers 407", "/as-proxy/", proxied(ALICE), protected(), differs=GET_407),
    get("get-info", "GET, WWW-Authenticate and Authentication-Info from the server", "/info/",
        {**proxied(ALICE), **ALICE}, protected("sufficient")),
    get("get-proxy-info", "GET, Proxy-Authenticate and Proxy-Authentication-Info from the server", "/proxy-info/",
        proxied(ALICE), {}),
    get("get-nominated", "GET, Connection: close, Authorization", "/checks/",
        {**proxied(ALICE), **ALICE, "Connection": "close, Authorization"}, protected("sufficient"),
        differs=NOMINATED_AND_KEPT),
    get("peer-pass", "GET by another proxy, with the client's credentials", "/open/", proxied(ALICE),
        proxy("sufficient"), "cache_peer login=PASS", host=PEER_PASS),
    get("peer-own", "GET by another proxy, with credentials of its own", "/open/", proxied(ALICE), proxy("sufficient"),
        "cache_peer login=USER:PASSWORD", host=PEER_OWN),
    get("peer-as-proxy", "GET by another proxy, which answers 407", "/as-proxy/", proxied(ALICE), proxy("sufficient"),
        "cache_peer login=PASS", host=PEER_PASS, differs=PEER_407),
]
