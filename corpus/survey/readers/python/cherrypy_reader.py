import survey
from cherrypy.lib.auth_digest import HttpDigestAuthorization

NAMES = ("username", "realm", "nonce", "uri", "response", "cnonce", "opaque", "qop", "nc")


def read(value, field, lines, scheme):
    told = HttpDigestAuthorization(value, "GET", accept_charset="ISO-8859-1")
    return {"scheme": "Digest", "params": [(name, getattr(told, name)) for name in NAMES]}


survey.serve("CherryPy", read)
