#!/usr/bin/env python3
"""Records one login in every form that authlint lint reads, as corpus/exports: a request without credentials, its 401 with a
flawed challenge, the same request with credentials, and its 200. Over HTTP/2, two requests with flawed credentials on one
connection. Needs curl, wget, http (httpie), nghttp and nghttpd, tcpdump, tshark and node with playwright-core and Chromium;
tcpdump captures on loopback, which takes root.

usage: exports.py FOLDER [--playwright FOLDER_WITH_node_modules] [--chromium PROGRAM]
"""

import argparse
import contextlib
import http.server
import pathlib
import subprocess
import tempfile
import threading
import time

H2_PORT = 18472
BODY_REFUSED = b"<p>members only</p>\n"
BODY_GRANTED = b"<p>welcome</p>\n"

HAR = """
const { chromium } = require('playwright-core');
(async () => {
  const [program, out, url] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
  const record = async (path, options, visit) => {
    const context = await browser.newContext({ recordHar: { path, content: 'omit' }, ...options });
    await visit(context, await context.newPage());
    await context.close();
  };
  await record(out + '/chromium.har', {}, async (context, page) => {
    await page.goto(url).catch(() => {});  // a 401 is an error to it
    await context.setExtraHTTPHeaders({ Authorization: 'Basic ' + Buffer.from('alice:secret').toString('base64') });
    await page.goto(url);
  });
  const httpCredentials = { username: 'alice', password: 'secret' };
  await record(out + '/chromium-login.har', { httpCredentials }, (context, page) => page.goto(url));
  await browser.close();
})().catch((e) => { console.error(e); process.exit(1); });
"""


class Shop(http.server.BaseHTTPRequestHandler):
    """Its challenge has a realm without quotes, and a parameter behind a missing comma."""

    protocol_version = "HTTP/1.1"
    server_version = "Shop/1"
    sys_version = ""

    def do_GET(self):
        granted = self.headers.get("Authorization", "").startswith("Basic ")
        body = BODY_GRANTED if granted else BODY_REFUSED
        self.send_response(200 if granted else 401)
        if not granted:
            self.send_header("WWW-Authenticate", "Basic realm=shop")
            self.send_header("WWW-Authenticate", 'Bearer realm="shop" scope="a"')
        self.send_header("Content-Type", "text/html")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def captured(capture, port):
    tcpdump = subprocess.Popen(["tcpdump", "-Z", "root", "-i", "lo", "-U", "-w", str(capture), f"tcp port {port}"],
                               stderr=subprocess.DEVNULL)
    time.sleep(1)
    yield
    time.sleep(1)
    tcpdump.terminate()
    tcpdump.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--playwright", type=pathlib.Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    out = arguments.folder
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    url = f"http://127.0.0.1:{port}/files?a=b"

    def run(*command, **more):
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **more).stdout

    def curl(*options):
        return run("curl", "-s", *options, url) + run("curl", "-s", *options, "-u", "alice:secret", url)

    def write(name, content):
        (out / name).write_bytes(content)

    write("curl-v.txt", curl("-v"))
    write("curl-time.txt", curl("-v", "--trace-time"))
    write("curl-trace.txt", curl("--trace", "-"))
    write("curl-trace-ascii.txt", curl("--trace-ascii", "-"))
    write("curl-trace-time.txt", curl("--trace-ascii", "-", "--trace-time"))
    write("httpie.txt", run("http", "--ignore-stdin", "--verbose", "--pretty=colors", url)
          + run("http", "--ignore-stdin", "--verbose", "--pretty=colors", "-a", "alice:secret", url))
    with tempfile.TemporaryDirectory() as scratch:
        write("wget-debug.txt", run("wget", "-d", "-O", "/dev/null", "--user=alice", "--password=secret", url, cwd=scratch))
        run("wget", "-q", "-O", "/dev/null", "--warc-file=login", "--no-warc-digests", "--user=alice", "--password=secret", url,
            cwd=scratch)
        write("wget.warc.gz", (pathlib.Path(scratch) / "login.warc.gz").read_bytes())
        capture = pathlib.Path(scratch) / "login.pcap"
        with captured(capture, port):
            curl("-o", "/dev/null")
        write("login.pcap", capture.read_bytes())
        run("editcap", "-F", "pcapng", str(capture), str(out / "login.pcapng"))
        write("tcpdump.txt", subprocess.run(["tcpdump", "-A", "-n", "-r", str(capture)], stdout=subprocess.PIPE,
                                            stderr=subprocess.DEVNULL, check=True).stdout)
        write("tshark.txt", subprocess.run(["tshark", "-n", "-V", "-Y", "http", "-r", str(capture)], stdout=subprocess.PIPE,
                                           stderr=subprocess.DEVNULL, check=True).stdout)
        capture = pathlib.Path(scratch) / "nghttp.pcap"
        pages = pathlib.Path(scratch) / "pages"
        pages.mkdir()
        (pages / "index.html").write_bytes(BODY_GRANTED)
        with captured(capture, H2_PORT):
            nghttpd = subprocess.Popen(["nghttpd", "--no-tls", "-d", str(pages), str(H2_PORT)])
            time.sleep(1)
            root = f"http://127.0.0.1:{H2_PORT}/"
            write("nghttp.txt", run("nghttp", "-v", "-H", "authorization: Basic alice:secret", root, root + "missing"))
            nghttpd.terminate()
        write("nghttp.pcap", capture.read_bytes())
    if arguments.playwright:
        script = arguments.playwright / "authgrammar-har.js"
        script.write_text(HAR)
        subprocess.run(["node", str(script), arguments.chromium, str(out), url], check=True)
    server.shutdown()


if __name__ == "__main__":
    main()
