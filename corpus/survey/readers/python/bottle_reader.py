import bottle
import survey


def read(value, field, lines, scheme):
    told = bottle.parse_auth(value)
    return told and {"scheme": "Basic", "user": survey.octets(told[0], value), "password": survey.octets(told[1], value)}


survey.serve("bottle", read)
