"""The usual situations: what is asked of each server, with which facts, and why an answer differs from ours."""

import base64

from web_servers import HOST

USER, PASSWORD = "alice", "correct horse"
BOSS = "boss"

NGINX, APACHE, HAPROXY, SQUID = "nginx", "Apache", "HAProxy", "squid"


def basic(user, password=PASSWORD):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def proxied(fields):
    return {"Proxy-" + name: value for name, value in fields.items()}


NOBODY = {}
ALICE = basic(USER)
WRONG = basic(USER, "wrong")
UNKNOWN = basic("mallory")
UNREADABLE = {"Authorization": 'Basic "'}

# Why a gateway or proxy differs that keeps a field which Connection names.
NOMINATED_AND_KEPT = (
    "The client names Authorization in Connection. RFC 9110, 7.6.1, has an intermediary take out what Connection names; "
    "{nginx}, {HAProxy} and {squid} leave the field in the request. The client should not have named it: Authorization is "
    "for the server (11.6.2)."
)
OWN = basic("gateway", "gate secret")


class Situation:
    """One request to one server.

    `setting`: the lines of the configuration that make it so, for readers. `facts`: what `authlint decide --json` is
    given. `alike`: the name of another situation whose answer must be equal in every byte but Date. `differs`: why the
    server answers otherwise, or does something else with a field on the way, than we do; empty if it does as we do, or
    as we permit. `role`: what the server is, "origin", "gateway" or "proxy". `method`, `host`: of the request. `inside`:
    a path and fields, which are asked through the tunnel that CONNECT has opened.
    """

    def __init__(self, server, name, title, path, fields, facts, setting, *, alike="", differs="", role="origin",
                 method="GET", host=HOST, inside=None):
        self.server = server
        self.name = name
        self.title = title
        self.path = path
        self.fields = fields
        self.facts = facts
        self.setting = setting
        self.alike = alike
        self.differs = differs
        self.role = role
        self.method = method
        self.host = host
        self.inside = inside


def protected(credentials="absent", **more):
    return {"resource": "protected", "credentials": credentials, **more}


HIDDEN = {"existence": "hidden"}
HIDDEN_BY_401 = {"existence": "hidden", "policy": {"hide_with": "401"}}
NO_GROUPS = (
    "nginx knows no groups: a user who may not have this area is one who is not in its password file, and gets the 401 "
    "of an unknown user. It tells less than 403, and sends the user round in circles. With auth_request a service of "
    "one's own can say 403."
)
NOT_IN_GROUP = (
    "Unless AuthzSendForbiddenOnFailure is on, Apache answers whom it knows but does not let in with 401, as if the "
    "password were wrong: the browser asks for another, and the right one never helps. RFC 9110, 11.4, has 403."
)
FORM_401 = (
    "401 without a challenge is against RFC 9110, 15.5.2, and for a login by form there is none to send (S401-8): "
    "authlint lint calls it login-page-as-401. Browsers show the page, so it goes unnoticed."
)

COMMON = {
    NGINX: "auth_basic, auth_basic_user_file",
    APACHE: "AuthType Basic, Require valid-user",
}


def common(server):
    """What both servers can be brought into."""
    usual = COMMON[server]
    hide = {
        NGINX: "auth_request, error_page 401 403 to a location that returns 404",
        APACHE: "Redirect 404",
    }[server]
    denied = {NGINX: "deny all", APACHE: "Require all denied"}[server]
    both = {
        NGINX: "deny all, auth_basic, satisfy all",
        APACHE: "RequireAll of Require not ip and Require valid-user",
    }[server]
    moved = {NGINX: "return 301", APACHE: "Redirect permanent"}[server]
    return [
        Situation(server, "open", "a public page", "/", NOBODY, {}, ""),
        Situation(server, "open-wrong", "a public page, wrong credentials", "/", WRONG,
                  {"resource": "public", "credentials": "invalid"}, ""),
        Situation(server, "none", "no credentials", "/basic/", NOBODY, protected(), usual),
        Situation(server, "wrong", "wrong password", "/basic/", WRONG, protected("invalid"), usual),
        Situation(server, "unknown", "unknown user", "/basic/", UNKNOWN, protected("invalid"), usual, alike="wrong"),
        Situation(server, "malformed", "a field that is not in the grammar", "/basic/", UNREADABLE,
                  protected("malformed"), usual),
        Situation(server, "right", "right user", "/basic/", ALICE, protected("sufficient"), usual),
        Situation(server, "denied", "network denied", "/denied/", NOBODY, protected(forbidden=True), denied),
        Situation(server, "denied-none", "network denied, no credentials", "/both/", NOBODY,
                  protected(forbidden=True), both),
        Situation(server, "denied-right", "network denied, right user", "/both/", ALICE,
                  protected("sufficient", forbidden=True), both),
        Situation(server, "hidden", "hidden page", "/hidden/", NOBODY, protected(**HIDDEN), hide),
        Situation(server, "hidden-nothing", "nothing in the hidden part", "/hidden/nothing", NOBODY,
                  {"resource": "absent", **HIDDEN}, hide, alike="hidden"),
        Situation(server, "area", "a page behind the login, no credentials", "/basic/", NOBODY,
                  protected(**HIDDEN_BY_401), usual),
        Situation(server, "area-nothing", "nothing behind the login, no credentials", "/basic/nothing", NOBODY,
                  {"resource": "absent", **HIDDEN_BY_401}, usual, alike="area"),
        Situation(server, "area-right", "nothing behind the login, right user", "/basic/nothing", ALICE,
                  {"resource": "absent", "credentials": "sufficient", **HIDDEN_BY_401}, usual),
        Situation(server, "missing", "nothing there", "/nothing", NOBODY, {"resource": "absent"}, ""),
        Situation(server, "moved", "moved", "/old/", NOBODY, {"resource": "moved"}, moved),
    ]


