// Wrong: the signature is checked over the printed copy of a parsed body, which is how the official package does it, so
// another text of the same JSON passes for the signed one. And express.json() reads bodies of 100 kB at the most, and what
// nests too deep for JSON.stringify() is answered 500.
import express from 'express';
import smartcar from 'smartcar';

const { PORT: port, APPLICATION_MANAGEMENT_TOKEN: token } = process.env;

function challengeOf(body) {
  if (body.eventName === 'verify') return body.payload?.challenge;
  if (body.eventType === 'VERIFY') return body.data?.challenge;
  return undefined;
}

const app = express();
app.use(express.json());

app.post('/webhooks', (request, response) => {
  if (!request.body) return response.sendStatus(400);
  const challenge = challengeOf(request.body);
  if (typeof challenge === 'string' && /^[A-Za-z0-9._~-]{8,128}$/.test(challenge)) {
    return response.json({ challenge: smartcar.hashChallenge(token, challenge) });
  }
  if (!smartcar.verifyPayload(token, request.get('sc-signature'), request.body)) return response.sendStatus(401);
  return response.json({ received: true });
});

app.listen(port, '127.0.0.1');
