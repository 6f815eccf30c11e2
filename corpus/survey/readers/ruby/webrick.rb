require "survey"
require "webrick"

digest = WEBrick::HTTPAuth::DigestAuth.new(Realm: "x", UserDB: {}, Logger: WEBrick::Log.new(File::NULL))
basic = WEBrick::HTTPAuth::BasicAuth.new(Realm: "x", UserDB: {}, Logger: WEBrick::Log.new(File::NULL))

Survey.serve(WEBrick::VERSION) do |value, field, lines, scheme|
  request = { "Authorization" => value }
  if scheme == "basic"
    # As authenticate() does it.
    text = basic.send(:check_scheme, request)
    user, password = text && text.unpack1("m*").split(":", 2)
    password && { scheme: "Basic", user: user, password: password }
  else
    text = digest.send(:check_scheme, request)
    params = text && digest.send(:split_param_value, text)
    params && !params.empty? ? { scheme: "Digest", params: params } : nil
  end
end
