"""The user that lighttpd's mod_auth finds, who has no password here: its log says so."""

import pathlib
import re
import subprocess

import served
import survey

PORT = 8085
CONFIGURATION = f"""
server.modules = ("mod_auth", "mod_authn_file")
server.document-root = "{{folder}}"
server.bind = "127.0.0.1"
server.port = {PORT}
server.max-request-field-size = 65536
server.errorlog = "{{folder}}/log"
auth.backend = "plain"
auth.backend.plain.userfile = "{{folder}}/users"
auth.require = ("/" => ("method" => "basic", "realm" => "x", "require" => "valid-user"))
"""
folder = pathlib.Path.cwd()
(folder / "lighttpd.conf").write_text(CONFIGURATION.replace("{folder}", str(folder)))
(folder / "users").write_text("")
version = subprocess.run(["lighttpd", "-v"], stdout=subprocess.PIPE, text=True, check=True).stdout
served.start(["lighttpd", "-D", "-f", folder / "lighttpd.conf"], PORT)
log = (folder / "log").open("rb")
ESCAPES = {b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


def unescaped(match):
    return bytes.fromhex(match[1][1:].decode()) if len(match[1]) == 3 else ESCAPES.get(match[1], match[1])


def read(value, field, lines, scheme):
    # The log has a name up to its first NUL.
    if b"\0" in (served.user(value) or b""):
        raise survey.Untold()
    log.read()
    served.fetch(PORT, lines)
    user = re.search(rb"password doesn't match for / username: (.*) IP: 127\.0\.0\.1\n", log.read(), re.DOTALL)
    if not user:
        return None
    return {"scheme": "Basic", "user": re.sub(rb"\\(x[0-9A-Fa-f]{2}|.)", unescaped, user[1])}


survey.serve(re.search(r"/(\d[\d.]*)", version)[1], read)
