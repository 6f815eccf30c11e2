"""Captures what application frameworks answer: one request over a socket, and the whole answer. Called by scripts/capture."""

import argparse
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

from wire import LOOPBACK, TIMEOUT_SECONDS
from workshop import Workshop

APPS = pathlib.Path(__file__).resolve().parent / "apps"

# What a request has in Authorization; the names are the ends of the file names.
SITUATIONS = {
    "none": None,
    "wrong": "Basic YWxpY2U6d3Jvbmc=",
    "malformed": "Basic a b c",
    "notb64": "Basic ####",
    "nocolon": "Basic YWxpY2U=",
    "wrongscheme": "Bearer throw-away",
    "bad": "Token nope",
    "short": 'Digest username="alice"',
}
BASIC = ("none", "wrong", "malformed", "notb64", "nocolon", "wrongscheme")

# Exact versions, so that a run is the same tomorrow; the frameworks below are what they need.
NPM = (
    "express@5.3.0", "express-basic-auth@1.2.1", "passport@0.7.0", "passport-http@0.3.0", "koa@3.3.0", "koa-basic-auth@4.0.0",
    "fastify@5.12.8", "@fastify/basic-auth@6.3.0", "@fastify/bearer-auth@10.1.3", "http-auth@4.2.1",
)


class App:
    """A program: `name` begins its file names, `paths` maps the middle of one to a path and its situations."""

    def __init__(self, name, package, start, paths):
        self.name = name
        self.package = package
        self.start = start
        self.paths = paths


def python(script):
    return lambda shop, port: shop.start(["/usr/bin/python3", APPS / script, port], port)


def node(name, modules):
    return lambda shop, port: shop.start(["/usr/bin/node", APPS / "node.js", modules, name, port], port)


def webrick(shop, port):
    usr = shop.path("usr/lib/ruby").parent.parent
    triplet = shop.libraries.name
    gem = next((usr / "share/rubygems-integration/all/gems").glob("webrick-*/lib"))
    folders = [gem, usr / "lib/ruby/vendor_ruby", usr / "lib/ruby/3.1.0", usr / f"lib/{triplet}/ruby/3.1.0"]
    shop.start([shop.path("usr/bin/ruby3.1"), APPS / "webrick.rb", port], port, {"RUBYLIB": ":".join(map(str, folders))})


def php(shop, port):
    shop.start([shop.path("usr/bin/php8.2"), "-n", "-S", f"{LOOPBACK}:{port}", APPS / "manual.php"], port)


def password_hash(shop):
    """Of "correct horse", as Caddy and Prometheus take it."""
    return shop.run([shop.path("usr/bin/caddy"), "hash-password", "--plaintext", "correct horse"]).decode().strip()


def caddy(shop, port):
    text = f':{port} {{\n  bind {LOOPBACK}\n  basicauth /b/* bcrypt "Caddy \\"in\\"" {{\n    alice {password_hash(shop)}\n  }}\n  respond "in"\n}}\n'
    config = shop.file("Caddyfile", "{\n  admin off\n  auto_https off\n}\n" + text)
    shop.start([shop.path("usr/bin/caddy"), "run", "--adapter", "caddyfile", "--config", config], port)


def prometheus(shop, port):
    web = shop.file("web.yml", f"basic_auth_users:\n  alice: {password_hash(shop)}\n")
    config = shop.file("prometheus.yml", "scrape_configs: []\n")
    shop.start([shop.path("usr/bin/prometheus"), f"--config.file={config}", f"--web.config.file={web}",
                f"--web.listen-address={LOOPBACK}:{port}", f"--storage.tsdb.path={shop.folder('tsdb')}"], port)


