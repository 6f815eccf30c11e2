"""What is asked of gateways, and why an answer, or what becomes of a field, differs from ours.

Paths are those of gateways.py: the first folder says how the gateway is configured, the last one how the server behind
answers (behind.py).
"""

from situations import ALICE, APACHE, HAPROXY, NGINX, NOBODY, NOMINATED_AND_KEPT, UNKNOWN, UNREADABLE, WRONG
from situations import Situation, protected, proxied

PASS = {NGINX: "proxy_pass", APACHE: "ProxyPass", HAPROXY: "default_backend"}
KEEP_HOST = {
    NGINX: "proxy_set_header Host $http_host",
    APACHE: "ProxyPreserveHost On",
    HAPROXY: "",
}
OTHER_HOST = {
    NGINX: "proxy_set_header Host",
    APACHE: "ProxyPreserveHost On, RequestHeader set Host",
    HAPROXY: "http-request set-header Host",
}
CHECK = {
    NGINX: "auth_basic",
    APACHE: "AuthType Basic, Require valid-user",
    HAPROXY: "http-request auth",
}
REMOVE = {
    NGINX: 'proxy_set_header Authorization ""',
    APACHE: "RequestHeader unset Authorization",
    HAPROXY: "http-request del-header Authorization",
}
REPLACE = {
    NGINX: "proxy_set_header Authorization",
    APACHE: "RequestHeader set Authorization",
    HAPROXY: "http-request set-header Authorization",
}
CONSUME = {
    NGINX: 'proxy_set_header Proxy-Authorization ""',
    APACHE: "RequestHeader unset Proxy-Authorization",
    HAPROXY: "http-request del-header Proxy-Authorization",
}


TRANSLATE = {
    NGINX: "proxy_intercept_errors on, error_page 401 to a location that returns 502",
    HAPROXY: "http-response return status 502 if 401",
}

NGINX_HOST = (
    "{nginx} sends the host of its proxy_pass as Host unless proxy_set_header changes it, and passes "
    "Authorization on all the same. The server behind is then another authority, and the credentials are not for "
    "it (RFC 9110, 11.5). Where it is the same service, keep the client's Host: proxy_set_header Host $http_host. "
    'Where it is not, take the field out: proxy_set_header Authorization "".'
)
APACHE_HOST = (
    "{Apache} sends the host of its ProxyPass as Host unless ProxyPreserveHost is on, and passes Authorization on "
    "all the same. The server behind is then another authority, and the credentials are not for it (RFC 9110, "
    "11.5). Where it is the same service, write ProxyPreserveHost On; where it is not, RequestHeader unset "
    "Authorization."
)
OTHER_AUTHORITY = (
    "The gateway gives the request another Host and leaves the client's Authorization in it: credentials for one "
    "authority go to another (RFC 9110, 11.5). None of nginx, Apache and HAProxy takes the field out by itself."
)
TAKEN_OUT = (
    "The gateway takes out credentials that the server behind needs, too. The server behind asks for them, the "
    "gateway passes its 401 on, and the client, which sent the right ones, asks its user again and again. Take "
    "the field out only if the server behind asks for nothing, or has credentials from the gateway."
)
OWN_REFUSED = (
    "The server behind refuses the gateway's own credentials, and the gateway passes its 401 on. Now the client "
    "is asked, with the realm of a server that it does not know, for credentials that it cannot have. The failure "
    "is the gateway's: 502 says so, and nginx and HAProxy send it where they are told to."
)
BARE = (
    "The server behind sends 401 without a challenge, against RFC 9110, 15.5.2, and the gateway passes it on. To "
    "its client it is the origin server, and owes the challenge (3.7). None of the servers here adds one."
)
FROM_PROXY = (
    "The server behind sends 407, and the gateway passes it on. To its client a gateway is the origin server, "
    "which sends no 407 (RFC 9110, 3.7 and 15.5.8); a client that is told to authenticate to a proxy that it did "
    "not choose gives up, or sends its proxy's credentials to the gateway. 502 would be right."
)
APACHE_FROM_PROXY = (
    FROM_PROXY
    + " {Apache} takes Proxy-Authenticate out, as the field is meant for the next client (11.7.1), and leaves the "
    "status: a 407 that no client can answer."
)
PROXY_FIELDS = (
    "Proxy-Authenticate and Proxy-Authentication-Info are for the next client on the way back (RFC 9110, 11.7.1 "
    "and 11.7.3), which is the gateway. {nginx} and {HAProxy} pass on both. proxy_hide_header or http-response "
    "del-header take them out."
)
APACHE_PROXY_FIELDS = (
    "{Apache} takes Proxy-Authenticate out of what comes from behind and passes on Proxy-Authentication-Info, "
    "which is for the next client as well (RFC 9110, 11.7.3)."
)
NOMINATED = (
    "The client names Authorization in Connection. {Apache} takes the field out, as RFC 9110, 7.6.1, demands, and "
    "the server behind asks for it. The client should not have named it: Authorization is for the server "
    "(11.6.2)."
)
SAME = {"removed-needed": TAKEN_OUT, "own-refused": OWN_REFUSED, "bare": BARE, "other-host": OTHER_AUTHORITY}
DIFFERS = {
    NGINX: {**SAME, "behind-usual": NGINX_HOST, "as-proxy": FROM_PROXY, "proxy-info": PROXY_FIELDS,
            "nominated": NOMINATED_AND_KEPT},
    APACHE: {**SAME, "behind-usual": APACHE_HOST, "as-proxy": APACHE_FROM_PROXY, "proxy-info": APACHE_PROXY_FIELDS,
             "nominated": NOMINATED},
    HAPROXY: {**SAME, "as-proxy": FROM_PROXY, "proxy-info": PROXY_FIELDS, "nominated": NOMINATED_AND_KEPT},
}


