import email.message
import platform
import urllib.request

import survey


class Basic(urllib.request.HTTPBasicAuthHandler):
    def retry_http_basic_auth(self, host, req, realm):
        self.told = {"scheme": "Basic", "params": {"realm": realm}}


class Digest(urllib.request.HTTPDigestAuthHandler):
    def get_authorization(self, req, chal):
        self.told = {"scheme": "Digest", "params": chal}


def read(value, field, lines, scheme):
    handler = Basic() if scheme == "basic" else Digest()
    handler.told = None
    headers = email.message.Message()
    for line in lines:
        headers["WWW-Authenticate"] = line
    request = urllib.request.Request("http://localhost/")
    handler.http_error_auth_reqed("www-authenticate", "localhost", request, headers)
    return handler.told


survey.serve(platform.python_version(), read)