def all_apps(modules):
    """Caddy, Prometheus and the frameworks."""
    apps = [
        App("caddy", "caddy", caddy, {"basicauth": ("/b/", ("none", "wrong", "malformed"))}),
        App("prometheus", "prometheus", prometheus, {"": ("/metrics", ("none", "wrong", "malformed"))}),
        App("flask-httpauth", "python3-flask-httpauth", python("flask_app.py"), {
            "basic": ("/basic", BASIC), "digest": ("/digest", ("none", "wrong", "malformed")), "token": ("/token", ("none", "wrong", "bad"))}),
        App("djangorestframework", "python3-djangorestframework", python("drf_app.py"), {
            "basic": ("/basic", BASIC), "session": ("/session", ("none",)), "token": ("/token", ("none", "wrong", "bad"))}),
        App("fastapi", "python3-fastapi", python("fastapi_app.py"), {
            "b": ("/b", ("none", "notb64", "wrongscheme")), "br": ("/br", ("none",)), "h": ("/h", ("none", "wrong")),
            "d": ("/d", ("none",)), "o": ("/o", ("none", "wrong")), "k": ("/k", ("none",))}),
        App("cherrypy", "python3-cherrypy3", python("cherrypy_app.py"), {
            "b": ("/b", ("none", "wrong", "malformed")), "d": ("/d", ("none", "wrong", "malformed", "short"))}),
        App("twisted", "python3-twisted", python("twisted_app.py"), {"": ("/", ("none", "wrong"))}),
        App("aiohttp", "python3-aiohttp", python("aiohttp_app.py"), {"": ("/", ("none", "wrong")), "proxy": ("/proxy", ("none",))}),
        App("webrick", "ruby-webrick", webrick, {"b": ("/b", ("none", "wrong")), "d": ("/d", ("none",))}),
        App("php", "php8.2-cli", php, {"manual-basic": ("/b", ("none", "malformed")), "manual-digest": ("/d", ("none",))}),
    ]
    paths = {
        "express-basic-auth": {"challenge": ("/challenge", ("none", "wrong", "malformed")), "nochallenge": ("/nochallenge", ("none", "wrong"))},
        "passport-http": {"basic": ("/basic", ("none", "wrong", "malformed", "nocolon", "wrongscheme")), "digest": ("/digest", ("none",))},
        "koa-basic-auth": {"readme": ("/", ("none", "wrong"))},
        "fastify-basic-auth": {"": ("/", ("none", "wrong", "notb64", "nocolon"))},
        "fastify-bearer-auth": {"": ("/", ("none", "wrong"))},
        "http-auth": {"basic": ("/", ("none", "wrong", "notb64")), "digest": ("/digest", ("none", "malformed"))},
    }
    for name, of_name in paths.items():
        folder = f"@fastify/{name.removeprefix('fastify-')}" if name.startswith("fastify-") else name
        apps.append(App(name, modules / "node_modules" / folder / "package.json", node(name, modules), of_name))
    return apps


def install(modules):
    """The packages of npm, in a folder of their own and without their scripts."""
    stamp = modules / ".packages"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != "\n".join(NPM):
        modules.mkdir(parents=True, exist_ok=True)
        words = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", str(modules), *NPM]
        if subprocess.run(words, check=False).returncode != 0:
            sys.exit("capture: npm cannot install the packages")
        stamp.write_text("\n".join(NPM), encoding="utf-8")


def version_of(shop, app):
    """The version in the file names: of PHP the two numbers that its package has in its name."""
    if isinstance(app.package, pathlib.Path):
        return json.loads(app.package.read_text(encoding="utf-8"))["version"]
    return app.package[3:-4] if app.name == "php" else shop.version(app.package)


def exchange(port, path, authorization):
    """The bytes of one request, and of all that is answered to it."""
    lines = [f"GET {path} HTTP/1.1", "Host: app.example", "User-Agent: capture", "Accept: */*"]
    lines += [f"Authorization: {authorization}"] if authorization else []
    request = ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode()
    with socket.create_connection((LOOPBACK, port), TIMEOUT_SECONDS) as stream:
        stream.sendall(request)
        answer = b""
        while piece := stream.recv(65536):
            answer += piece
    return request, answer


def capture(shop, app, output):
    port = shop.free_port()
    app.start(shop, port)
    version = version_of(shop, app)
    kept = 0
    for middle, (path, situations) in app.paths.items():
        for situation in situations:
            request, answer = exchange(port, path, SITUATIONS[situation])
            if not answer.startswith(b"HTTP/1."):
                raise RuntimeError(f"{app.name} answers {answer[:80]!r}")
            name = "-".join(part for part in (app.name, version, middle, situation) if part)
            (output / f"{name}.http").write_bytes(request + answer)
            kept += 1
    shop.stop()
    print(f"  {app.name} {version}: {kept} captures")
    return kept


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--packages", type=pathlib.Path, required=True)
    parser.add_argument("--modules", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--only", action="append", help="the name of an application; may be repeated")
    options = parser.parse_args()
    packages = dict(line.split() for line in options.packages.read_text(encoding="utf-8").splitlines())
    install(options.modules)
    options.output.mkdir(parents=True, exist_ok=True)
    work = tempfile.mkdtemp(prefix="authgrammar-capture-")
    shop = Workshop(options.root, packages, work, options.output)
    failed, kept = [], 0
    try:
        for app in all_apps(options.modules):
            if options.only and app.name not in options.only:
                continue
            try:
                kept += capture(shop, app, options.output)
            except (RuntimeError, OSError) as error:
                failed.append(f"{app.name}: {error}")
                shop.stop()
    finally:
        shop.stop()
        shutil.rmtree(work, ignore_errors=True)
    for line in failed:
        print(f"capture: {line}", file=sys.stderr)
    print(f"{kept} captures of applications in {options.output}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
