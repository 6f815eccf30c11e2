"""Flask-HTTPAuth: Basic, Digest and Token. usage: flask_app.py PORT"""

import sys

from flask import Flask
from flask_httpauth import HTTPBasicAuth, HTTPDigestAuth, HTTPTokenAuth

app = Flask("capture")
app.config["SECRET_KEY"] = "throw-away"
basic = HTTPBasicAuth(realm='Staff "in"')
digest = HTTPDigestAuth()
token = HTTPTokenAuth(scheme="Token")


@basic.verify_password
def verify(user, password):
    return user if (user, password) == ("alice", "correct horse") else None


@digest.get_password
def password_of(user):
    return "correct horse" if user == "alice" else None


@token.verify_token
def verify_token(given):
    return "alice" if given == "throw-away" else None


for path, auth in {"basic": basic, "digest": digest, "token": token}.items():
    app.add_url_rule(f"/{path}", path, auth.login_required(lambda: "in\n"))

app.run("127.0.0.1", int(sys.argv[1]))
