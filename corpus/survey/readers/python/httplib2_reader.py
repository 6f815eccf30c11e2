import survey
from httplib2 import auth


def read(value, field, lines, scheme):
    # By scheme: a text for a token68, else parameters by name.
    told = auth._parse_www_authenticate({"www-authenticate": value})
    return [
        {"scheme": name, "token68": content} if isinstance(content, str) else {"scheme": name, "params": content or {}}
        for name, content in told.items()
    ]


survey.serve("httplib2", read)
