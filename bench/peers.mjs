// The programs that take part in a measurement: ours, nginx, wrk.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
export function child(command, args, stdio) {
  const started = spawn(command, args, { stdio });
  running.add(started);
  started.on('exit', () => running.delete(started));
  return started;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

// A started program: its first line of output (if it prints one), its process id, and how to stop it.
async function started(command, args, stdin = 'ignore') {
  const program = child(command, args, [stdin, 'pipe', 'inherit']);
  const [line] = await once(createInterface({ input: program.stdout }), 'line');
  return {
    line,
    pid: program.pid,
    stop: async () => { program.kill('SIGTERM'); await once(program, 'exit'); },
  };
}

export async function serve(program) {
  const process = await started(program, ['serve', '--port', '0', '--json']);
  return { ...process, ready: JSON.parse(process.line) };
}

export async function routesServer(program, count) {
  const process = await started(program, [String(count)], 'pipe');
  return { ...process, origin: process.line };
}

// Answers /post with an empty 200 and /get with `bytes`, as fast as nginx can: two workers, no log, no file.
export async function nginx(bytes) {
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
        location = /get { return 200 '${bytes.replace(/[\\']/g, '\\$&')}'; }
      }
    }`);
  const server = child('nginx', ['-e', '/dev/null', '-c', config], ['ignore', 'ignore', 'inherit']);
  await answering(`http://127.0.0.1:${port}/get`);
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    pid: server.pid,
    stop: async () => { server.kill('SIGQUIT'); await once(server, 'exit'); },
  };
}

// Asks until there is any answer, for at most five seconds.
async function answering(url) {
  const deadline = performance.now() + 5_000;
  while (performance.now() < deadline) {
    try {
      return await (await fetch(url)).text();
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
  }
  throw new Error(`${url} did not answer within 5 s`);
}

// Sixteen connections for `seconds`. Throws when any answer was not a 2xx.
export async function wrk(url, { seconds, headers = {}, body }) {
  const script = join(folder, 'request.lua');
  const lua = (text) => `[==[${text}]==]`;
  writeFileSync(script, [
    body === undefined ? '' : `wrk.method = "POST"\nwrk.body = ${lua(body)}\nwrk.headers["content-type"] = "application/json"`,
    ...Object.entries(headers).map(([name, value]) => `wrk.headers[ ${lua(name)} ] = ${lua(value)}`),
  ].join('\n'));
  const { stdout } = await execute('wrk', ['-t2', '-c16', `-d${seconds}s`, '--latency', '-s', script, url]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk ${url}:\n${stdout}`);
  const [, answered, took, unit] = /(\d+) requests in ([\d.]+)(s|m)/.exec(stdout);
  return { answered: Number(answered), seconds: Number(took) * (unit === 'm' ? 60 : 1) };
}
