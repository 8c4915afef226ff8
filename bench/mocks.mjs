// General mock servers doing a read of the simulator's: GET …/battery answered with the same status, content type,
// headers and JSON, for whoever sends the token. Each is set up as its own documentation does it, with what it would
// write down for every request switched off. They are in mocks/, which ./dev bench fills from the lock file.
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foreignOf, inTurns, ratios, row, rounds, seconds, skipped, takingTurns, withForeign } from './figures.mjs';
import { residentMemory } from './machine.mjs';
import { ask, child, connected, end, folder, freePort, serve, wrk } from './peers.mjs';
import { withBattery } from './reads.mjs';

const modules = join(dirname(fileURLToPath(import.meta.url)), 'mocks', 'node_modules');
const command = (name) => join(modules, '.bin', name);
const template = '/v2.0/vehicles/{id}/battery';
const prefixed = (headers) => Object.entries(headers).filter(([name]) => name.startsWith('sc-'));

function written(place, name, value) {
  const file = join(place, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value, null, 2));
  return file;
}

// An environment with one route; the first response whose rules hold answers, the default one otherwise. Templates are
// off: nothing here needs them.
function mockoon({ token, answer }, place, port) {
  const id = (number) => `00000000-0000-4000-8000-00000000000${number}`;
  const response = (number, parts) => ({
    uuid: id(number), body: '', latency: 0, statusCode: 200, label: '', headers: [], bodyType: 'INLINE', filePath: '', databucketID: '',
    sendFileAsBody: false, rules: [], rulesOperator: 'OR', disableTemplating: true, fallbackTo404: false, default: false, crudKey: 'id',
    callbacks: [], ...parts,
  });
  const route = {
    uuid: id(2), type: 'http', documentation: '', method: 'get', endpoint: 'v2.0/vehicles/:id/battery', responseMode: null,
    streamingMode: null, streamingInterval: 0,
    responses: [
      response(3, {
        body: answer.body,
        headers: [['content-type', answer.headers['content-type']], ...prefixed(answer.headers)].map(([key, value]) => ({ key, value })),
        rules: [{ target: 'header', modifier: 'authorization', value: `Bearer ${token}`, invert: false, operator: 'equals' }],
      }),
      response(4, { statusCode: 401, default: true }),
    ],
  };
  const environment = written(place, 'environment.json', {
    uuid: id(1), lastMigration: 33, name: 'Battery', port, hostname: '127.0.0.1', endpointPrefix: '', latency: 0, folders: [],
    routes: [route], rootChildren: [{ type: 'route', uuid: id(2) }], proxyMode: false, proxyHost: '', proxyRemovePrefix: false,
    tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '', caPath: '', passphrase: '' }, cors: true,
    headers: [], proxyReqHeaders: [], proxyResHeaders: [], data: [], callbacks: [],
  });
  return [command('mockoon-cli'), 'start', '--data', environment, '--disable-log-to-file', '--disable-admin-api'];
}

// An OpenAPI document with examples. Any bearer token will do, and none will not.
function prism({ answer }, place, port) {
  const header = ([name, example]) => [name, { schema: { type: 'string' }, example }];
  const document = written(place, 'openapi.json', {
    openapi: '3.0.3',
    info: { title: 'Battery', version: '1.0.0' },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: {
      [template]: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          security: [{ token: [] }],
          responses: {
            200: {
              description: 'what is left in the battery',
              headers: Object.fromEntries(prefixed(answer.headers).map(header)),
              content: { 'application/json': { example: JSON.parse(answer.body) } },
            },
          },
        },
      },
    },
  });
  return [command('prism'), 'mock', document, '--port', port, '--host', '127.0.0.1', '--verboseLevel', 'silent'];
}

// A stub mapping.
function wiremock({ token, answer }, place, port) {
  written(place, 'mappings/battery.json', {
    request: { method: 'GET', urlPathTemplate: template, headers: { Authorization: { equalTo: `Bearer ${token}` } } },
    response: {
      status: 200,
      headers: { 'Content-Type': answer.headers['content-type'], ...Object.fromEntries(prefixed(answer.headers)) },
      jsonBody: JSON.parse(answer.body),
    },
  });
  const jar = join(modules, 'wiremock', 'build', `wiremock-standalone-${versionOf('wiremock')}.jar`);
  return ['java', '-jar', jar, '--root-dir', place, '--port', port, '--bind-address', '127.0.0.1', '--no-request-journal', '--disable-banner'];
}

