"""Memory and results of `authlint lint` on inputs that are larger than memory should be: large_inputs.py AUTHLINT PERCENT.

100 percent are 4 GiB of messages, a body of 1 GiB, a line of 1 GB and 10^6 field lines in one message. Each is made while it is
read. Prints the peak of resident memory, which has to be 64 MiB at most, and the processor time.
"""

import os
import subprocess
import sys
import tempfile
import threading

MOST_KIB = 64 * 1024
MIB = 1 << 20

REQUEST = b"GET /%07d HTTP/1.1\r\nHost: a.test:443\r\nUser-Agent: " + b"x" * 150 + b"\r\nAuthorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l\r\n\r\n"
RESPONSE = (
    b"HTTP/1.1 200 OK\r\nDate: Fri, 27 Nov 2026 12:00:00 GMT\r\nServer: " + b"y" * 150 + b"\r\nContent-Length: 300\r\n\r\n" + b"z" * 300
)
CHALLENGE = b'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=here\r\nContent-Length: 0\r\n\r\n'


def messages(size):
    """Requests and responses, and a finding in every tenth exchange."""
    made = 0
    number = 0
    while made < size:
        block = b"".join(REQUEST % (number + i) + (CHALLENGE if i % 10 == 0 else RESPONSE) for i in range(1000))
        number += 1000
        made += len(block)
        yield block


def repeated(start, unit, size, end):
    yield start
    block = unit * (MIB // len(unit))
    made = 0
    while made < size:
        yield block
        made += len(block)
    yield end


def one_body(size):
    unit = b"a line of a body that says HTTP/1.1 200 OK here\n"
    length = (size + MIB - 1) // (MIB // len(unit) * len(unit)) * (MIB // len(unit) * len(unit))
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length
    return repeated(head, unit, length, CHALLENGE)


def strangers(size):
    """Servers and nonces, each of which is seen once, and credentials that are refused."""
    unit = (
        b"GET /%d HTTP/1.1\r\nHost: h%d.test\r\nAuthorization: Digest username=\"u%d\", realm=\"r\", nonce=\"n%d\", uri=\"/%d\", "
        b"response=\"%032d\"\r\n\r\nHTTP/1.1 401 X\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"m%d\"\r\nContent-Length: 0\r\n\r\n"
    )
    made = 0
    number = 0
    while made < size:
        block = b"".join(unit % ((n,) * 7) for n in range(number, number + 1000))
        number += 1000
        made += len(block)
        yield block
    yield CHALLENGE


def fits(text, *parts):
    missing = [part for part in parts if part not in text]
    if missing:
        sys.exit(f"{missing} is not in:\n{text[:2000]}")


def run(authlint, blocks, as_file):
    """(what it prints, exit code, KiB at the peak, seconds of processor time)"""
    with tempfile.NamedTemporaryFile() as kept, tempfile.TemporaryFile() as out:
        if as_file:
            for block in blocks:
                kept.write(block)
            kept.flush()
        command = [authlint, "lint"] + ([kept.name] if as_file else [])
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT)

        def feed():
            try:
                for block in () if as_file else blocks:
                    child.stdin.write(block)
                child.stdin.close()
            except BrokenPipeError:
                pass

        writer = threading.Thread(target=feed)
        writer.start()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        writer.join()
        out.seek(0)
        text = out.read(MIB) + b"\n...\n"
        out.seek(max(0, out.seek(0, os.SEEK_END) - MIB))
        text += out.read()
        return text.decode("latin-1"), child.returncode, usage.ru_maxrss, usage.ru_utime + usage.ru_stime


def main(authlint, percent):
    gib = 1024 * MIB * percent // 100
    # The smallest that would not fit if they were held.
    least = 96 * MIB
    cases = [
        ("messages from a file", messages(max(gib, least // 2)), True, 1, ["[realm-as-token]"]),
        ("messages through a pipe", messages(4 * gib), False, 1, ["[realm-as-token]"]),
        ("servers and nonces", strangers(max(gib // 16, least // 4)), False, 1, ["[realm-as-token]"]),
        ("one body", one_body(max(gib, least)), False, 1, ["2 messages", "[realm-as-token]"]),
        (
            "one line",
            repeated(b"X: ", b"x", max(10**9 * percent // 100, least), b"\r\n\r\n" + CHALLENGE),
            False,
            2,
            ["-: line 1: not read: a line of more than 2 MiB", "[realm-as-token]"],
        ),
        # A line may have 4096 elements and parameters, and be corrected if it has 65536 bytes: copies of it for each finding
        # take 128 MiB.
        (
            "findings in one line",
            [b"HTTP/1.1 401 X\r\nWWW-Authenticate: " + b", ".join([b"Basic realm=" + b"x" * 18] * 2000) + b"\r\n\r\n" + CHALLENGE],
            False,
            1,
            ["2 messages", "[realm-as-token]"],
        ),
        (
            "field lines in one message",
            repeated(b"HTTP/1.1 401 X\r\n", b"WWW-Authenticate: Basic realm=x\r\n", 33 * 10**6, b"\r\n" + CHALLENGE),
            False,
            2,
            [": not read: the rest of a header section of more than 16384 lines", "lines of authentication fields", "[realm-as-token]"],
        ),
    ]
    for name, blocks, as_file, code, parts in cases:
        text, exit_code, peak, seconds = run(authlint, blocks, as_file)
        print(f"{name}: {peak / 1024:.1f} MiB, {seconds:.2f} s of processor time", flush=True)
        fits(text, *parts)
        if exit_code != code:
            sys.exit(f"{name}: exit code {exit_code}, and not {code}")
        if peak > MOST_KIB:
            sys.exit(f"{name}: more than {MOST_KIB // 1024} MiB")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
