"""Chromium without a window, which visits one page and is ended once what was to come has come."""

import time
import urllib.parse

from servers import HOST
from wire import split_messages

SECONDS = 30


def visit(path, login=""):
    """The URL of the page under its example name, with the login that a user would type: `user:password`,
    percent-encoded."""
    return f"http://{login + '@' if login else ''}{HOST}{path}"


def browse(shop, url, relay, front, count, proxy=False):
    """Has Chromium visit `url` by way of the port `front`, until `count` responses came through the relay, or none any more."""
    profile = shop.folder(f"chromium-{front}")
    # Nothing else is asked, above all not what a browser asks its maker.
    nowhere = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    if proxy:
        script = f'function FindProxyForURL(u, host) {{ return "PROXY 127.0.0.1:" + (host == "{HOST}" ? {front} : 9); }}'
        way = [f"--host-resolver-rules={nowhere}", "--proxy-pac-url=data:text/javascript," + urllib.parse.quote(script)]
    else:
        way = [f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{front}, {nowhere}"]
    process = shop.start_client(
        [shop.path("usr/lib/chromium/chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-dev-shm-usage", "--disable-background-networking", "--disable-features=HttpsUpgrades",
         f"--user-data-dir={profile}", *way, url],
        shop.work / f"chromium-{front}.log")
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None and _responses(relay) < count:
        time.sleep(0.1)
    time.sleep(0.5)  # for a request more, which would be noticed
    shop.end(process)


def _responses(relay):
    try:
        return len(split_messages(relay.from_server))
    except ValueError:
        return 0
