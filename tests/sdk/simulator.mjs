// The built program, run as a person or a CI job would run it. SMARTCAR_SIM is its path.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const { SMARTCAR_SIM: binary, PATH } = process.env;

// The environment is only what is given: no setting of the developer's own shell reaches a test.
function start(args, env) {
  return spawn(binary, [...args, '--json'], { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

// Runs a command to its end. `objects` are the lines of stdout, parsed.
export async function run(args, env = {}) {
  const child = start(args, env);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout), text(child.stderr), once(child, 'exit'),
  ]);
  const objects = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return { exitCode, objects, stderr };
}

// Starts the platform on a free port; resolves to its ready object when it answers.
export async function serve(args = [], env = {}) {
  const child = start(['serve', '--port', '0', ...args], env);
  const lines = createInterface({ input: child.stdout });
  const log = text(child.stderr);
  const ready = await Promise.race([
    once(lines, 'line').then(([line]) => JSON.parse(line)),
    once(child, 'exit').then(async ([code]) => { throw new Error(`serve exited with ${code}: ${await log}`); }),
  ]);
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    return code;
  };
  return { ready, stop };
}

// A request to the simulator's own API; resolves to the parsed body.
export async function sim(origin, method, path, body) {
  const response = await fetch(`${origin}/_sim${path}`, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${method} /_sim${path} answered ${response.status}: ${answer}`);
  return answer ? JSON.parse(answer) : null;
}
