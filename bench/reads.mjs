// What the API answers a second and how late its slowest answers are, against nginx serving the same bytes from memory.
import { foreignOf, missing, ratios, row, seconds, takingTurns } from './figures.mjs';
import { ask, connected, execute, nginx, serve, wrk } from './peers.mjs';

// The packaged httplib, 0.11, makes eleven system calls a request, newer ones four.
async function aimOf(program, { packaged, newest }) {
  const { stdout } = await execute(program, ['--version']);
  const minor = /httplib 0\.(\d+)/.exec(stdout)?.[1] ?? 11;
  return Number(minor) > 11 ? newest : packaged;
}

const at16 = { connections: 16, aims: { packaged: 0.40, newest: 0.60 } };
const at256 = { connections: 256, aims: { packaged: 0.20, newest: 0.30 } };
const five = ['/battery', '/charge', '/odometer', '/location', '/'].map((path) => ({ path }));

// Each with the loads it is measured under; what has no aims is only reported.
const measurements = (id) => [
  { name: 'GET /v2.0/vehicles/{id}', path: `/v2.0/vehicles/${id}`, loads: [at16] },
  { name: 'GET …/battery', path: `/v2.0/vehicles/${id}/battery`, loads: [at16, at256] },
  { name: 'GET …/signals', path: `/v3/vehicles/${id}/signals`, loads: [at16, at256] },
  { name: 'POST …/batch of five', path: `/v2.0/vehicles/${id}/batch`, body: JSON.stringify({ requests: five }), loads: [{ connections: 16 }] },
];

// A vehicle that has a battery, of those that the token reaches.
export async function withBattery(origin, { accessToken, vehicleIds }) {
  for (const id of vehicleIds) {
    const { status } = await ask(`${origin}/v2.0/vehicles/${id}/battery`, { headers: { authorization: `Bearer ${accessToken}` } });
    if (status === 200) return id;
  }
  throw new Error('no vehicle answers GET …/battery with a 200');
}

async function underLoad({ name, path, body }, { connections, aims }, { platform, peer, headers, program }) {
  const run = (origin) => () => wrk(`${origin}${path}`, { seconds, connections, headers, body });
  const samples = await takingTurns({
    ours: { server: platform.pid, run: run(platform.ready.origin) },
    nginx: { server: peer.pid, run: run(peer.origin) },
  });
  const foreign = foreignOf(samples, 'ours', 'nginx');
  const values = (who, key) => samples[who].map((sample) => sample[key]);
  return {
    samples,
    rows: [
      row(`${name} a second, ${connections} connections`, values('ours', 'rate'), { digits: 0, unit: '/s', foreign }),
      row('  share of nginx serving the same bytes', ratios(samples, 'ours', 'nginx'), { aim: aims && await aimOf(program, aims), foreign }),
      row('  p99', values('ours', 'p99'), { unit: 'ms', foreign }),
      row('  nginx\'s p99', values('nginx', 'p99'), { unit: 'ms', foreign }),
      row('  processor time a request', values('ours', 'serverMicroseconds'), { digits: 1, unit: 'µs', foreign }),
    ],
  };
}

// An answer that breaks off or comes too late is a figure missed, not the end of all measuring.
async function underLoads(measurement, around) {
  const results = [];
  for (const load of measurement.loads) {
    const name = `${measurement.name} a second, ${load.connections} connections`;
    const { answer } = measurement;
    if (answer.status !== 200) {
      results.push({ name, samples: {}, rows: [missing(name, `answered ${answer.status}`)] });
    } else {
      const result = await underLoad(measurement, load, around).catch((error) => (
        { samples: {}, rows: [missing(name, error.message.trim().split('\n').at(-1).trim())] }));
      results.push({ name, ...result });
    }
  }
  return results;
}

export async function reads(program) {
  const platform = await serve(program);
  const user = await connected(platform.ready.origin);
  const headers = { authorization: `Bearer ${user.accessToken}` };
  const asked = [];
  for (const measurement of measurements(await withBattery(platform.ready.origin, user))) {
    const { path, body } = measurement;
    const answer = await ask(`${platform.ready.origin}${path}`, { method: body ? 'POST' : 'GET', headers, body });
    asked.push({ ...measurement, answer });
  }
  const served = asked.filter(({ answer }) => answer.status === 200);
  const peer = await nginx(Object.fromEntries(served.map(({ path, answer }) => [path, answer])));
  const results = [];
  for (const measurement of asked) results.push(...await underLoads(measurement, { platform, peer, headers, program }));
  await peer.stop();
  await platform.stop();
  return {
    samples: Object.fromEntries(results.map(({ name, samples }) => [name, samples])),
    rows: results.flatMap(({ rows }) => rows),
  };
}
