# pytest: Python's httplib2. Change read() to your reader, and begin with an empty list of known differences.
import json, os, pathlib
import pytest
from httplib2 import auth

FLAT = pathlib.Path(os.environ["VECTORS"])
KNOWN = set(pathlib.Path(os.environ["KNOWN"]).read_text().split())

def read(lines):
    told = auth._parse_www_authenticate({"www-authenticate": ", ".join(lines)})
    return [[name, text if isinstance(text, str) else None, {} if isinstance(text, str) else text or {}] for name, text in told.items()]

@pytest.mark.parametrize("vector", json.loads((FLAT / "WWW-Authenticate.rfc9110-recipient.json").read_text()), ids=lambda each: each["name"])
def test_vector(vector):
    expected = [[each["scheme"].lower(), each["token68"], {name.lower(): value for name, value in each["params"]}] for each in vector.get("expected", [])]
    try:
        told = read(vector["raw"])
    except Exception:
        told = None
    right = told is None or told == [] if "must_fail" in vector else told == expected or (told is None and "can_fail" in vector)
    assert right != (vector["name"] in KNOWN), f"{vector['name']}: {told}"
