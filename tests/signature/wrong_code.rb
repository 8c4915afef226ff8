# What Ruby makes of bodies, by Ruby itself: json and openssl; with the argument "rails", what ActiveSupport's to_json does.
# Prints what wrong_code.py prints.
require "base64"
require "digest"
require "json"
require "openssl"

KEY = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10"
CHALLENGE = "challenge_063f9ab0f106cc06b7d06e7945b4eced"
TEXT = File.read(File.join(__dir__, "awkward_body.json"), encoding: "UTF-8")
CASES = []

def mac(message, key = KEY)
  OpenSSL::HMAC.hexdigest("SHA256", key, message)
end

def add(id, subject, message, received, more = {})
  CASES << { id: id, subject: subject, key: KEY, message: message, received: received }.merge(more)
end

def signed(id, hashed, message = TEXT)
  add(id, "body", message, mac(hashed))
end

# Another runtime writes this number alike, and may be named first.
def perhaps(id, hashed, message)
  add(id, "body", message, mac(hashed), perhaps: true)
end

def answered(id, received)
  add(id, "challenge", CHALLENGE, received)
end

NUMBERS = %w[0.0001 0.00009 1e14 1e15 1e16 123456789012345.6 2485707811879560.5 1234567890123456.0 -0.0 5e-324 12345678901234567890 -1.50 1.5e25 1e-7 12345678.9]
NUMBERS_IN_BODIES = NUMBERS.map { |number| %({"value": #{number},"url":"a/b?c&d=<e>","one":1.0}) }

def by_plain_ruby
  parsed = JSON.parse(TEXT)
  signed("body-as-ruby", parsed.to_json)
  signed("body-as-ruby", JSON.generate(parsed))
  signed("body-printed-by-ruby", parsed.to_s)
  signed("body-printed-by-ruby", "#{parsed}")
  signed("quoted-body", TEXT.to_json)
  signed("no-body", nil.to_s)
  signed("no-body", nil.to_json)
  signed("no-body", {}.to_json)
  signed("no-body", nil.inspect)
  signed("body-in-latin1", TEXT.encode("ISO-8859-1", undef: :replace))
  signed("body-read-as-latin1", TEXT.b.force_encoding("ISO-8859-1").encode("UTF-8"))
  signed("body-characters-lost", TEXT.encode("US-ASCII", undef: :replace, replace: ""))
  signed("body-characters-lost", TEXT.b.encode("UTF-8", invalid: :replace, undef: :replace))
  signed("message-in-base64", Base64.strict_encode64(TEXT))
  tight = '{"unit":"a b","value":[78.0,{"c":null}]}'
  signed("body-pretty-printed", JSON.pretty_generate(JSON.parse(tight)), tight)
  NUMBERS_IN_BODIES.each { |body| perhaps("body-as-ruby", JSON.parse(body).to_json, body) }
end

def by_rails
  require "active_support"
  require "active_support/json"
  signed("body-as-rails", JSON.parse(TEXT).to_json)
  signed("body-as-rails", ActiveSupport::JSON.encode(ActiveSupport::JSON.decode(TEXT)))
  NUMBERS_IN_BODIES.each { |body| perhaps("body-as-rails", JSON.parse(body).to_json, body) }
end

def challenges
  raw = OpenSSL::HMAC.digest("SHA256", KEY, CHALLENGE)
  answered("base64", Base64.strict_encode64(raw))
  answered("base64url", Base64.urlsafe_encode64(raw)) if Base64.urlsafe_encode64(raw) =~ /[-_]/
  answered("unkeyed-sha256", Digest::SHA256.hexdigest(CHALLENGE))
  answered("key-and-message-swapped", mac(KEY, CHALLENGE))
  answered("quoted-challenge", mac(CHALLENGE.to_json))
  answered("challenge-object", mac({ challenge: CHALLENGE }.to_json))
  answered("challenge-object", mac({ "challenge" => CHALLENGE }.to_s))
  answered("absent-challenge", mac(nil.to_s))
  answered("key-hex-decoded", mac(CHALLENGE, [KEY.delete("-")].pack("H*")))
  answered("key-base64-decoded", mac(CHALLENGE, KEY.unpack1("m")))
  answered("no-key", mac(CHALLENGE, ENV["NO_SUCH_VARIABLE"].to_s))
  answered("no-key", mac(CHALLENGE, ENV["NO_SUCH_VARIABLE"].inspect))
end

if ARGV == ["rails"]
  by_rails
else
  by_plain_ruby
  challenges
end
puts JSON.generate({ cases: CASES })
