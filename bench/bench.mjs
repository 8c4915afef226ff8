// bench.mjs [BUILD-FOLDER [MEASUREMENT…]], called by ./dev bench: what the project promises about speed, measured against
// peers on the same machine in the same run, and a verdict each. What is read over HTTP is in reads.mjs, fleets.mjs and
// mocks.mjs.
//
// Rates of different runs say nothing about each other, so contenders take turns (A B, B A, …), and what is judged is
// the median of the ratios of each round. "foreign" is the processor time of programs that take no part; above a tenth
// of a core a verdict is called noisy. Everything measured is in BUILD-FOLDER.bench.json.
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { auditing } from './auditing.mjs';
import { crowds } from './crowd.mjs';
import { explaining } from './explaining.mjs';
import { fleets } from './fleets.mjs';
import { foreignOf, noisy, print, ratios, rounds, row, seconds, takingTurns, withForeign } from './figures.mjs';
import { peakMemory, residentMemory } from './machine.mjs';
import { mocks } from './mocks.mjs';
import { child, execute, folder, nginx, routesServer, wrk } from './peers.mjs';
import { reads } from './reads.mjs';

const build = resolve(process.argv[2] ?? 'build/release');
const program = join(build, 'smartcar-sim');
const senders = 16;

// A program that sends for some seconds and then prints {"answered", "seconds"}.
async function sender(name, args, input = '') {
  const program = child(join(build, 'bench', name), args, ['pipe', 'pipe', 'inherit']);
  program.stdin.end(input);
  const [stdout] = await Promise.all([text(program.stdout), once(program, 'exit')]);
  const result = JSON.parse(stdout);
  if (result.failed) throw new Error(`${name}: ${result.failed} deliveries failed`);
  return result;
}

async function deliveries() {
  const { stdout: body } = await execute(join(build, 'bench', 'deliveries'), ['--body']);
  const peer = await nginx();
  const contender = (run) => ({ server: peer.pid, run });
  const samples = await takingTurns({
    ours: contender(() => sender('deliveries', [`${peer.origin}/post`, senders, seconds])),
    bare: contender(() => sender('bare_client', [peer.port, '/post', senders, seconds], body)),
    wrk: contender(() => wrk(`${peer.origin}/post`, { seconds, body, headers: { 'sc-signature': 'a'.repeat(64) } })),
  });
  await peer.stop();
  const foreign = foreignOf(samples, 'ours', 'bare', 'wrk');
  return {
    samples,
    rows: [
      row('signed, journaled deliveries a second, 16 senders to nginx', samples.ours.map(({ rate }) => rate), { digits: 0, unit: '/s', foreign }),
      row('  share of wrk posting the same body', ratios(samples, 'ours', 'wrk'), { aim: 0.40, foreign }),
      row('  share of a bare loop over the library\'s client', ratios(samples, 'ours', 'bare'), { aim: 0.85, foreign }),
      row('  processor time a delivery', samples.ours.map(({ clientMicroseconds }) => clientMicroseconds), { digits: 1, unit: 'µs', foreign }),
      row('  the bare loop\'s', samples.bare.map(({ clientMicroseconds }) => clientMicroseconds), { digits: 1, unit: 'µs', foreign }),
    ],
  };
}

// The two differ by less than one run differs from the next: many short turns.
async function routes() {
  const one = await routesServer(join(build, 'bench', 'routes_server'), 1);
  const hundred = await routesServer(join(build, 'bench', 'routes_server'), 100);
  const contender = ({ pid, origin }) => (
    { server: pid, run: () => wrk(`${origin}/v2.0/vehicles/9af13248-3b73-4c9d-9a4b-d937ce6bc8e2/last`, { seconds: 1 }) });
  const samples = await takingTurns({ one: contender(one), hundred: contender(hundred) }, 3 * rounds);
  await one.stop();
  await hundred.stop();
  const foreign = foreignOf(samples, 'one', 'hundred');
  return { samples, rows: [row('100 routes against one', ratios(samples, 'hundred', 'one'), { aim: 0.90, foreign })] };
}

