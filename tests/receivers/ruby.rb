# Right: request.body is what is hashed.
require 'json'
require 'openssl'
require 'webrick'

TOKEN = ENV.fetch('APPLICATION_MANAGEMENT_TOKEN')

def hash_of(message)
  OpenSSL::HMAC.hexdigest('SHA256', TOKEN, message)
end

def parse(raw)
  text = raw.dup.force_encoding(Encoding::UTF_8)
  text.valid_encoding? ? [JSON.parse(text), true] : [nil, false]
rescue JSON::ParserError # JSON::NestingError is one
  [nil, false]
end

# nil when it is something else.
def challenge_in(body)
  return nil unless body.is_a?(Hash)

  holder = if body['eventName'] == 'verify' then body['payload']
           elsif body['eventType'] == 'VERIFY' then body['data']
           end
  holder['challenge'] if holder.is_a?(Hash)
end

def answer(raw, signature)
  body, is_json = parse(raw)
  challenge = challenge_in(body)
  if challenge.is_a?(String) && challenge.match?(/\A[A-Za-z0-9._~-]{8,128}\z/)
    return [200, { challenge: hash_of(challenge) }]
  end
  return [401, { error: 'wrong signature' }] unless OpenSSL.secure_compare(hash_of(raw), signature)
  return [400, { error: 'not JSON' }] unless is_json

  [200, { received: true }]
end

server = WEBrick::HTTPServer.new(BindAddress: '127.0.0.1', Port: ENV.fetch('PORT').to_i, AccessLog: [])
server.mount_proc('/webhooks') do |request, response|
  raise WEBrick::HTTPStatus::MethodNotAllowed unless request.request_method == 'POST'

  response.status, body = answer(request.body.to_s, request['SC-Signature'].to_s)
  response.content_type = 'application/json'
  response.body = body.to_json
end
trap('TERM') { server.shutdown }
server.start
