"""The exchanges of scripts/make-corpus as archives have them: files of WARC 1.1, lines of JSON, and values alone."""

import gzip
import json
import re
import uuid

HOST = re.compile(r"^Host: (\S+)", re.M)
OF_PROXY = re.compile(r"^Proxy-[^\r]*\r\n", re.M)
VALUE = re.compile(r"^((?:WWW-|Proxy-)?(?:Authenticate|Authorization|Authentication-Info)): ([^\r]*)\r$", re.M)
TARGET = re.compile(r"^\S+ (?:https?://[^/ ]+)?(\S+) ")
RECORD = ("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
          "WARC-Target-URI: %s\r\n%sContent-Type: application/http;msgtype=%s\r\nContent-Length: %d\r\n\r\n")
INFO = (b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        b"WARC-Date: 2024-05-01T00:00:00Z\r\nContent-Type: application/warc-fields\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n")


def without_proxy(corpus):
    """Request, response and host of each exchange that was with the server itself: a crawler sees no fields of proxies, and
    what one host says then depends on no other. No request of the corpus has a body."""
    for exchange in corpus:
        request, _, response = OF_PROXY.sub("", exchange).partition("\r\n\r\n")
        if not response.startswith("HTTP/1.1 407"):
            yield request + "\r\n\r\n", response, HOST.search(request).group(1)


def record(kind, number, uri, concurrent_to, message):
    """A record of a request (even number) or of its response."""
    identity = uuid.UUID(int=number, version=4)
    to = f"WARC-Concurrent-To: <urn:uuid:{concurrent_to}>\r\n" if concurrent_to else ""
    data = message.encode("ascii")
    return identity, (RECORD % (kind, identity, uri, to, kind, len(data))).encode("ascii") + data + b"\r\n\r\n"


def write_warcs(corpus, messages, files, folder, compressed):
    """Writes the exchanges to `files` files of about the same length, a member of gzip for each record. Answers the files.

    A host has all its exchanges in one file, in their order, as a crawl has them that gives each host to one worker."""
    suffix = ".warc.gz" if compressed else ".warc"
    paths = [folder / f"corpus-{i:04d}{suffix}" for i in range(files)]
    # The same members on every machine: no time of now in them.
    member = (lambda data: gzip.compress(data, 1, mtime=0)) if compressed else (lambda data: data)
    streams = [path.open("wb") for path in paths]
    software = b"software: scripts/make-corpus\r\nformat: WARC File Format 1.1\r\n"
    for stream in streams:
        stream.write(member(INFO % (len(software), software)))
    workers = {}
    for number, (request, response, host) in zip(range(0, messages, 2), without_proxy(corpus)):
        stream = streams[workers.setdefault(host, len(workers) % files)]
        uri = f"https://{host}{TARGET.match(request).group(1)}"
        identity, data = record("request", number, uri, None, request)
        stream.write(member(data))
        stream.write(member(record("response", number + 1, uri, identity, response)[1]))
    for stream in streams:
        stream.close()
    return paths


def write_lines(corpus, messages, out):
    """Writes an exchange a line, in the form of docs/audit.md."""
    for number, (request, response, host) in zip(range(0, messages, 2), without_proxy(corpus)):
        line = {"request": request, "response": response, "secured": True, "label": f"{host} {number // 2}"}
        out.write(json.dumps(line).encode("ascii") + b"\n")


def write_values(corpus, lines, out):
    """Writes the field lines of authentication, each a line as authlint parse --ndjson reads it."""
    number = 0
    while number < lines:
        for field, value in VALUE.findall(next(corpus))[:lines - number]:
            out.write(json.dumps({"id": number, "field": field, "value": value}).encode("ascii") + b"\n")
            number += 1