// Milliseconds from the program's exec to its first answered request, and its memory then. The clock starts when spawn()
// returns, which is as soon as exec is done, and a plain socket asks: what this process needs to fork, and would need to
// fetch, is not the program's.
async function firstAnswer() {
  const platform = child(program, ['serve', '--port', '0', '--json'], ['ignore', 'pipe', 'inherit']);
  const start = performance.now();
  const [line] = await once(createInterface({ input: platform.stdout }), 'line');
  const { host, hostname, port } = new URL(JSON.parse(line).origin);
  const asking = connect(port, hostname);
  asking.write(`GET /_sim/health HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  const [answer] = await once(asking, 'data');
  const milliseconds = performance.now() - start;
  asking.destroy();
  if (!String(answer).startsWith('HTTP/1.1 200 ')) throw new Error(`/_sim/health answered ${answer}`);
  const memory = residentMemory(platform.pid);
  platform.kill('SIGTERM');
  await once(platform, 'exit');
  return { milliseconds, memory };
}

// Milliseconds until a program that has the same libraries says that it has nothing to do: what loading them costs.
async function bareStart() {
  const bare = child(join(build, 'bench', 'bare_client'), [], ['ignore', 'ignore', 'pipe']);
  const start = performance.now();
  const [usage] = await once(bare.stderr, 'data');
  const milliseconds = performance.now() - start;
  if (!String(usage).startsWith('bare_client PORT')) throw new Error(`bare_client said ${usage}`);
  return milliseconds;
}

async function starts() {
  await firstAnswer(); // fills the page cache and this process's own code paths
  const samples = [];
  const bare = [];
  const { foreign } = await withForeign(async () => {
    for (let i = 0; i < 4 * rounds; i += 1) {
      samples.push(await firstAnswer());
      bare.push(await bareStart());
    }
  });
  return {
    samples: { starts: samples, bare },
    rows: [
      row('exec to the first 200', samples.map(({ milliseconds }) => milliseconds), { aim: 20, atMost: true, digits: 1, unit: 'ms', foreign }),
      row('  a program that only loads the same libraries', bare, { digits: 1, unit: 'ms', foreign }),
      row('idle memory', samples.map(({ memory }) => memory), { aim: 16, atMost: true, digits: 1, unit: 'MiB', foreign }),
    ],
  };
}

// What `run` is to play, in files of their own: 38 minutes and a whole retry ladder, or ten steps each.
function story(steps) {
  const vehicles = { car: { fixture: 'tesla-model-3-2020', state: { 'charge-ischarging': false } } };
  return JSON.stringify({ formatVersion: 1, name: 'A story', vehicles, steps: [{ verify: {} }, { subscribe: 'car' }, ...steps] });
}
const ladder = story([
  { wait: '38m' },
  { send: 'CHARGING_COMPLETED', fault: { answer: 'lost', times: 3 }, expect: { attempts: 4, outcome: 'delivered' } },
]);
const tenSteps = story(Array.from({ length: 4 }, () => [{ send: 'CHARGING_STARTED' }, { wait: '10m' }]).flat());

function stories(name, count, content) {
  const place = join(folder, name);
  mkdirSync(place);
  for (let i = 0; i < count; i += 1) writeFileSync(join(place, `${i}.json`), content);
  return place;
}

// Milliseconds from spawn to exit, and the most memory it had, which is looked up while it runs.
async function played(place) {
  const start = performance.now();
  const running = child(program, ['run', place, '--built-in', '--json', '--quiet'], ['ignore', 'pipe', 'inherit']);
  let memory = 0;
  const look = setInterval(() => { memory = peakMemory(running.pid) ?? memory; }, 5);
  const [out, [code]] = await Promise.all([text(running.stdout), once(running, 'exit')]);
  clearInterval(look);
  const summary = JSON.parse(out.trimEnd().split('\n').at(-1));
  if (code !== 0 || summary.passed !== summary.scenarios) throw new Error(`${place}: ${JSON.stringify(summary)}`);
  return { milliseconds: performance.now() - start, memory };
}

async function scenarios() {
  const one = stories('ladder', 1, ladder);
  const hundred = stories('hundred', 100, tenSteps);
  const thousand = stories('thousand', 1000, tenSteps);
  const samples = { one: [], hundred: [], thousand: [] };
  for (let round = 0; round < rounds; round += 1) samples.one.push(await played(one));
  for (let round = 0; round < 3; round += 1) {
    samples.hundred.push(await played(hundred));
    samples.thousand.push(await played(thousand));
  }
  const { foreign } = await withForeign(() => new Promise((resolve) => { setTimeout(resolve, 500); }));
  return {
    samples,
    rows: [
      row('a scenario of 38 minutes and four attempts, start to exit', samples.one.map(({ milliseconds }) => milliseconds), { aim: 100, atMost: true, digits: 1, unit: 'ms', foreign }),
      row('1,000 scenarios of ten steps', samples.thousand.map(({ milliseconds }) => milliseconds / 1000), { aim: 60, atMost: true, digits: 1, unit: 's', foreign }),
      row('  most memory, against 100 of them', samples.thousand.map(({ memory }, i) => memory / samples.hundred[i].memory), { aim: 1.15, atMost: true, foreign }),
      row('  most memory', samples.thousand.map(({ memory }) => memory), { digits: 1, unit: 'MiB', foreign }),
    ],
  };
}

const measurements = [starts, scenarios, deliveries, reads, routes, fleets, crowds, explaining, auditing, mocks];
const chosen = process.argv.slice(3);
const unknown = chosen.filter((name) => !measurements.some((measure) => measure.name === name));
if (unknown.length) {
  console.error(`There is no measurement ${unknown.join(', ')}, but: ${measurements.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const results = {};
const rows = [];
for (const measure of measurements.filter(({ name }) => !chosen.length || chosen.includes(name))) {
  console.error(`measuring ${measure.name}`);
  results[measure.name] = await measure(program);
  rows.push(...results[measure.name].rows);
}
const foreign = Math.max(...rows.map((each) => each.foreign));
print(rows);
console.log(`foreign processor time: at most ${foreign.toFixed(2)} of a core${foreign > noisy ? ': repeat on a quiet machine' : ''}`);
const { stdout: version } = await execute(program, ['--version']);
const file = `${build}.bench.json`;
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), version, cpus: cpus().map(({ model }) => model), results }, null, 2)}\n`);
console.log(`all samples: ${file}`);
process.exitCode = rows.some(({ verdict }) => verdict === 'missed') ? 1 : 0;
