"""A client of Basic and Digest that is wrong in one way, for causes that no packaged client can be told to have.

usage: wrong_client.py PORT PATH WAY

The ways of Digest are in WAYS; "header:VALUE" sends VALUE as Authorization, without asking first. Messages go to PORT of the
loopback under the example name.
"""

import hashlib
import http.client
import re
import sys
import time

HOST = "www.example.test"
USER = "alice"
PASSWORD = "correct horse"

# What each way changes in the values that are sent, or only in those that are hashed.
WAYS = {
    "right": {},
    "realm": {"realm": "Accounts"},
    "no-query": {"uri": "PATH"},
    "md5": {"algorithm": "MD5"},
    "no-algorithm": {"algorithm": None},
    "hashed-md5": {"hash": "MD5"},
    "old-formula": {"qop": None},
    "qop": {"qop": "auth-int"},
    "opaque": {"opaque": "0123456789abcdef"},
    "nonce": {"nonce": "MDAwMDAwMDAwMDAwMDAwMA=="},
    "user": {"user": "Alice"},
    "line-feed": {"password": PASSWORD + "\n"},
    "method": {"hashed_method": "POST"},
    "twice": {},  # right, and then the same again
    "late": {},  # right, and again when the nonce is too old, with the next nc
}


def digest(algorithm, text):
    name = {"MD5": "md5", "SHA-256": "sha256"}[algorithm or "MD5"]
    return hashlib.new(name, text.encode()).hexdigest()


def answer(challenge, path, query, way, nc=1):
    """Digest credentials for the challenge (RFC 7616, 3.4)."""
    asked = {name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))', challenge)}
    v = {"user": USER, "password": PASSWORD, "realm": asked["realm"], "nonce": asked["nonce"], "uri": path + query, "qop": "auth",
         "algorithm": asked.get("algorithm"), "opaque": asked.get("opaque"), "nc": f"{nc:08x}", "cnonce": "0a4f113b"}
    v.update({name: path if value == "PATH" else value for name, value in WAYS[way].items()})
    hashes = v.get("hash", v["algorithm"])
    ha1 = digest(hashes, f"{v['user']}:{v['realm']}:{v['password']}")
    ha2 = digest(hashes, f"{v.get('hashed_method', 'GET')}:{v['uri']}")
    middle = f"{v['nc']}:{v['cnonce']}:{v['qop']}:" if v["qop"] else ""
    response = digest(hashes, f"{ha1}:{v['nonce']}:{middle}{ha2}")
    words = [f'username="{v["user"]}"', f'realm="{v["realm"]}"', f'nonce="{v["nonce"]}"', f'uri="{v["uri"]}"',
             f'response="{response}"']
    words += [f'{name}="{v[name]}"' for name in ("opaque",) if v[name]]
    words += [f"algorithm={v['algorithm']}"] if v["algorithm"] else []
    words += [f"qop={v['qop']}", f"nc={v['nc']}", f'cnonce="{v["cnonce"]}"'] if v["qop"] else []
    return "Digest " + ", ".join(words)


def main():
    port, path, way = sys.argv[1:]
    path, mark, query = path.partition("?")
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=15)

    def ask(credentials=None):
        fields = {"Host": HOST, **({"Authorization": credentials} if credentials else {})}
        connection.request("GET", path + mark + query, headers=fields)
        response = connection.getresponse()
        response.read()
        return response

    if way.startswith("header:"):
        ask(way.removeprefix("header:"))
        return
    challenges = ask().headers.get_all("WWW-Authenticate")
    challenge = next(c for c in challenges if c.startswith("Digest"))
    ask(answer(challenge, path, mark + query, way))
    if way == "twice":
        ask(answer(challenge, path, mark + query, way))
    if way == "late":
        time.sleep(2.5)
        ask(answer(challenge, path, mark + query, way, 2))


if __name__ == "__main__":
    main()