def gateway(credentials="absent", **more):
    return protected(credentials, hop="gateway", **more)


PUBLIC = {"hop": "gateway"}


def situations(server):
    """What all three can be brought into."""

    def ask(name, title, path, fields, facts, setting, **more):
        return Situation(server, name, title, path, fields, facts, setting, role="gateway", **more)

    keep_host, check = KEEP_HOST[server], CHECK[server]
    removes, replaces = f"{check}, {REMOVE[server]}", f"{check}, {REPLACE[server]}"
    why = DIFFERS[server]
    list_of = [
        ask("behind-none", "no credentials, and the server behind wants some", "/host/checks/", NOBODY, gateway(),
            keep_host),
        ask("behind-wrong", "wrong password for the server behind", "/host/checks/", WRONG, gateway("invalid"),
            keep_host),
        ask("behind-right", "right user of the server behind", "/host/checks/", ALICE, gateway("sufficient"),
            keep_host),
        ask("behind-usual", "right user of the server behind, Host as the gateway sends it by default",
            "/usual/checks/", ALICE, gateway("sufficient"), PASS[server]),
        ask("other-host", "right user of the server behind, under another Host", "/other-host/checks/", ALICE,
            gateway("sufficient"), OTHER_HOST[server]),
        ask("behind-forbids", "the server behind forbids", "/host/forbids/", ALICE, gateway("insufficient"), keep_host),
        ask("none", "no credentials", "/gate/open/", NOBODY, gateway(), check),
        ask("wrong", "wrong password", "/gate/open/", WRONG, gateway("invalid"), check),
        ask("unknown", "unknown user", "/gate/open/", UNKNOWN, gateway("invalid"), check, alike="wrong"),
        ask("malformed", "a field that is not in the grammar", "/gate/open/", UNREADABLE, gateway("malformed"), check),
        ask("kept", "right user of the gateway", "/gate/open/", ALICE, gateway("sufficient"), check),
        ask("removed", "right user of the gateway, which consumes the field", "/gate-removes/open/", ALICE,
            gateway("sufficient"), removes),
        ask("removed-needed", "right user of both, but the gateway consumes the field", "/gate-removes/checks/", ALICE,
            gateway("sufficient"), removes),
        ask("both", "right user of both", "/gate/checks/", ALICE, gateway("sufficient"), check),
        ask("both-other", "right user of the gateway; the server behind wants another password", "/gate/checks-other/",
            ALICE, gateway("invalid"), check),
        ask("replaced", "right user of the gateway, which has credentials of its own", "/gate-replaces/checks-own/",
            ALICE, gateway("sufficient"), replaces),
        ask("own", "no credentials, the gateway has some of its own", "/own/checks-own/", NOBODY, PUBLIC,
            REPLACE[server]),
        ask("own-refused", "right user of the gateway, whose own credentials are refused", "/gate-replaces/refuses/",
            ALICE, gateway("sufficient"), replaces),
        *([ask("translated", "the same, and the gateway translates the 401", "/gate-translates/refuses/", ALICE,
               gateway("sufficient"), f"{replaces}, {TRANSLATE[server]}")] if server in TRANSLATE else []),
        ask("bare", "a 401 without a challenge from behind", "/host/bare/", NOBODY, gateway(), keep_host),
        ask("two", "two challenges from behind", "/host/two/", NOBODY, gateway(), keep_host),
        ask("as-proxy", "a 407 from behind", "/host/as-proxy/", NOBODY, PUBLIC, keep_host),
        ask("info", "WWW-Authenticate and Authentication-Info from behind, with a 200", "/host/info/", ALICE,
            gateway("sufficient"), keep_host),
        ask("proxy-info", "Proxy-Authenticate and Proxy-Authentication-Info from behind", "/host/proxy-info/", NOBODY,
            PUBLIC, keep_host),
        ask("proxy-kept", "Proxy-Authorization", "/host/open/", proxied(ALICE), PUBLIC, keep_host),
        ask("proxy-gate", "Proxy-Authorization, and the gateway wants credentials", "/gate/open/", proxied(ALICE),
            gateway(), check),
        ask("proxy-removed", "Proxy-Authorization, taken out", "/consumes/open/", proxied(ALICE), PUBLIC,
            CONSUME[server]),
        ask("nominated", "Connection: close, Authorization", "/host/checks/",
            {**ALICE, "Connection": "close, Authorization"}, gateway("sufficient"), keep_host),
    ]
    for situation in list_of:
        situation.differs = why.get(situation.name, "")
    return list_of


ALL = [situation for server in (NGINX, APACHE, HAPROXY) for situation in situations(server)]
