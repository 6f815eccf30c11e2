import django.conf
import survey

django.conf.settings.configure()
from rest_framework.authentication import BasicAuthentication  # noqa: E402 (needs the settings)


class Basic(BasicAuthentication):
    def authenticate_credentials(self, userid, password, request=None):
        return userid, password


def read(value, field, lines, scheme):
    request = type("Request", (), {"META": {"HTTP_AUTHORIZATION": value}})()
    told = Basic().authenticate(request)
    return told and {"scheme": "Basic", "user": survey.octets(told[0], value), "password": survey.octets(told[1], value)}


survey.serve("djangorestframework", read)
