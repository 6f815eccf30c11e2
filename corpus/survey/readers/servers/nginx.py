"""nginx's $remote_user."""

import pathlib
import re
import subprocess

import served
import survey

PORT = 8081
CONFIGURATION = f"""daemon off; worker_processes 1; pid nginx.pid; error_log /dev/null;
events {{}}
http {{
    access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
    scgi_temp_path scgi; large_client_header_buffers 4 64k;
    server {{ listen 127.0.0.1:{PORT}; location / {{ return 200 $remote_user; }} }}
}}
"""
folder = pathlib.Path.cwd()
(folder / "nginx.conf").write_text(CONFIGURATION)
version = subprocess.run(["nginx", "-v"], stderr=subprocess.PIPE, text=True, check=True).stderr
served.start(["nginx", "-p", folder, "-c", folder / "nginx.conf"], PORT)


def read(value, field, lines, scheme):
    # An empty name looks like none.
    if served.user(value) == b"":
        raise survey.Untold()
    _, body = served.fetch(PORT, lines)
    return {"scheme": "Basic", "user": body} if body else None


survey.serve(re.search(r"\d[\d.]*", version)[0], read)
