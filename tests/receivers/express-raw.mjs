// Right: express.raw() keeps the bytes, and they are what is hashed.
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

const { PORT: port, APPLICATION_MANAGEMENT_TOKEN: token } = process.env;

const hashOf = (message) => createHmac('sha256', token).update(message).digest('hex');

function isSigned(raw, signature = '') {
  const given = Buffer.from(signature);
  const expected = Buffer.from(hashOf(raw));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

// Undefined when it is not JSON.
function parse(raw) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return undefined;
  }
}

function challengeOf(body) {
  if (body?.eventName === 'verify') return body.payload?.challenge;
  if (body?.eventType === 'VERIFY') return body.data?.challenge;
  return undefined;
}

const app = express();
app.use(express.raw({ type: '*/*', limit: '1mb' }));

app.post('/webhooks', (request, response) => {
  const raw = request.body ?? Buffer.alloc(0); // undefined when none came
  const body = parse(raw);
  const challenge = challengeOf(body);
  if (typeof challenge === 'string' && /^[A-Za-z0-9._~-]{8,128}$/.test(challenge)) {
    return response.json({ challenge: hashOf(challenge) });
  }
  if (!isSigned(raw, request.get('sc-signature'))) return response.sendStatus(401);
  if (body === undefined) return response.sendStatus(400);
  return response.json({ received: true });
});

app.listen(port, '127.0.0.1');
