import survey
from werkzeug.http import parse_authorization_header, parse_www_authenticate_header


def read(value, field, lines, scheme):
    if field == "Authorization":
        told = parse_authorization_header(value)
        if told is None:
            return None
        if told.type == "basic":
            return {"scheme": told.type, "user": survey.octets(told.username, value), "password": survey.octets(told.password, value)}
        return {"scheme": told.type, "params": dict(told)}
    told = parse_www_authenticate_header(value)
    params = [(name, text) for name, text in told.items() if name != "__auth_type__"]
    # A token68, or any word that it cannot place, is a parameter without a value.
    words = [name for name, text in params if text is None]
    return told.type and {"scheme": told.type, "token68": words[0] if words else None, "params": params}


survey.serve("werkzeug", read)
