import aiohttp
import survey


def read(value, field, lines, scheme):
    told = aiohttp.BasicAuth.decode(value)
    return {"scheme": "Basic", "user": told.login, "password": told.password}


survey.serve("aiohttp", read)
