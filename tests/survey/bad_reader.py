"""A reader for tests: answers as a good one until a value tells it to do something bad. The value is the mischief."""

import os
import sys
import time


PLAIN = 'Basic realm="x"'
KINDS = ("Crash", "Garbage", "Hang", "Twice")


def say(text):
    print(text, flush=True)


def take_memory():
    taken = []
    while True:
        taken.append(b"x" * (32 << 20))


def fork_without_end():
    while True:
        try:
            if os.fork() == 0:
                time.sleep(600)
        except OSError:
            time.sleep(600)


def main():
    if sys.argv[1] == "silent":
        time.sleep(600)
    if sys.argv[1] == "dies":
        print("cannot find its library", file=sys.stderr)
        sys.exit(3)
    say("hello" if sys.argv[1] == "other-protocol" else "protocol 2 1.0")
    for line in sys.stdin:
        number, _, _, text = line.split()
        value = bytes.fromhex(text).decode("latin-1")
        # A kind of mischief for every value but the plain one, without which a reader is not asked further.
        mischief = sys.argv[1] if sys.argv[1] in KINDS and value != PLAIN else value.split()[0]
        if mischief == "Hang":
            time.sleep(600)
        elif mischief == "Crash":
            os.abort()
        elif mischief == "Once":
            # Only the first process of a folder dies.
            try:
                os.mkdir("died")
            except FileExistsError:
                say(f"{number} refused")
            else:
                sys.exit(1)
        elif mischief == "Twice":
            say(f"{number} refused\n{number} refused")
        elif mischief == "Garbage":
            say("\x00\xff{]")
        elif mischief == "Endless":
            while True:
                sys.stdout.write("x" * 65536)
        elif mischief == "Memory":
            take_memory()
        elif mischief == "Forks":
            fork_without_end()
        elif mischief == "Leaves":
            # A child that keeps stdout open and goes on.
            if os.fork() == 0:
                time.sleep(600)
            sys.exit(0)
        else:
            say(f"{number} read s:{b'Basic'.hex()} n:{b'realm'.hex()} v:{b'x'.hex()}")


main()
