# minitest: Mechanize. Change read() to your reader, and begin with an empty list of known differences.
require "json"
require "minitest/autorun"
require "mechanize"

class VectorsTest < Minitest::Test
  KNOWN = File.readlines(ENV["KNOWN"], chomp: true)

  def read(lines)
    (Mechanize::HTTP::WWWAuthenticateParser.new.parse(lines.join(", ")) || []).map do |each|
      params = each.params.is_a?(Hash) ? each.params.to_h { |name, value| [name.downcase, value] } : {}
      [each.scheme.downcase, each.params.is_a?(String) ? each.params : nil, params]
    end
  end

  JSON.parse(File.read("#{ENV['VECTORS']}/WWW-Authenticate.rfc9110-recipient.json")).each do |vector|
    define_method("test_#{vector['name']}") do
      bytes = ->(text) { text.encode("ISO-8859-1").b }
      expected = (vector["expected"] || []).map do |each|
        [each["scheme"].downcase.b, each["token68"]&.then(&bytes), each["params"].to_h { |name, value| [bytes[name].downcase, bytes[value]] }]
      end
      told = begin
        read(vector["raw"].map(&bytes))
      rescue StandardError
        []
      end
      right = told.empty? ? vector["must_fail"] || vector["can_fail"] || expected.empty? : told == expected && !vector["must_fail"]
      assert_equal !KNOWN.include?(vector["name"]), !!right, told.inspect
    end
  end
end
