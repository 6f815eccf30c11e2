require "survey"
require "logger"
require "action_controller"

Survey.serve(ActionPack.version) do |value, field, lines, scheme|
  request = Struct.new(:authorization).new(value)
  auth = ActionController::HttpAuthentication
  if scheme == "basic"
    next unless auth::Basic.has_basic_credentials?(request)
    user, password = auth::Basic.user_name_and_password(request)
    password && { scheme: "Basic", user: user, password: password }
  elsif value =~ /\ADigest /
    { scheme: "Digest", params: auth::Digest.decode_credentials(value).to_h }
  end
end
