import io

import requests
import survey


class Answer(requests.adapters.BaseAdapter):
    """Answers 401 with a field, once."""

    def __init__(self, value):
        super().__init__()
        self.value = value

    def send(self, request, **_):
        answer = requests.Response()
        answer.status_code, answer.raw, answer.request, answer.connection = 200, io.BytesIO(), request, self
        answer.url = request.url
        if "Authorization" not in request.headers:
            answer.status_code, answer.headers["WWW-Authenticate"] = 401, self.value
        return answer

    def close(self):
        pass


def read(value, field, lines, scheme):
    session, auth = requests.Session(), requests.auth.HTTPDigestAuth("user", "pass")
    session.trust_env = False
    session.mount("http://", Answer(value))
    answer = session.get("http://localhost/", auth=auth)
    return {"scheme": "Digest", "params": auth._thread_local.chal} if answer.status_code == 200 else None


survey.serve("requests", read)
