#!/usr/bin/python3
"""httplib2's reader of WWW-Authenticate behind the protocol of docs/vectors.md. Debian: python3-httplib2."""

import json
import sys

from httplib2 import auth


def read(value):
    # By scheme, in lower case: a text for a token68, else parameters by name. Two of one scheme become one.
    found = auth._parse_www_authenticate({"www-authenticate": value}, "www-authenticate")
    challenges = []
    for scheme, content in found.items():
        token68, pairs = (content, {}) if isinstance(content, str) else (None, content or {})
        params = [{"name": name, "value": text} for name, text in pairs.items()]
        challenges.append({"scheme": scheme, "token68": token68, "params": params})
    return {"valid": True, "parsed": challenges}


def answer(question):
    if question["field"] not in ("WWW-Authenticate", "Proxy-Authenticate"):
        return {"skipped": "only challenges"}
    try:
        # Several lines reach it joined.
        return read(question["value"] if "value" in question else ", ".join(question["values"]))
    except Exception as problem:
        return {"valid": False, "error": {"code": type(problem).__name__}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
