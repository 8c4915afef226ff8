// Right: a handler from a Web Request to a Response, as Next.js, Hono, Deno and Bun have them, on Node's own server.
import { webcrypto } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const { PORT: port, APPLICATION_MANAGEMENT_TOKEN: token } = process.env;
const { subtle } = webcrypto; // a global since Node 19

const key = await subtle.importKey(
  'raw', new TextEncoder().encode(token), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

async function hashOf(message) {
  return Buffer.from(await subtle.sign('HMAC', key, message)).toString('hex');
}

// verify() compares in constant time.
async function isSigned(raw, signature) {
  if (!/^[0-9a-f]{64}$/.test(signature ?? '')) return false;
  return subtle.verify('HMAC', key, Buffer.from(signature, 'hex'), raw);
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

async function POST(request) {
  const raw = await request.arrayBuffer();
  const body = parse(raw);
  const challenge = challengeOf(body);
  if (typeof challenge === 'string' && /^[A-Za-z0-9._~-]{8,128}$/.test(challenge)) {
    return Response.json({ challenge: await hashOf(new TextEncoder().encode(challenge)) });
  }
  if (!(await isSigned(raw, request.headers.get('sc-signature')))) {
    return Response.json({ error: 'wrong signature' }, { status: 401 });
  }
  if (body === undefined) return Response.json({ error: 'not JSON' }, { status: 400 });
  return Response.json({ received: true });
}

async function answer(incoming) {
  if (incoming.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  return POST(new Request(new URL(incoming.url, `http://127.0.0.1:${port}`), {
    method: 'POST',
    headers: incoming.headers,
    body: await buffer(incoming),
  }));
}

createServer(async (incoming, outgoing) => {
  try {
    const response = await answer(incoming);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  } catch {
    outgoing.writeHead(400).end(); // a body that breaks off, a target that is no URL
  }
}).listen(port, '127.0.0.1');
