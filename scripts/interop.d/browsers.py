"""Headless Chromium and Firefox against the server by guards, held against docs/browsers.md.

A page makes requests with XMLHttpRequest, with a user and password or without. What a row says is what the guard answered to
each request that the browser made of it: the status, and who is let in or why not.
"""

import argparse
import json
import pathlib
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "capture.d"))

from rows import ALICE, Table  # noqa: E402
from wire import LOOPBACK  # noqa: E402
from workshop import Workshop  # noqa: E402

SECONDS = 120  # for all requests of a browser
PAGE = """# Browsers

Made by `scripts/interop --browsers --write`: browsers of Debian packages, headless, on loopback, against the server by guards
(`tests/interop/guard_server.cpp`). `scripts/interop --browsers` runs them again and fails if a row is not as it is here;
`scripts/test --full` does. Do not edit.

{versions}. What comes is what the guard answers to one request after the other: the status, and who is let in or why not.

| browser | scheme | what | comes |
|---|---|---|---|
{rows}

## What browsers do otherwise

{notes}
"""

NOTES = {
    "SHA-512-256": "{browser} {version} does not answer SHA-512-256 (RFC 7616, 6.1): a guard for browsers offers SHA-256.",
    "userhash": "{browser} {version} ignores `userhash` and sends the name (RFC 7616, 3.4.4): the guard accepts it, as `userhash=true` "
    "allows a hash and does not require one.",
}

ASKED, IN, WRONG = "401 no_credentials", "200 alice", "401 wrong_credentials"
BY_ITSELF = (None, None)
WRONG_PASSWORD = ("alice", "x")


def rows_of(browser):
    """Scheme, what, offered, steps, what has to come, and the name of a note."""
    for offered, scheme in (("basic", "Basic"), ("md5", "Digest MD5"), ("sha-256", "Digest SHA-256")):
        yield scheme, "user and password, then a request without", offered, [(0, "a", *ALICE), (0, "b", *BY_ITSELF)], \
            [ASKED, IN, IN], None
        yield scheme, "another password", offered, [(0, "a", *WRONG_PASSWORD)], [ASKED, WRONG], None
    for offered, scheme in (("basic", "Basic"), ("sha-256", "Digest SHA-256")):
        again = [ASKED] if browser == "chromium" else []  # which asks first with another password too
        # How sites have a browser forget a password.
        yield scheme, "logged out by a request with another password, then something public", offered, \
            [(0, "a", *ALICE), (0, "logout", *WRONG_PASSWORD), (0, "public", *BY_ITSELF)], \
            [ASKED, IN, *again, WRONG, "200 nobody"], None
    yield "Digest SHA-256", "a nonce that is too old", "sha-256+short", [(0, "a", *ALICE), (1.5, "b", *BY_ITSELF)], \
        [ASKED, IN, "401 stale nonce_expired", IN], None
    hashed = browser == "chromium"
    yield "Digest SHA-256", "userhash", "sha-256+userhash", [(0, "a", *ALICE)], [ASKED, IN + " by hash" * hashed], \
        None if hashed else "userhash"
    yield "Digest SHA-512-256", "user and password", "sha-512-256", [(0, "a", *ALICE)], [ASKED], "SHA-512-256"
    yield "Digest SHA-512-256", "SHA-256 offered as well", "sha-512-256+sha-256", [(0, "a", *ALICE)], [ASKED, IN], None
    yield "all", "Bearer, Basic, MD5 and SHA-256 offered", "bearer+basic+md5+sha-256", [(0, "a", *ALICE)], [ASKED, IN], None


def command(shop, browser, url):
    profile = shop.folder(f"profile-{browser}")
    if browser == "chromium":
        return [shop.path("usr/lib/chromium/chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-dev-shm-usage", "--disable-background-networking", f"--user-data-dir={profile}", url]
    # Without the pages that greet a new user.
    shop.file(f"profile-{browser}/user.js", 'user_pref("browser.shell.checkDefaultBrowser", false);\n'
              'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n')
    return [shop.path("usr/lib/firefox-esr/firefox-esr"), "--headless", "--no-remote", "--profile", profile, url]


def run(table, shop, browser, guard):
    port = shop.free_port()
    server = shop.start([pathlib.Path(guard).resolve(), port, pathlib.Path(__file__).with_name("browsers.html")], port)
    log = shop.work / f"{pathlib.Path(guard).name}-{port}.log"
    rows = list(rows_of(browser))
    # A realm for each row, and so nothing that the browser remembers of another one.
    steps = [(wait, f"/{row[2]}+{i}/{last}", user, password) for i, row in enumerate(rows) for wait, last, user, password in row[3]]
    fragment = urllib.parse.quote(json.dumps(steps))
    libraries = f"{shop.environment['LD_LIBRARY_PATH']}:{shop.libraries}/pulseaudio"
    process = shop.start_client(command(shop, browser, f"http://{LOOPBACK}:{port}/page#{fragment}"),
                                shop.work / f"{browser}.log", {"LD_LIBRARY_PATH": libraries})
    deadline = time.monotonic() + SECONDS
    while "/page?done" not in log.read_text() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.1)
    lines = [line.split(" ", 2) for line in log.read_text().splitlines()]
    shop.end(process)
    shop.end(server)
    for i, (scheme, what, offered, _, expected, name) in enumerate(rows):
        came = [verdict for _, target, verdict in lines if target.startswith(f"/{offered}+{i}/")]
        table.add(browser, scheme, scheme, what, ", ".join(expected), ", ".join(came), name and (name, browser))


def page(table, shop):
    versions = {package: shop.version(package) for package in shop.packages}
    notes = [f"- {NOTES[row[5][0]].format(browser=row[5][1], version=versions[row[5][1]])}" for row in table.rows if row[5]]
    return PAGE.format(versions=", ".join(f"{name} {version}" for name, version in versions.items()), notes="\n".join(notes),
                       rows="\n".join("| " + " | ".join((row[0], *row[2:5])) + " |" for row in table.rows))


def rows_in(text):
    return [line for line in text.split("\n") if line.startswith("| ")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--guard", required=True)
    parser.add_argument("--page", required=True, type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    packages = dict(line.split(" ") for line in pathlib.Path(options.root, ".versions").read_text().split("\n") if line)
    table = Table()
    with tempfile.TemporaryDirectory(prefix="authgrammar-browsers.", ignore_cleanup_errors=True) as work:
        shop = Workshop(options.root, packages, work, work)
        try:
            for browser in packages:
                run(table, shop, browser, options.guard)
        finally:
            shop.stop()
        made = page(table, shop)
    for row in table.rows:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip((row[0], *row[2:5]), (12, 19, 45, 1))))
    for failure in table.failures:
        print(f"browsers: {failure}", file=sys.stderr)
    if options.write:
        options.page.write_text(made, encoding="utf-8")
    written = options.page.read_text(encoding="utf-8") if options.page.exists() else ""
    stale = rows_in(written) != rows_in(made)
    if stale:
        print("browsers: docs/browsers.md is not what came: scripts/interop --browsers --write", file=sys.stderr)
    print(f"browsers: {len(table.rows)} rows, {len(table.failures)} not as they have to be")
    return 1 if table.failures or stale else 0


if __name__ == "__main__":
    sys.exit(main())
