// A small application on the official package: it connects a user's cars, subscribes them to a webhook and keeps what
// the webhook says about each. Plain node:http: nothing comes between the bytes of a webhook and their signature.
import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import smartcar from 'smartcar';

// The SDK reads the client id, the secret and the origins it talks to from the environment by itself.
const { APPLICATION_MANAGEMENT_TOKEN: token, SMARTCAR_WEBHOOK_ID: webhookId } = process.env;
const port = Number(process.env.PORT || 3000);
const redirectUri = process.env.SMARTCAR_REDIRECT_URI || `http://127.0.0.1:${port}/exchange`;

if (!token) {
  console.error('APPLICATION_MANAGEMENT_TOKEN is not set; Smartcar\'s dashboard has it under Configuration.');
  process.exit(1);
}

// In memory, to stay short. In a database, an event's id and its effect are one transaction; ids are kept for a week.
const vehicles = new Map();
const seen = new Set();

function vehicle(id) {
  const unheardOf = { charging: null, chargingAt: 0, events: 0, errors: new Set(), lastEventAt: 0 };
  if (!vehicles.has(id)) vehicles.set(id, unheardOf);
  return vehicles.get(id);
}

function view({ charging, events, errors, lastEventAt }) {
  const last = lastEventAt ? new Date(lastEventAt).toISOString() : null;
  return { charging, events, errors: errors.size, lastEventAt: last };
}

// --- what an event says ---------------------------------------------------------------------------------------------

// Of a time as 2.0 writes it, text, or 4.0, a number; 0 when unknown.
const milliseconds = (time) => new Date(time ?? NaN).getTime() || 0;
const list = (value) => (Array.isArray(value) ? value : []);

// Both payload versions in one shape.
function read(body) {
  if (body?.eventName === 'eventBased') {
    const { eventId, vehicleId, eventType, eventTime } = body.payload ?? {};
    const at = milliseconds(eventTime);
    const charging = { CHARGING_STARTED: true, CHARGING_STOPPED: false, CHARGING_COMPLETED: false }[eventType];
    return { eventId, vehicleId, at, charging, chargingAt: at, errors: [], mode: body.mode };
  }
  const { eventId, data, meta } = body ?? {};
  const signal = list(data?.signals).find((each) => each?.code === 'charge-ischarging');
  return {
    eventId,
    vehicleId: data?.vehicle?.id,
    at: milliseconds(meta?.deliveredAt),
    charging: signal?.body?.value, // a signal that failed has neither this nor meta
    chargingAt: milliseconds(signal?.meta?.oemUpdatedAt || signal?.meta?.retrievedAt || signal?.meta?.fetchedAt),
    errors: list(data?.errors),
    mode: meta?.mode,
  };
}

function remember(body) {
  const { eventId, vehicleId, at, charging, chargingAt, errors, mode } = read(body);
  // A scheduled reading, or the dashboard's test payload about a car that nobody owns.
  if (!eventId || !vehicleId || mode === 'test' || mode === 'TEST') return;
  if (seen.has(eventId)) return; // delivered at least once: a repetition changes nothing
  seen.add(eventId);

  const car = vehicle(vehicleId);
  car.events += 1;
  car.lastEventAt = Math.max(car.lastEventAt, at);
  // Events overtake each other: what the car said earlier must not undo what it said later.
  if (typeof charging === 'boolean' && chargingAt >= car.chargingAt) Object.assign(car, { charging, chargingAt });
  for (const error of errors) { // these carry no time of their own
    const kind = `${error?.type}:${error?.code}`;
    if (error?.state === 'RESOLVED') car.errors.delete(kind);
    else car.errors.add(kind);
  }
}

// --- requests: each function gives [status, body] -------------------------------------------------------------------

function parse(raw) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw));
  } catch {
    return undefined;
  }
}

// Not smartcar.verifyPayload: that hashes JSON.stringify(body), which is not always what was sent (1.0 becomes 1), and
// compares with ===. hashChallenge is the same HMAC, of whatever bytes it is given.
function isSigned(raw, signature = '') { // of two headers node makes one, joined with ", ", which never matches
  const given = Buffer.from(signature);
  const expected = Buffer.from(smartcar.hashChallenge(token, raw));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

// The body; undefined when it is longer than `limit`. What is too much is read and forgotten, so that the sender hears.
async function bytesOf(request, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}

async function webhooks(request) {
  const raw = await bytesOf(request, 1_000_000); // Smartcar's are 50 KB
  if (raw === undefined) return [413, { error: 'the body is too large' }];
  const body = parse(raw);
  if (body?.eventName === 'verify' || body?.eventType === 'VERIFY') {
    const { challenge } = (body.eventName === 'verify' ? body.payload : body.data) ?? {};
    // Challenges are unsigned, and hashed with the key of all events: hash nothing that could be the body of one.
    if (typeof challenge !== 'string' || !/^[A-Za-z0-9._~-]{8,128}$/.test(challenge)) {
      return [400, { error: 'not a challenge' }];
    }
    return [200, { challenge: smartcar.hashChallenge(token, challenge) }];
  }
  if (!isSigned(raw, request.headers['sc-signature'])) return [401, { error: 'SC-Signature is missing or wrong' }];
  if (body === undefined) return [400, { error: 'the body is not JSON' }];
  remember(body);
  return [200, { received: true }];
}

// Where Connect sends the user back to. A real application also sends a `state` there, compares it here, and keeps the
// refresh token.
async function exchange(query) {
  if (!query.get('code')) return [400, { error: query.get('error') ?? 'code is missing' }];
  try {
    const { accessToken } = await new smartcar.AuthClient({ redirectUri }).exchangeCode(query.get('code'));
    const { vehicles: ids } = await smartcar.getVehicles(accessToken, { limit: 50 });
    for (const id of ids) {
      if (webhookId) await new smartcar.Vehicle(id, accessToken).subscribe(webhookId);
      vehicle(id);
    }
    return [200, { vehicles: ids }];
  } catch (error) {
    return [502, { error: error.message }];
  }
}

async function route(request) {
  const { method, url } = request;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const id = pathname.match(/^\/vehicles\/([^/]+)$/)?.[1];
  if (method === 'POST' && pathname === '/webhooks') return webhooks(request);
  if (method === 'GET' && pathname === '/exchange') return exchange(searchParams);
  if (method === 'GET' && pathname === '/vehicles') return [200, { vehicles: [...vehicles.keys()] }];
  if (method === 'GET' && vehicles.has(id)) return [200, view(vehicles.get(id))];
  if (method === 'GET' && pathname === '/health') return [200, { status: 'ok' }];
  return [404, { error: 'not found' }];
}

const server = createServer(async (request, response) => {
  const [status, body] = await route(request).catch((error) => {
    console.error(error);
    return [500, { error: 'internal error' }];
  });
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
server.listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit());
