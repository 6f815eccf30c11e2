#!/usr/bin/env python3
"""text_size.py PROGRAM BYTES: fails if the program, which must run, has more bytes of text (code and constants) than that."""

import subprocess
import sys


def main():
    program, most = sys.argv[1], int(sys.argv[2])
    subprocess.run([program], check=True)
    out = subprocess.run(["size", program], check=True, capture_output=True, text=True).stdout
    text = int(out.splitlines()[1].split()[0])
    print(f"size: {text} bytes of text, at most {most}")
    sys.exit(0 if 0 < text <= most else 1)


if __name__ == "__main__":
    main()
