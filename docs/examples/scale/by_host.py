#!/usr/bin/python3
"""The mapper of the Hadoop recipe of docs/scale.md: puts the host before each exchange, a line of JSON, and a tab between.

Lines without a host, and those that are no JSON, get the key "-": lint says what is wrong with them."""

import json
import re
import sys
from urllib.parse import urlsplit

HOST = re.compile(r"^host:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


def host_of(line):
    try:
        request = json.loads(line)["request"]
        if isinstance(request, str):
            return HOST.search(request).group(1).lower()
        return urlsplit(request["url"]).netloc.lower() or "-"
    except (AttributeError, KeyError, TypeError, ValueError):
        return "-"


def main():
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(host_of(line).encode("utf-8", "replace") + b"\t" + line)


if __name__ == "__main__":
    main()
