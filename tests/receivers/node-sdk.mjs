// Right: on Node's own server, the official package's hash over the bytes that came. express-sdk.mjs is the other way to
// use the package, with its verifyPayload over a parsed body.
import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import smartcar from 'smartcar';

const { PORT: port, APPLICATION_MANAGEMENT_TOKEN: token } = process.env;

function parse(raw) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw));
  } catch {
    return undefined;
  }
}

// Undefined when it is something else.
function challengeIn(body) {
  if (body?.eventName === 'verify') return body.payload?.challenge;
  if (body?.eventType === 'VERIFY') return body.data?.challenge;
  return undefined;
}

function isSigned(raw, signature = '') {
  const given = Buffer.from(signature);
  const expected = Buffer.from(smartcar.hashChallenge(token, raw));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function answer(raw, signature) {
  const body = parse(raw);
  const challenge = challengeIn(body);
  if (typeof challenge === 'string' && /^[A-Za-z0-9._~-]{8,128}$/.test(challenge)) {
    return [200, { challenge: smartcar.hashChallenge(token, challenge) }];
  }
  if (!isSigned(raw, signature)) return [401, { error: 'wrong signature' }];
  if (body === undefined) return [400, { error: 'not JSON' }];
  return [200, { received: true }];
}

createServer(async (request, response) => {
  if (request.method !== 'POST') return response.writeHead(405, { allow: 'POST' }).end();
  const raw = await buffer(request).catch(() => undefined);
  if (raw === undefined) return response.destroy(); // the body broke off
  const [status, body] = answer(raw, request.headers['sc-signature']);
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}).listen(port, '127.0.0.1');
