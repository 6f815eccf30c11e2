"""twisted.web.guard with Digest and Basic. usage: twisted_app.py PORT"""

import sys

from twisted.cred.checkers import InMemoryUsernamePasswordDatabaseDontUse
from twisted.cred.portal import IRealm, Portal
from twisted.internet import reactor
from twisted.web import guard, resource, server
from zope.interface import implementer


@implementer(IRealm)
class Realm:
    """Gives everybody an empty page."""

    def requestAvatar(self, avatar, mind, *interfaces):
        return resource.IResource, resource.Resource(), lambda: None


checker = InMemoryUsernamePasswordDatabaseDontUse(alice=b"correct horse")
factories = [guard.DigestCredentialFactory("md5", b'tw "d"'), guard.BasicCredentialFactory(b'tw "b"')]
root = guard.HTTPAuthSessionWrapper(Portal(Realm(), [checker]), factories)
reactor.listenTCP(int(sys.argv[1]), server.Site(root), interface="127.0.0.1")
reactor.run()
