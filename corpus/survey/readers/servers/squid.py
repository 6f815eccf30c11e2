"""The user and the password that Squid gives to the program that is to check them."""

import pathlib
import re
import subprocess
import urllib.parse

import served
import survey

PORT = 8086
# It does not run as root.
CONFIGURATION = f"""
http_port 127.0.0.1:{PORT}
cache_effective_user proxy
auth_param basic program /bin/sh {{folder}}/helper
auth_param basic children 1 startup=1
acl known proxy_auth REQUIRED
http_access allow known
cache deny all
access_log none
cache_log {{folder}}/log
cache_store_log none
coredump_dir {{folder}}
pid_filename none
netdb_filename none
pinger_enable off
max_filedescriptors 1024
request_header_max_size 128 KB
shutdown_lifetime 0 seconds
"""
# What it is asked goes to a file. It says no, so that Squid asks again for each request.
HELPER = "while IFS= read -r line; do printf '%s\\n' \"$line\" >>{folder}/told; echo ERR; done\n"
folder = pathlib.Path.cwd()
folder.chmod(0o777)
(folder / "squid.conf").write_text(CONFIGURATION.replace("{folder}", str(folder)))
(folder / "helper").write_text(HELPER.replace("{folder}", str(folder)))
(folder / "told").touch()
(folder / "told").chmod(0o666)
version = subprocess.run(["squid", "-v"], stdout=subprocess.PIPE, text=True, check=True).stdout
served.start(["squid", "-N", "-f", folder / "squid.conf"], PORT)
told = (folder / "told").open("rb")


def read(value, field, lines, scheme):
    told.read()
    served.fetch(PORT, lines, "http://localhost/", field)
    asked = told.read()
    if not asked:
        return None
    user, _, password = asked.removesuffix(b"\n").partition(b" ")
    user, password = map(urllib.parse.unquote_to_bytes, (user, password))
    return {"scheme": "Basic", "user": user, "password": password}


survey.serve(re.search(r"Version (\d[\d.]*)", version)[1], read)
