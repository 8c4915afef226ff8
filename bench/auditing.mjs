// How long an audit takes: of a callback that does everything right, and of one that answers the preflight and then
// nothing more, against the time that was announced.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { row, rounds, withForeign } from './figures.mjs';
import { child, execute } from './peers.mjs';

const token = 'd0c0ffee-0003-4000-8000-000000000003'; // the development token
const announced = 5; // seconds

async function goodCallback(program) {
  const callback = child(program, ['callback', '--port', '0', '--json'], ['ignore', 'pipe', 'inherit']);
  const lines = createInterface({ input: callback.stdout });
  const [line] = await once(lines, 'line');
  lines.on('line', () => {}); // what it prints of each request is read, or it would wait
  const stop = async () => {
    callback.kill('SIGTERM');
    await once(callback, 'exit');
  };
  return { origin: JSON.parse(line).origin, stop };
}

async function hangingCallback() {
  let answered = 0;
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await buffer(request));
    answered += 1;
    if (answered > 2) return;
    const challenge = body.payload?.challenge ?? '';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ challenge: createHmac('sha256', token).update(challenge).digest('hex') }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

// Milliseconds, and what it found.
async function audit(program, callback, ...more) {
  const start = performance.now();
  const { stdout } = await execute(program, ['audit', '--json', '--seed', '7', '--callback', `${callback.origin}/webhooks`, ...more])
    .catch((ended) => (ended.code === 4 ? ended : Promise.reject(ended)));
  const milliseconds = performance.now() - start;
  return { milliseconds, summary: JSON.parse(stdout.trim().split('\n').at(-1)) };
}

export async function auditing(program) {
  const good = [];
  const hanging = [];
  const { foreign } = await withForeign(async () => {
    for (let round = 0; round < rounds; round += 1) {
      const callback = await goodCallback(program);
      good.push(await audit(program, callback, '--probe-url', `${callback.origin}/applied/{vehicleId}`));
      await callback.stop();
    }
    const callback = await hangingCallback();
    hanging.push(await audit(program, callback, '--timeout', '1s', '--max-time', `${announced}s`));
    callback.stop();
  });
  const { passed, grade } = good[0].summary;
  return {
    samples: { good, hanging },
    rows: [
      row(`the audit of a good callback, ${passed} checks, grade ${grade}`, good.map(({ milliseconds }) => milliseconds / 1000), { aim: 10, atMost: true, unit: 's', foreign }),
      row('the audit of one that hangs, against the time announced', hanging.map(({ milliseconds }) => milliseconds / (announced * 1000)), { aim: 1.1, atMost: true, foreign }),
    ],
  };
}
