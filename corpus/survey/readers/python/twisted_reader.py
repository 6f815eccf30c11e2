import survey
from twisted.cred.credentials import DigestCredentialFactory
from twisted.web._auth.basic import BasicCredentialFactory


class Digest(DigestCredentialFactory):
    def _verifyOpaque(self, opaque, nonce, clientip):
        return True


def read(value, field, lines, scheme):
    # twisted.web._auth.wrapper splits the field like this, and its resource looks the scheme up in lower case.
    name, text = value.encode("latin-1").split(b" ", 1)
    if name.lower().decode() != scheme:
        return None
    if scheme == "basic":
        told = BasicCredentialFactory(b"realm").decode(text, None)
        return {"scheme": name, "user": told.username, "password": told.password}
    # It takes no credentials without an opaque of its own.
    told = Digest(b"md5", b"realm").decode(text + b', opaque="o"', b"GET", b"127.0.0.1")
    return {"scheme": name, "params": [(name, text) for name, text in told.fields.items() if name != "opaque"]}


survey.serve("Twisted", read)
