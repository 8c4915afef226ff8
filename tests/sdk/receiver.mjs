// A webhook receiver as Smartcar's users write it: express.json() and the official package, which verifies a
// re-serialisation of the parsed body and so accepts only bodies that survive one.
import { once } from 'node:events';
import express from 'express';
import smartcar from 'smartcar';

function challengeOf(body) {
  if (body.eventName === 'verify') return body.payload.challenge;
  if (body.eventType === 'VERIFY') return body.data.challenge;
  return undefined;
}

// Listens on a free port, keyed with `token`. `accepted` holds the bodies whose signature was right, `raw` the text of
// everything that came, challenges included.
export async function receiver(token) {
  const accepted = [];
  const raw = [];
  const app = express();
  app.use(express.json({ verify: (request, response, bytes) => raw.push(bytes.toString()) }));
  app.post('/webhooks', (request, response) => {
    const challenge = challengeOf(request.body);
    if (challenge) {
      response.json({ challenge: smartcar.hashChallenge(token, challenge) });
    } else if (smartcar.verifyPayload(token, request.get('sc-signature'), request.body)) {
      accepted.push(request.body);
      response.sendStatus(200);
    } else {
      response.sendStatus(401);
    }
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    callback: `http://127.0.0.1:${server.address().port}/webhooks`,
    accepted,
    raw,
    close: () => { server.close(); server.closeAllConnections(); },
  };
}
