"""CherryPy's auth_basic and auth_digest. usage: cherrypy_app.py PORT"""

import sys

import cherrypy
from cherrypy.lib import auth_basic, auth_digest

USERS = {"alice": "correct horse"}


class Root:
    """Two pages, each behind one tool."""

    @cherrypy.expose
    def b(self):
        return "in"

    @cherrypy.expose
    def d(self):
        return "in"


cherrypy.config.update({"server.socket_port": int(sys.argv[1]), "server.socket_host": "127.0.0.1"})
cherrypy.quickstart(Root(), "/", {
    "/b": {
        "tools.auth_basic.on": True,
        "tools.auth_basic.realm": "earth",
        "tools.auth_basic.checkpassword": auth_basic.checkpassword_dict(USERS),
    },
    "/d": {
        "tools.auth_digest.on": True,
        "tools.auth_digest.realm": "earth",
        "tools.auth_digest.get_ha1": auth_digest.get_ha1_dict_plain(USERS),
        "tools.auth_digest.key": "throw-away",
    },
})
