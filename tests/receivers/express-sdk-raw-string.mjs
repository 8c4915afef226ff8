// Wrong: the official package is given the body's text, and hashes that text in quotes. The challenge is answered rightly;
// every event is refused.
import express from 'express';
import smartcar from 'smartcar';

const { PORT: port, APPLICATION_MANAGEMENT_TOKEN: token } = process.env;

function parse(text) {
  try {
    return JSON.parse(text);
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
app.use(express.text({ type: '*/*', limit: '1mb' }));

app.post('/webhooks', (request, response) => {
  const text = request.body ?? '';
  const challenge = challengeOf(parse(text));
  if (typeof challenge === 'string' && /^[A-Za-z0-9._~-]{8,128}$/.test(challenge)) {
    return response.json({ challenge: smartcar.hashChallenge(token, challenge) });
  }
  if (!smartcar.verifyPayload(token, request.get('sc-signature'), text)) return response.sendStatus(401);
  return response.json({ received: true });
});

app.listen(port, '127.0.0.1');
