require "survey"
require "mechanize"

Survey.serve(Mechanize::VERSION) do |value, field, lines, scheme|
  Mechanize::HTTP::WWWAuthenticateParser.new.parse(value)&.map do |challenge|
    params = challenge.params
    params.is_a?(Hash) ? { scheme: challenge.scheme, params: params } : { scheme: challenge.scheme, token68: params }
  end
end
