"""Django REST framework: Basic, Session and Token. usage: drf_app.py PORT"""

import sys
from wsgiref.simple_server import make_server

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="throw-away",
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "rest_framework.authtoken"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import authentication, permissions, views  # noqa: E402
from rest_framework.response import Response  # noqa: E402

call_command("migrate", verbosity=0)


def view(*classes):
    """A view that takes these authentication classes."""

    class Protected(views.APIView):
        authentication_classes = classes
        permission_classes = [permissions.IsAuthenticated]

        def get(self, request):
            return Response("in")

    return Protected.as_view()


urlpatterns = [
    path("basic", view(authentication.BasicAuthentication)),
    path("session", view(authentication.SessionAuthentication)),
    path("token", view(authentication.TokenAuthentication)),
]

make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application()).serve_forever()
