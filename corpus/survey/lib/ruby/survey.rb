# Runner protocol 2 for readers in Ruby: see corpus/survey/README.md.
module Survey
  module_function

  def hex(text)
    text.to_s.b.unpack1("H*")
  end

  # A challenge is a hash with :scheme, :token68, :params (pairs or a hash), :user, :password.
  def words(challenge)
    found = []
    found << "s:#{hex(challenge[:scheme])}" if challenge[:scheme]
    found << "t:#{hex(challenge[:token68])}" if challenge[:token68]
    (challenge[:params] || []).each do |name, value|
      found << "n:#{hex(name)}" << "v:#{hex(value)}" unless value.nil?
    end
    found << "u:#{hex(challenge[:user])}" if challenge[:user]
    found << "p:#{hex(challenge[:password])}" if challenge[:password]
    found
  end

  # The block takes (value, field, lines, scheme) and gives a challenge, a list of them, or nil if it refuses; an
  # exception is a refusal too.
  def serve(version)
    output = $stdout.dup
    $stdout.reopen($stderr)
    output.sync = true
    output.puts "protocol 2 #{version}"
    $stdin.each_line do |line|
      number, field, scheme, text = line.split
      lines = text.split(",").map { |each| each == "-" ? "" : [each].pack("H*") }
      begin
        told = yield(lines.join(", "), field, lines, scheme)
        told = [told] if told.is_a?(Hash)
        answer = told.nil? || told.empty? ? "refused" : (["read"] + told.flat_map { |each| words(each) }).join(" ")
      rescue StandardError, SystemStackError => problem
        answer = "refused #{problem.class}"
      end
      output.puts "#{number} #{answer}"
    end
  end
end
