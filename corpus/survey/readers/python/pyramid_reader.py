import survey
from pyramid.authentication import extract_http_basic_credentials
from pyramid.request import Request


def read(value, field, lines, scheme):
    request = Request.blank("/")
    request.environ["HTTP_AUTHORIZATION"] = value
    told = extract_http_basic_credentials(request)
    return told and {"scheme": "Basic", "user": survey.octets(told[0], value), "password": survey.octets(told[1], value)}


survey.serve("pyramid", read)
