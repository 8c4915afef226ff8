// The programs that take part in a measurement: ours, nginx, wrk; mocks.mjs has those of its own.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

export const execute = promisify(execFile);
export const folder = mkdtempSync(join(tmpdir(), 'smartcar-sim-bench-'));
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

// A child that does not outlive this process, whatever ends it.
export function child(command, args, stdio, cwd) {
  const started = spawn(command, args, { stdio, cwd });
  running.add(started);
  started.on('exit', () => running.delete(started));
  return started;
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

// Resolves when the program has ended after that signal, by itself or, ten seconds later, by force.
export async function end(program, signal) {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill(signal);
  const force = setTimeout(() => program.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(force);
}

// A started program: its first line of output (if it prints one), its process id, and how to stop it.
async function started(command, args, stdin = 'ignore') {
  const program = child(command, args, [stdin, 'pipe', 'inherit']);
  const [line] = await once(createInterface({ input: program.stdout }), 'line');
  return { line, pid: program.pid, stop: () => end(program, 'SIGTERM') };
}

export async function serve(program, args = []) {
  const process = await started(program, ['serve', '--port', '0', '--json', ...args]);
  return { ...process, ready: JSON.parse(process.line) };
}

// One request, on a connection of its own unless an agent has one. Resolves to {"status", "headers" (names in lower case), "body"}.
export async function ask(url, { method = 'GET', headers = {}, body = '', agent = false } = {}) {
  const asked = request(url, { method, agent, headers: body ? { 'content-type': 'application/json', ...headers } : headers });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

// A user approves all that the platform has. Resolves to {"accessToken", "vehicleIds", …}.
export async function connected(origin) {
  const { status, body } = await ask(`${origin}/_sim/connect`, { method: 'POST', body: '{}' });
  if (status !== 200) throw new Error(`POST /_sim/connect answered ${status} ${body}`);
  return JSON.parse(body);
}

export async function routesServer(program, count) {
  const process = await started(program, [String(count)], 'pipe');
  return { ...process, origin: process.line };
}

// The directives that answer with those bytes from memory. One parameter of nginx's may have 4 KiB at most.
function answering(bytes) {
  const parts = bytes.match(/[^]{1,1000}/gu) ?? [];
  if (bytes.includes('$')) throw new Error('nginx would read the $ of an answer as a variable');
  const set = parts.map((part, index) => `set $part${index} '${part.replace(/[\\']/g, '\\$&')}';`);
  return `${set.join(' ')} return 200 "${parts.map((_, index) => `\${part${index}}`).join('')}";`;
}

// What nginx adds by itself, and what belongs to one connection.
const own = new Set(['content-type', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'date', 'server']);
const location = ([path, { headers, body }]) => {
  const added = Object.entries(headers).filter(([name]) => !own.has(name)).map(([name, value]) => `add_header ${name} '${value}';`);
  return `location = ${path} { default_type '${headers['content-type']}'; ${added.join(' ')} ${answering(body)} }`;
};

// Answers /post with an empty 200 and each path of `answers` with its {"headers", "body"}, as fast as nginx can: two
// workers, no log, no file.
export async function nginx(answers = {}) {
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, `
    worker_processes 2; daemon off; pid ${folder}/nginx.pid; error_log /dev/null;
    events { worker_connections 1024; }
    http {
      access_log off; keepalive_requests 1000000000; default_type application/json;
      client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
      server {
        listen 127.0.0.1:${port} backlog=1024;
        location = /post { return 200; }
        ${Object.entries(answers).map(location).join('\n        ')}
      }
    }`);
  const server = child('nginx', ['-e', '/dev/null', '-c', config], ['ignore', 'ignore', 'inherit']);
  const origin = `http://127.0.0.1:${port}`;
  await untilAnswered(`${origin}/post`);
  for (const [path, { body }] of Object.entries(answers)) {
    if ((await ask(`${origin}${path}`)).body !== body) throw new Error(`nginx does not answer ${path} with the same bytes`);
  }
  return { port, origin, pid: server.pid, stop: () => end(server, 'SIGQUIT') };
}

// Asks until there is any answer, for at most five seconds.
async function untilAnswered(url) {
  const deadline = performance.now() + 5_000;
  while (performance.now() < deadline) {
    try {
      return await ask(url);
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
  }
  throw new Error(`${url} did not answer within 5 s`);
}

const lua = (text) => `[==[${text}]==]`;

// Has wrk ask for one of the paths in a file, a line each, at random. All requests are made before the first is sent,
// so that choosing costs the same however many there are.
const choosing = (file) => `
  local threads, requests, count = 0, {}, 0
  function setup(thread) threads = threads + 1; thread:set("number", threads) end
  function init()
    math.randomseed(number)
    for path in io.lines(${lua(file)}) do count = count + 1; requests[count] = wrk.format(nil, path) end
  end
  function request() return requests[math.random(count)] end`;

const milliseconds = { us: 0.001, ms: 1, s: 1_000, m: 60_000 };
function percentile(stdout, percent) {
  const [, number, unit] = new RegExp(`^ +${percent}% +([\\d.]+)(us|ms|s|m)$`, 'm').exec(stdout);
  return Number(number) * milliseconds[unit];
}

// So many connections for `seconds`; `paths` is a file of paths to choose from. Latencies are in milliseconds. Throws
// when any answer was not a 2xx.
export async function wrk(url, { seconds, connections = 16, headers = {}, body, paths }) {
  const script = join(folder, 'request.lua');
  writeFileSync(script, [
    body === undefined ? '' : `wrk.method = "POST"\nwrk.body = ${lua(body)}\nwrk.headers["content-type"] = "application/json"`,
    ...Object.entries(headers).map(([name, value]) => `wrk.headers[ ${lua(name)} ] = ${lua(value)}`),
    paths === undefined ? '' : choosing(paths),
  ].join('\n'));
  const { stdout } = await execute('wrk', ['-t2', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, url]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk ${url}:\n${stdout}`);
  const [, answered, took, unit] = /(\d+) requests in ([\d.]+)(s|m)/.exec(stdout);
  return {
    answered: Number(answered),
    seconds: Number(took) * (unit === 'm' ? 60 : 1),
    p50: percentile(stdout, 50),
    p99: percentile(stdout, 99),
  };
}
