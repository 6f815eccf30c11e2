"""aiohttp's exceptions for 401 and 407. usage: aiohttp_app.py PORT"""

import sys

from aiohttp import web


async def unauthorized(request):
    raise web.HTTPUnauthorized()


async def proxy(request):
    raise web.HTTPProxyAuthenticationRequired()


app = web.Application()
app.add_routes([web.get("/", unauthorized), web.get("/proxy", proxy)])
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
