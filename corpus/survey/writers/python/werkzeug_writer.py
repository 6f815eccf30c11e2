import survey
from werkzeug.datastructures import WWWAuthenticate

survey.serve_writer("werkzeug", lambda scheme, params: WWWAuthenticate(scheme, dict(params)).to_header())
