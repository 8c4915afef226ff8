// How long a new client waits while 256 others are there that do nothing, begin and go no further, or never read.
import { once } from 'node:events';
import { connect } from 'node:net';
import { row, withForeign } from './figures.mjs';
import { ask, connected, serve } from './peers.mjs';

const crowd = 256;
const tries = 40;

const beginnings = (host, path, token) => {
  const head = `host: ${host}\r\nauthorization: Bearer ${token}\r\n`;
  return [
    '',
    'GET / HT',
    `GET ${path} HTTP/1.1\r\n${head}`,
    `POST /oauth/token HTTP/1.1\r\n${head}content-length: 100\r\n\r\nhalf of it`,
    // Answers that nobody takes: pipelined until the sockets are full.
    `GET ${path} HTTP/1.1\r\n${head}\r\n`.repeat(2000),
  ];
};

async function slowConnection(port, bytes) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.pause();
  if (bytes) socket.write(bytes);
  return socket;
}

// Milliseconds of a whole request on a connection of its own.
async function served(url, headers) {
  const start = performance.now();
  const { status } = await ask(url, { headers, agent: false });
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  return performance.now() - start;
}

export async function crowds(program) {
  const platform = await serve(program);
  const { origin } = platform.ready;
  const { host, port } = new URL(origin);
  const { accessToken, vehicleIds } = await connected(origin);
  const path = `/v3/vehicles/${vehicleIds.at(-1)}/signals`;
  const headers = { authorization: `Bearer ${accessToken}` };
  const kinds = beginnings(host, path, accessToken);
  const sockets = [];
  for (let at = 0; at < crowd; at += 1) sockets.push(await slowConnection(port, kinds[at % kinds.length]));
  const { result: waits, foreign } = await withForeign(async () => {
    const all = [];
    for (let at = 0; at < tries; at += 1) all.push(await served(`${origin}${path}`, headers));
    return all;
  });
  for (const socket of sockets) socket.destroy();
  await platform.stop();
  const worst = Math.max(...waits);
  return {
    samples: { waits },
    rows: [
      row(`a new client beside ${crowd} idle or slow connections, the longest wait of ${tries}`, [worst], { aim: 100, atMost: true, digits: 1, unit: 'ms', foreign }),
    ],
  };
}
