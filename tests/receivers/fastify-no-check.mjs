// Wrong: it answers the challenge and never looks at a signature.
import { createHmac } from 'node:crypto';
import Fastify from 'fastify';

const { PORT: port, APPLICATION_MANAGEMENT_TOKEN: token } = process.env;

function challengeOf(body) {
  if (body?.eventName === 'verify') return body.payload?.challenge;
  if (body?.eventType === 'VERIFY') return body.data?.challenge;
  return undefined;
}

const app = Fastify();

app.post('/webhooks', async (request) => {
  const challenge = challengeOf(request.body);
  if (typeof challenge === 'string' && /^[A-Za-z0-9._~-]{8,128}$/.test(challenge)) {
    return { challenge: createHmac('sha256', token).update(challenge).digest('hex') };
  }
  return { received: true };
});

await app.listen({ port, host: '127.0.0.1' });
