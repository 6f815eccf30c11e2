"""Our client at a server of libmicrohttpd, which is compiled from microhttpd.c against the unpacked package."""

import pathlib

import servers
from rows import our_client

SOURCE = pathlib.Path(__file__).with_name("microhttpd.c")
NONCE_SECONDS = 2  # of the path /short/


def start(shop):
    program = shop.work / "microhttpd"
    header = shop.path("usr/include/microhttpd.h")
    library = shop.library("libmicrohttpd.so")
    shop.run(["cc", "-O1", "-I", header.parent, SOURCE, "-o", program, library, f"-Wl,-rpath-link,{library.parent}"])
    port = shop.free_port()
    shop.start([program, port, servers.REALM, servers.USER, servers.PASSWORD, NONCE_SECONDS], port)
    return port


def run(table, shop, peer):
    port = start(shop)

    def at(algorithm, what, path="long", **more):
        target = f"/{path}/{algorithm.lower()}"
        our_client(table, shop, peer, "libmicrohttpd", f"Digest {algorithm}", port, target, what, **more)

    for algorithm in ("MD5", "SHA-256"):
        at(algorithm, "user and password")
        at(algorithm, "another password", user=("alice", "x"), expected="401")
        at(algorithm, "the same nonce and nc again", again=True, expected="200, again 401")
    at("SHA-256", "a nonce that is too old", "short", wait=NONCE_SECONDS + 1, expected="401 stale, then 200",
       name="libmicrohttpd stale")
