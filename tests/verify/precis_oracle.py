"""Compares usernames and passwords with those of python3-precis-i18n, another implementation of RFC 8264 and 8265.

usage: precis_oracle.py PROGRAM [--all]

PROGRAM reads lines of a profile, "u" or "p", and the UTF-8 of a text in hexadecimal, and answers each with the UTF-8 of what
it becomes, or "-" if it is refused. Code points are asked for alone and between letters of the scripts and joining types that
contextual rules ask for; and random texts of those that the rules treat in different ways. Of large blocks that are alike it
takes a sample; with --all, all.

Texts with code points that only one of the two versions of Unicode has assigned are counted and not judged.
"""

import random
import subprocess
import sys
import unicodedata

from precis_i18n import get_profile

PROFILES = {"u": get_profile("UsernameCasePreserved"), "p": get_profile("OpaqueString")}
# What contextual rules look for: a virama, joining letters (dual, right, left), a mark between them, scripts.
CONTEXTS = [("", ""), ("a", ""), ("l", "l"), ("\u094d", "b"), ("\u0628", "\u0628"), ("\u0628\u064b", "\u0627"),
            ("\ua872", "\u0628"), ("\u05d0", ""), ("\u05d0", "1"), ("", "\u03b1"), ("", "\u30a2"), ("\u0660", ""),
            ("\u06f0", ""), ("\u1100", "\u1161")]
INTERESTING = ("a1 -~\u00b7\u00df\u0300\u0301\u0327\u0375\u03b1\u03c2\u05d0\u05f3\u05f4\u0627\u0628\u064b\u0660\u06f0\u06fd"
               "\u0640\u0915\u094d\u1100\u1161\u11a8\u1680\u2000\u200b\u200c\u200d\u2163\u221e\u3000\u3007\u30a2\u30fb"
               "\u302e\uac00\ufb01\ufeff\uff21\uff76\uff9e\uffe3\U0001d400\U0001f600\ua872\u0323\u1e0b\u0307\u212b\u03a9\u2126")


def expected(profile, text):
    """What the oracle makes of it."""
    try:
        return PROFILES[profile].enforce(text)
    except UnicodeEncodeError:
        return None


def ask(program, questions):
    lines = "".join(f"{profile} {text.encode().hex()}\n" for profile, text in questions)
    answers = subprocess.run([program], input=lines, text=True, capture_output=True, check=True).stdout.split("\n")
    assert len(answers) == len(questions) + 1
    return [None if answer == "-" else bytes.fromhex(answer).decode() for answer in answers[:-1]]


def newer(text):
    """Whether it holds code points that this Python's Unicode has not assigned: the program's may have."""
    return any(unicodedata.category(c) == "Cn" for c in text)


def is_alike(c):
    """Whether it is in the middle of a large block of ideographs, syllables, or private or unassigned code points."""
    return 0x3500 <= c < 0x9F00 or 0xAD00 <= c < 0xD700 or 0xE100 <= c < 0xF800 or 0x12000 <= c < 0x1AF00 \
        or 0x20100 <= c < 0x2F700 or 0x2FB00 <= c < 0xDFF00 or 0xE1100 <= c < 0x10FF00


def questions(everything):
    characters = [chr(c) for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
    characters = [c for c in characters if c not in " :\uff1a"]  # separators, which our usernames have and profiles have not
    if not everything:
        characters = [c for c in characters if not is_alike(ord(c)) or ord(c) % 61 == 0]
    for c in characters:
        yield "u", c
        yield "p", c
        if everything:
            yield "u", "a" + c
    small = [c for c in characters if not is_alike(ord(c)) and not newer(c) and (everything or ord(c) < 0x2100)]
    for before, after in CONTEXTS[2:]:
        for c in small:
            yield "u", before + c + after
    # Every character as the neighbour of each that needs a context.
    for c in small:
        yield "p", "\u0628\u200c" + c
        yield "p", c + "\u200c\u0628"
        yield "p", c + "\u200d"
        yield "p", "\u0375" + c
        yield "p", c + "\u05f3"
        yield "p", c + "\u30fb"
    generator = random.Random(8265)
    for _ in range(60000 if everything else 20000):
        text = "".join(generator.choice(INTERESTING) for _ in range(generator.randrange(1, 7)))
        yield "p", text
        if " " not in text:
            yield "u", text


def main(program, everything):
    asked = list(questions(everything))
    answers = ask(program, asked)
    wrong, newer_count = [], 0
    for (profile, text), answer in zip(asked, answers):
        if answer == expected(profile, text):
            continue
        if newer(text):
            newer_count += 1
        else:
            wrong.append((profile, text.encode("unicode_escape").decode(), answer, expected(profile, text)))
    for profile, text, answer, judged in wrong[:40]:
        print(f"{profile} {text}: {answer!a}, and the oracle says {judged!a}", file=sys.stderr)
    print(f"precis: {len(asked)} texts as the oracle has them but for {newer_count} of a newer Unicode than Python's "
          f"{unicodedata.unidata_version}; {len(wrong)} others")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--all" in sys.argv[2:]))
