# WEBrick's BasicAuth and DigestAuth. usage: webrick.rb PORT
require 'webrick'
require 'webrick/httpauth/digestauth'

silent = WEBrick::Log.new(File::NULL)
server = WEBrick::HTTPServer.new(Port: ARGV[0].to_i, BindAddress: '127.0.0.1', Logger: silent, AccessLog: [])
users = {}
users.define_singleton_method(:get_passwd) { |_realm, _user, _reload| nil }
basic = WEBrick::HTTPAuth::BasicAuth.new(UserDB: users, Realm: 'BR', Logger: silent)
digest = WEBrick::HTTPAuth::DigestAuth.new(UserDB: users, Realm: 'DR', Logger: silent)
server.mount_proc('/b') { |request, response| basic.authenticate(request, response) }
server.mount_proc('/d') { |request, response| digest.authenticate(request, response) }
trap('TERM') { server.shutdown }
server.start