// A database of one object and a route to it. It asks for no token and has no headers of ours.
function jsonServer({ answer }, place, port) {
  const database = written(place, 'db.json', { battery: JSON.parse(answer.body) });
  const routes = written(place, 'routes.json', { '/v2.0/vehicles/:id/battery': '/battery' });
  return [command('json-server'), database, '--routes', routes, '--port', port, '--host', '127.0.0.1', '--quiet'];
}

const tools = [
  { name: 'Mockoon', package: '@mockoon/cli', times: 20, argv: mockoon, headers: true },
  { name: 'Prism', package: '@stoplight/prism-cli', times: 3.5, argv: prism, headers: true },
  { name: 'WireMock', package: 'wiremock', times: 2.8, argv: wiremock, headers: true },
  { name: 'json-server', package: 'json-server', times: 10, argv: jsonServer, headers: false },
];

const versionOf = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;

// Whether the answer is the simulator's own; its sc-request-id is another each time, a mock's need not be.
function right(answer, expected, headers) {
  const same = (name) => answer.headers[name] === expected.headers[name];
  return answer.status === 200 && answer.headers['content-type'].startsWith('application/json') &&
    JSON.stringify(JSON.parse(answer.body)) === JSON.stringify(JSON.parse(expected.body)) &&
    (!headers || prefixed(expected.headers).every(([name]) => same(name)));
}

// A mock server as a contender: what starts it, and what it is asked to find out whether it answers.
function mock(tool, read) {
  const place = join(folder, tool.name);
  mkdirSync(place);
  return {
    ...tool,
    place,
    start: (port) => tool.argv(read, place, port),
    ready: async (origin) => {
      const headers = { authorization: `Bearer ${read.token}` };
      const answer = await ask(`${origin}${read.path}`, { headers });
      if (!right(answer, read.answer, tool.headers)) throw new Error(`it answers otherwise: ${answer.status} ${answer.body.slice(0, 80)}`);
      return headers;
    },
  };
}

// The simulator as a contender. It gives a token of its own each time, which its first right answer includes.
const simulator = (program, read) => ({
  name: 'ours',
  place: folder,
  start: (port) => [program, 'serve', '--port', port, '--json'],
  ready: async (origin) => {
    const headers = { authorization: `Bearer ${(await connected(origin)).accessToken}` };
    const { status, body } = await ask(`${origin}${read.path}`, { headers });
    if (status !== 200) throw new Error(`it answers otherwise: ${status} ${body.slice(0, 80)}`);
    return headers;
  },
});

const lastLine = (file) => readFileSync(file, 'utf8').trim().split('\n').at(-1);

// Asks until the answer is the right one, for at most thirty seconds.
async function answering(server, origin, ready) {
  const deadline = performance.now() + 30_000;
  for (;;) {
    try {
      return await ready(origin);
    } catch (error) {
      if (server.exitCode !== null || server.signalCode !== null) throw new Error('it ended');
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 1); });
    }
  }
}

// A contender started, and the milliseconds until it gave the right answer: from before the fork, which costs all alike,
// since the kernel may let a quick program run some way before spawn() returns.
async function started({ place, start, ready }) {
  const port = await freePort();
  const [name, ...args] = start(port);
  const log = join(place, 'stderr');
  const stderr = openSync(log, 'w');
  const at = performance.now();
  const server = child(name, args.map(String), ['ignore', 'ignore', stderr], place);
  closeSync(stderr);
  const origin = `http://127.0.0.1:${port}`;
  try {
    if (server.pid === undefined) await once(server, 'spawn');
    const headers = await answering(server, origin, ready);
    return { server: server.pid, milliseconds: performance.now() - at, origin, headers, stop: () => end(server, 'SIGTERM') };
  } catch (error) {
    if (server.pid !== undefined) await end(server, 'SIGKILL');
    throw new Error([error.message, lastLine(log)].filter(Boolean).join(': '));
  }
}

