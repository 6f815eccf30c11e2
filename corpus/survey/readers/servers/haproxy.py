"""HAProxy's http_auth_user and http_auth_pass."""

import pathlib
import re
import subprocess

import served
import survey

PORT = 8084
CONFIGURATION = f"""
global
    tune.bufsize 65536
defaults
    mode http
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend survey
    bind 127.0.0.1:{PORT}
    http-request return status 200 content-type text/plain lf-string "%[http_auth_user,hex] %[http_auth_pass,hex]" if {{ http_auth_user -m found }}
    http-request return status 401
"""
folder = pathlib.Path.cwd()
(folder / "haproxy.cfg").write_text(CONFIGURATION)
version = subprocess.run(["haproxy", "-v"], stdout=subprocess.PIPE, text=True, check=True).stdout
served.start(["haproxy", "-db", "-f", folder / "haproxy.cfg"], PORT)


def read(value, field, lines, scheme):
    _, body = served.fetch(PORT, lines)
    if body is None:
        return None
    user, password = (bytes.fromhex(each) for each in body.decode().split(" "))
    return {"scheme": "Basic", "user": user, "password": password}


survey.serve(re.search(r"\d+\.[\d.]*\d", version)[0], read)
