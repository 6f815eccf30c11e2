#!/usr/bin/python3
"""What Python's urllib makes of a Digest or Basic challenge, behind the protocol of docs/vectors.md. Debian: python3.

urllib.request reads the first word as the scheme and the rest by parse_http_list() and parse_keqv_list().
"""

import json
import sys
from urllib.request import parse_http_list, parse_keqv_list


def read(value):
    words = value.split(" ", 1)
    params = parse_keqv_list(filter(None, parse_http_list(words[1]))) if len(words) == 2 else {}
    listed = [{"name": name, "value": text} for name, text in params.items()]
    return {"valid": True, "parsed": [{"scheme": words[0], "token68": None, "params": listed}]}


def answer(question):
    if question["field"] not in ("WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization"):
        return {"skipped": "has no scheme"}
    if "values" in question:
        return {"skipped": "one field line only"}
    try:
        return read(question["value"])
    except Exception as problem:
        return {"valid": False, "error": {"code": type(problem).__name__}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
