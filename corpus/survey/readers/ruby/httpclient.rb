require "survey"
require "httpclient"

Survey.serve(HTTPClient::VERSION) do |value, field, lines, scheme|
  request = HTTP::Message.new_request("GET", URI("http://localhost/"))
  response = HTTP::Message.new_response("")
  response.status = 401
  lines.each { |line| response.header.add("WWW-Authenticate", line) }
  auth = HTTPClient::WWWAuth.new
  auth.set_auth(URI("http://localhost/"), "user", "pass")
  auth.filter_response(request, response)
  params = auth.digest_auth.instance_variable_get(:@challenge).values.first
  params && { scheme: "Digest", params: params }
end
