import httpx
import survey


def read(value, field, lines, scheme):
    auth = httpx.DigestAuth("user", "pass")
    request = httpx.Request("GET", "http://localhost/")
    flow = auth.auth_flow(request)
    next(flow)
    try:
        fields = [("WWW-Authenticate", line.encode("latin-1")) for line in lines]
        flow.send(httpx.Response(401, headers=fields, request=request))
    except StopIteration:
        return None
    told = auth._last_challenge
    names = ("realm", "nonce", "algorithm", "opaque", "qop")
    as_bytes = lambda each: each.decode("utf-8") if isinstance(each, bytes) else each
    return {"scheme": "Digest", "params": [(name, as_bytes(getattr(told, name))) for name in names if name != "algorithm"]}


survey.serve("httpx", read)
