// What a vehicle more costs: the rate at which batteries of a fleet are read, any of them, and the memory of one at rest.
import { writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { foreignOf, missing, ratios, row, seconds, skipped, takingTurns } from './figures.mjs';
import { residentMemory } from './machine.mjs';
import { ask, connected, execute, folder, serve, wrk } from './peers.mjs';

const small = 10;
const sizes = [small, 10_000, 100_000];
const bytesOfMebibyte = 1024 * 1024;

// Those of `paths` that answer 200: a fleet has vehicles without a battery too.
async function readable(origin, paths, headers) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const waiting = [...paths];
  const found = [];
  const asking = async () => {
    for (let path = waiting.pop(); path; path = waiting.pop()) {
      const { status } = await ask(`${origin}${path}`, { agent, headers });
      if (status === 200) found.push(path);
    }
  };
  await Promise.all(Array.from({ length: 16 }, asking));
  agent.destroy();
  return found;
}

// The live vehicles of a platform (one fixture of twenty-five is simulated), all of one user who has approved, and the
// memory that the platform has then.
async function fleet(platform, size) {
  const { origin } = platform.ready;
  const { accessToken, vehicleIds } = await connected(origin);
  if (vehicleIds.length < 0.95 * size) throw new Error(`--fleet ${size} connected ${vehicleIds.length} vehicles`);
  const memory = residentMemory(platform.pid);
  const headers = { authorization: `Bearer ${accessToken}` };
  const paths = await readable(origin, vehicleIds.map((id) => `/v2.0/vehicles/${id}/battery`), headers);
  const file = join(folder, `paths-${size}`);
  writeFileSync(file, paths.map((path) => `${path}\n`).join(''));
  return { memory, server: platform.pid, run: () => wrk(origin, { seconds, headers, paths: file }) };
}

async function compared(platforms) {
  const each = {};
  for (const size of sizes) each[size] = await fleet(platforms[size], size);
  const samples = await takingTurns(each);
  const foreign = foreignOf(samples, ...Object.keys(each));
  const idle = (size) => ((each[size].memory - each[small].memory) * bytesOfMebibyte) / size;
  const larger = sizes.filter((size) => size !== small).flatMap((size) => [
    row(`  of ${size.toLocaleString('en')}, against ${small}`, ratios(samples, size, small), { aim: 0.95, foreign }),
    row(`  memory of an idle one of ${size.toLocaleString('en')}`, [idle(size)], { aim: 1024, atMost: true, digits: 0, unit: 'B', foreign }),
  ]);
  return {
    samples: { ...samples, memory: Object.fromEntries(sizes.map((size) => [size, each[size].memory])) },
    rows: [
      row(`GET …/battery of any of ${small} vehicles a second, 16 connections`, samples[small].map(({ rate }) => rate), { digits: 0, unit: '/s', foreign }),
      ...larger,
    ],
  };
}

export async function fleets(program) {
  const figure = 'GET …/battery of any vehicle of a fleet';
  const { stdout: help } = await execute(program, ['serve', '--help']);
  if (!help.includes('--fleet')) return { samples: {}, rows: [skipped(figure, 'serve has no --fleet')] };
  const platforms = {};
  try {
    for (const size of sizes) platforms[size] = await serve(program, ['--fleet', String(size)]);
    return await compared(platforms);
  } catch (error) {
    return { samples: {}, rows: [missing(figure, error.message)] };
  } finally {
    for (const { stop } of Object.values(platforms)) await stop();
  }
}
