// Right: a content type parser that hands the bytes on, and they are what is hashed.
import { createHmac, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';

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

const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, raw, done) => done(null, raw));

app.post('/webhooks', async (request, reply) => {
  const raw = request.body ?? Buffer.alloc(0); // undefined when none came
  const body = parse(raw);
  const challenge = challengeOf(body);
  if (typeof challenge === 'string' && /^[A-Za-z0-9._~-]{8,128}$/.test(challenge)) {
    return { challenge: hashOf(challenge) };
  }
  if (!isSigned(raw, request.headers['sc-signature'])) return reply.code(401).send({ error: 'wrong signature' });
  if (body === undefined) return reply.code(400).send({ error: 'not JSON' });
  return { received: true };
});

await app.listen({ port, host: '127.0.0.1' });