async function startOf(contender) {
  const { milliseconds, stop } = await started(contender);
  await stop();
  return { milliseconds };
}

// Those that can be started here, and a line for each that cannot.
async function starting(contenders) {
  const able = [];
  const rows = [];
  for (const contender of contenders) {
    try {
      await startOf(contender);
      able.push(contender);
    } catch (error) {
      rows.push(skipped(`${contender.name}, the same read`, error.message));
    }
  }
  return { able, rows };
}

// Reads from all of them in turns, once each has answered for a while, and looks at what memory they have then.
async function loaded(contenders, path) {
  const running = {};
  for (const contender of contenders) running[contender.name] = await started(contender);
  const run = ({ origin, headers }, time) => wrk(`${origin}${path}`, { seconds: time, headers });
  for (const each of Object.values(running)) await run(each, 2);
  const samples = await takingTurns(Object.fromEntries(Object.entries(running).map(([name, each]) => (
    [name, { server: each.server, run: () => run(each, seconds) }]))));
  const memory = Object.fromEntries(Object.entries(running).map(([name, { server }]) => [name, [{ memory: residentMemory(server) }]]));
  for (const { stop } of Object.values(running)) await stop();
  return { samples, memory };
}

function compared({ name, package: from, times }, { rates, memory, starts, foreign }) {
  const values = (samples, key) => samples[name].map((sample) => sample[key]);
  const load = { foreign: foreignOf(rates, 'ours', name) };
  return [
    row(`${name} ${versionOf(from)}, the same read a second`, values(rates, 'rate'), { digits: 0, unit: '/s', ...load }),
    row('  ours, times that', ratios(rates, 'ours', name), { aim: times, digits: 1, ...load }),
    row('  p99', values(rates, 'p99'), { unit: 'ms', ...load }),
    row('  our p99, share of that', ratios(rates, 'ours', name, 'p99'), { aim: 0.5, atMost: true, ...load }),
    row('  start to the first right answer', values(starts, 'milliseconds'), { digits: 0, unit: 'ms', foreign }),
    row('  ours, times faster', ratios(starts, name, 'ours', 'milliseconds'), { aim: 10, digits: 1, foreign }),
    row('  memory after the reads', values(memory, 'memory'), { digits: 1, unit: 'MiB', ...load }),
    row('  ours, share of that', ratios(memory, 'ours', name, 'memory'), { aim: 0.2, atMost: true, ...load }),
  ];
}

function own({ rates, memory, starts, foreign }) {
  const load = { foreign: foreignOf(rates, 'ours') };
  return [
    row('GET …/battery beside mock servers, 16 connections', rates.ours.map(({ rate }) => rate), { digits: 0, unit: '/s', ...load }),
    row('  p99', rates.ours.map(({ p99 }) => p99), { unit: 'ms', ...load }),
    row('  start, Connect and the first right answer', starts.ours.map(({ milliseconds }) => milliseconds), { digits: 1, unit: 'ms', foreign }),
    row('  memory after the reads', memory.ours.map(({ memory: each }) => each), { digits: 1, unit: 'MiB', ...load }),
  ];
}

// What a vehicle's battery answers, and for which path and token.
async function readOf(program) {
  const platform = await serve(program);
  const { origin } = platform.ready;
  const user = await connected(origin);
  const path = template.replace('{id}', await withBattery(origin, user));
  const answer = await ask(`${origin}${path}`, { headers: { authorization: `Bearer ${user.accessToken}` } });
  await platform.stop();
  return { path, token: user.accessToken, answer };
}

export async function mocks(program) {
  const read = await readOf(program);
  const { able, rows } = await starting(tools.map((tool) => mock(tool, read)));
  const contenders = [simulator(program, read), ...able];
  const byName = Object.fromEntries(contenders.map((contender) => [contender.name, contender]));
  await startOf(byName.ours); // as the others have been, once
  const { result: starts, foreign } = await withForeign(() => inTurns(Object.keys(byName), (name) => startOf(byName[name]), rounds));
  const { samples: rates, memory } = await loaded(contenders, read.path);
  const figures = { rates, memory, starts, foreign };
  return { samples: figures, rows: [...own(figures), ...able.flatMap((tool) => compared(tool, figures)), ...rows] };
}
