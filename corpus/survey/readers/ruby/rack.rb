require "survey"
require "rack"
require "rack/auth/digest/request"

Survey.serve(Rack.release) do |value, field, lines, scheme|
  environment = { "HTTP_AUTHORIZATION" => value, "REQUEST_METHOD" => "GET" }
  if scheme == "basic"
    request = Rack::Auth::Basic::Request.new(environment)
    next unless request.provided? && request.basic?
    user, password = request.credentials
    password && { scheme: request.scheme, user: user, password: password }
  else
    request = Rack::Auth::Digest::Request.new(environment)
    next unless request.provided? && request.digest?
    { scheme: request.scheme, params: request.params.to_h }
  end
end
