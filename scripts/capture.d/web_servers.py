"""Starts nginx and Apache httpd in the foreground on loopback: all of their configuration but what they serve."""

from wire import LOOPBACK
from workshop import is_root

HOST = "www.example.test"


def start_nginx(shop, port, http, name="nginx"):
    """nginx on `port`, with the lines `http` in its http block.

    Its files have the `name`, one for each nginx that runs.
    """
    folder = shop.folder(name)
    scratch = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = shop.file(
        f"{name}.conf",
        f"""daemon off; master_process on; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
{"user root;" if is_root() else ""}
events {{ }}
http {{ access_log off; {scratch}
{http} }}
""",
    )
    shop.start([shop.path("usr/sbin/nginx"), "-e", folder / "error.log", "-c", config], port)


def start_apache(shop, modules, ports, lines, environment=None, name="apache"):
    """Apache as HOST on all of `ports`, with those of the `modules` that are unpacked or installed, and the `lines`.

    Its files have the `name`, one for each Apache that runs.
    """
    folder = shop.folder(name)
    files = {module: shop.path(f"usr/lib/apache2/modules/mod_{module}.so") for module in modules.split()}
    loads = "\n".join(f"LoadModule {module}_module {file}" for module, file in files.items() if file.exists())
    listens = "\n".join(f"Listen {LOOPBACK}:{port}" for port in ports)
    config = shop.file(
        f"{name}.conf",
        f"""ServerRoot {folder}
DefaultRuntimeDir {folder}
PidFile {folder}/pid
Mutex file:{folder}
ErrorLog {folder}/error.log
{loads}
{"User www-data" if is_root() else ""}
{"Group www-data" if is_root() else ""}
ServerName {HOST}
{listens}
StartServers 1
DocumentRoot {shop.work}/site
DirectoryIndex index.html
{lines}
""",
    )
    shop.start(
        [shop.path("usr/sbin/apache2"), "-DFOREGROUND", "-f", config],
        ports[0],
        {"APACHE_RUN_DIR": str(folder), **(environment or {})},
    )
