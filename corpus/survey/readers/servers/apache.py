"""The user that Apache's mod_auth_basic finds, where mod_authn_anon admits everybody."""

import base64
import pathlib
import re
import subprocess

import served
import survey

PORT = 8082
MODULES = "mpm_event authn_core authn_anon authz_core authz_user auth_basic headers"
CONFIGURATION = "".join(f"LoadModule {each}_module /usr/lib/apache2/modules/mod_{each}.so\n" for each in MODULES.split()) + f"""
ServerRoot {{folder}}
ServerName localhost
Listen 127.0.0.1:{PORT}
PidFile {{folder}}/apache.pid
Mutex file:{{folder}}
ErrorLog /dev/null
LimitRequestFieldSize 65536
DocumentRoot {{folder}}/root
<Directory {{folder}}/root>
    AuthType Basic
    AuthName x
    AuthBasicProvider anon
    Anonymous *
    Anonymous_NoUserID on
    Anonymous_MustGiveEmail off
    Anonymous_VerifyEmail off
    Require valid-user
    Header set X-User "expr=%{{base64:%{{REMOTE_USER}}}}"
</Directory>
"""
folder = pathlib.Path.cwd()
(folder / "root").mkdir(exist_ok=True)
(folder / "root" / "index.html").write_text("x")
folder.chmod(0o755)
(folder / "apache.conf").write_text(CONFIGURATION.replace("{folder}", str(folder)))
version = subprocess.run(["apache2", "-v"], stdout=subprocess.PIPE, text=True, check=True).stdout
served.start(["apache2", "-f", folder / "apache.conf", "-DFOREGROUND"], PORT)


def read(value, field, lines, scheme):
    head, body = served.fetch(PORT, lines, "/index.html")
    user = re.search(rb"\r\nX-User: ([^\r]*)", head)
    return {"scheme": "Basic", "user": base64.b64decode(user[1]) if user else b""} if body else None


survey.serve(re.search(r"/(\d[\d.]*)", version)[1], read)
