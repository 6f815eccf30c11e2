import re

import survey
from webob.descriptors import parse_auth

TOKEN68 = re.compile(r"[A-Za-z0-9._~+/-]+=*")


def read(value, field, lines, scheme):
    told = parse_auth(value)
    if not isinstance(told.params, str):
        return {"scheme": told.authtype, "params": told.params}
    # What stands behind a scheme that it does not know, or behind Basic, it leaves as it is.
    token68 = told.params if TOKEN68.fullmatch(told.params) else None
    return told.authtype and {"scheme": told.authtype, "token68": token68}


survey.serve("WebOb", read)
