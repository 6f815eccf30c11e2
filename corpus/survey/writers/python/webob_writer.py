import survey
from webob.descriptors import serialize_auth

survey.serve_writer("WebOb", lambda scheme, params: serialize_auth((scheme, dict(params))))