ALL = [
    *common(NGINX),
    Situation(NGINX, "group", "right user, wrong group", "/group/", ALICE, protected("insufficient"),
              "auth_basic, auth_basic_user_file of the group", differs=NO_GROUPS),
    Situation(NGINX, "group-403", "right user, wrong group", "/group-403/", ALICE, protected("insufficient"),
              "auth_basic, and auth_request to a location that returns 403"),
    Situation(NGINX, "hidden-insufficient", "hidden page, right user, wrong group", "/hidden/", ALICE,
              protected("insufficient", **HIDDEN),
              "auth_request, error_page 401 403 to a location that returns 404", alike="hidden-nothing-insufficient"),
    Situation(NGINX, "hidden-nothing-insufficient", "nothing in the hidden part, right user, wrong group",
              "/hidden/nothing", ALICE, {"resource": "absent", "credentials": "insufficient", **HIDDEN},
              "auth_request, error_page 401 403 to a location that returns 404"),
    Situation(NGINX, "form", "a login form, nobody logged in", "/form/", NOBODY,
              protected(authentication="form", policy={"login": "302"}),
              "auth_request, error_page 401 to a location that returns 302"),
    Situation(NGINX, "form-401", "a login form, nobody logged in", "/form-401/", NOBODY,
              protected(authentication="form"), "auth_request, error_page 401 /login.html", differs=FORM_401),
    *common(APACHE),
    Situation(APACHE, "group", "right user, wrong group", "/group/", ALICE, protected("insufficient"),
              "Require group", differs=NOT_IN_GROUP),
    Situation(APACHE, "group-403", "right user, wrong group", "/group-403/", ALICE, protected("insufficient"),
              "Require group, AuthzSendForbiddenOnFailure On"),
    Situation(APACHE, "digest", "no credentials", "/digest/", NOBODY, protected(),
              "AuthType Digest, Require valid-user"),
    Situation(APACHE, "digest-malformed", "a field that is not in the grammar", "/digest/",
              {"Authorization": 'Digest username="'}, protected("malformed"), "AuthType Digest, Require valid-user"),
    Situation(APACHE, "form", "a login form, nobody logged in", "/form/", NOBODY,
              protected(authentication="form", policy={"login": "302"}),
              "AuthType form, AuthFormLoginRequiredLocation"),
    Situation(APACHE, "form-401", "a login form, nobody logged in", "/form-401/", NOBODY,
              protected(authentication="form"), "AuthType form, ErrorDocument 401 /login.html", differs=FORM_401),
    Situation(APACHE, "proxy-none", "a proxy, no credentials", "/", NOBODY, protected(hop="proxy"),
              "ProxyRequests On, Require valid-user", role="proxy"),
    Situation(APACHE, "proxy-wrong", "a proxy, wrong password", "/", proxied(WRONG), protected("invalid", hop="proxy"),
              "ProxyRequests On, Require valid-user", role="proxy"),
    Situation(APACHE, "proxy-right", "a proxy, right user", "/", proxied(ALICE), protected("sufficient", hop="proxy"),
              "ProxyRequests On, Require valid-user", role="proxy"),
]
