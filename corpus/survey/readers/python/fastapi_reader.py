import asyncio

import fastapi.security
import survey

basic = fastapi.security.HTTPBasic(auto_error=False)


def read(value, field, lines, scheme):
    request = fastapi.Request({"type": "http", "headers": [(b"authorization", value.encode("latin-1"))]})
    told = asyncio.run(basic(request))
    return told and {"scheme": "Basic", "user": survey.octets(told.username, value), "password": survey.octets(told.password, value)}


survey.serve("fastapi", read)
