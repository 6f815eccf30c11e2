"""Runner protocol 2 for readers in Python: see corpus/survey/README.md."""

import base64
import importlib.metadata
import sys


def words(challenge):
    """The words of a challenge: a dict with scheme, token68, params (pairs or a dict), user, password."""
    found = []

    def add(kind, text):
        if text is not None:
            data = text if isinstance(text, bytes) else str(text).encode("latin-1")
            found.append(f"{kind}:{data.hex()}")

    add("s", challenge.get("scheme"))
    add("t", challenge.get("token68"))
    params = challenge.get("params") or ()
    for name, value in params.items() if hasattr(params, "items") else params:
        if value is not None:
            add("n", name)
            add("v", value)
    add("u", challenge.get("user"))
    add("p", challenge.get("password"))
    return found


def octets(text, value):
    """The bytes of a text that a reader decoded from the base64 of `value`: as UTF-8, or where they are none, ISO 8859-1."""
    try:
        base64.b64decode(value.split()[-1] + "==").decode("utf-8")
        return text.encode("utf-8")
    except ValueError:
        return text.encode("latin-1", "replace")


class Untold(Exception):
    """The reader cannot tell this: no answer to the question, and no verdict."""


def serve(version, read):
    """read(value, field, lines, scheme) gives a challenge, a list of them, or None if it refuses; an exception is a
    refusal too. `version` is a text, or the name of the package that is asked for it."""
    try:
        version = importlib.metadata.version(version)
    except importlib.metadata.PackageNotFoundError:
        pass
    output = sys.stdout
    sys.stdout = sys.stderr
    print("protocol 2", version, file=output, flush=True)
    for line in sys.stdin:
        number, field, scheme, text = line.split()
        lines = ["" if each == "-" else bytes.fromhex(each).decode("latin-1") for each in text.split(",")]
        try:
            told = read(", ".join(lines), field, lines, scheme)
            told = [told] if isinstance(told, dict) else told
            answer = " ".join(["read", *(word for each in told for word in words(each))]) if told else "refused"
        except Untold:
            answer = "skipped"
        except Exception as problem:
            answer = f"refused {type(problem).__name__}"
        print(number, answer, file=output, flush=True)


def serve_writer(version, write):
    """write(scheme, params) gives the value of a field; `params` is a list of names and values."""

    def read(value, field, words, _):
        return {"token68": write(words[0], list(zip(words[1::2], words[2::2])))}

    serve(version, read)
