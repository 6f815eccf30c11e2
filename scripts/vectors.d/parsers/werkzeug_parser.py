#!/usr/bin/python3
"""Werkzeug's reader of WWW-Authenticate behind the protocol of docs/vectors.md: the worked example.

Debian: python3-werkzeug. It reads one challenge and has no errors: what it does not understand comes back empty, or
as parameters without a value.
"""

import json
import sys

from werkzeug.http import parse_www_authenticate_header


def read(value):
    challenge = parse_www_authenticate_header(value)
    if challenge.type is None:
        return {"valid": True, "parsed": []}
    params = [{"name": name, "value": text} for name, text in challenge.items() if name != "__auth_type__"]
    token68 = getattr(challenge, "token", None)
    # A parameter without a value is how it gives a token68, or a word that it could not place.
    if token68 is None and len(params) == 1 and params[0]["value"] is None:
        token68, params = params[0]["name"], []
    if any(param["value"] is None for param in params):
        return {"valid": False}
    return {"valid": True, "parsed": [{"scheme": challenge.type, "token68": token68, "params": params}]}


def answer(question):
    if question["field"] not in ("WWW-Authenticate", "Proxy-Authenticate"):
        return {"skipped": "only challenges"}
    if "values" in question:
        return {"skipped": "one field line only"}
    try:
        return read(question["value"])
    except Exception as problem:
        return {"valid": False, "error": {"code": type(problem).__name__}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
