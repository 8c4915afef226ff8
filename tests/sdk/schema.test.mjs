// scenario.schema.json, as an editor uses it, and `validate` say the same of a scenario's structure.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Ajv } from 'ajv';

const limit = { timeout: 30_000 };
const { SMARTCAR_SIM: binary } = process.env;
const schema = JSON.parse(await readFile('scenarios/scenario.schema.json', 'utf8'));
// Strict but for "required" in a branch whose properties stand outside of it, and for types that a branch inherits.
const accepts = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(schema);

// The exit code of `validate`, and what it said.
function validate(path) {
  return new Promise((resolve) => {
    execFile(binary, ['validate', path], (error, stdout, stderr) => resolve({ exit: error ? error.code : 0, said: stdout + stderr }));
  });
}

async function scenariosIn(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'));
  return names.map((name) => join(folder, name));
}

const files = (await Promise.all(['scenarios', 'scenarios/with-app'].map(scenariosIn))).flat();
files.push('tests/scenario/right/everything.json');

const car = { car: { fixture: 'tesla-model-3-2020' } };
const story = (rest) => ({ formatVersion: 1, name: 'A story', vehicles: car, steps: [{ verify: {} }], ...rest });
const steps = (...list) => story({ steps: list });
const send = (rest) => steps({ send: 'CHARGING_STARTED', ...rest });

const right = {
  'the least there can be': { formatVersion: 1, name: 'x', steps: [{ verify: {} }] },
  'one webhook': story({ webhook: { type: 'schedule', paths: ['/battery'] } }),
  'both versions': story({ webhook: { version: ['2.0', '4.0'] } }),
  'every unit of a duration': steps({ wait: '1h2m3s4ms' }),
  'a duration of nothing': steps({ wait: '0s' }),
  'a status as a number, a class and a list': steps(
    ...[404, '4xx', [200, '3xx']].map((status) => ({ test: {}, expect: { status } }))),
  'no events': send({ expect: { events: [] } }),
  'an event of one version': steps({ send: { event: { '4.0': 'VEHICLE_STATE' } }, only: '4.0' }),
  'a fault beside a set': steps({ set: { state: { 'charge-ischarging': true } }, fault: { delay: '1m' } }),
  'steps in steps in steps': steps({ repeat: { times: 2, steps: [{ together: { steps: [{ test: {} }] } }] } }),
  'any JSON in a body': send({ expect: { body: { '/a': null, '/b': [1, { c: 2 }], '/d': { matches: 'x' } } } }),
};

const wrong = {
  'no object': [],
  'no name': { formatVersion: 1, steps: [{ verify: {} }] },
  'an empty name': story({ name: '' }),
  'no format version': { name: 'x', steps: [{ verify: {} }] },
  'a format version to come': story({ formatVersion: 2 }),
  'no steps': { formatVersion: 1, name: 'x' },
  'empty steps': steps(),
  'an empty setup': story({ setup: [] }),
  'steps that are no array': story({ steps: { verify: {} } }),
  'a step that is no object': steps('verify'),
  'an unknown member of the file': story({ nme: 'x' }),
  'an unknown member of a step': send({ expects: {} }),
  'an unknown member of an expectation': send({ expect: { stauts: 200 } }),
  'an unknown member of a fault': send({ fault: { answers: 'lost' } }),
  'an unknown member of a webhook': story({ webhook: { url: '/x' } }),
  'an unknown member of a vehicle': story({ vehicles: { car: { fixture: 'tesla-model-3-2020', sate: {} } } }),
  'a vehicle without a fixture': story({ vehicles: { car: {} } }),
  'tags that are one text': story({ tags: 'smoke' }),
  'no action': steps({ says: 'Nothing happens' }),
  'two actions': steps({ verify: {}, wait: '1s' }),
  'an unknown action': steps({ sned: 'CHARGING_STARTED' }),
  'a fault beside verify': steps({ verify: {}, fault: { signature: 'missing' } }),
  'changes beside wait': steps({ wait: '1s', with: { '/a': 1 } }),
  'expect beside disable': steps({ disable: {}, expect: {} }),
  'a webhook beside wait': steps({ wait: '1s', to: 'webhook' }),
  'an action of the wrong kind': steps({ verify: true }),
  'an unknown event': steps({ send: 'CHARGING_STRATED' }),
  'an unknown event of one version': steps({ send: { event: { '2.0': 'CHARGING_STRATED' } } }),
  'an event and a body': steps({ send: { event: 'CHARGING_STARTED', raw: 'x' } }),
  'a vehicle beside a body': steps({ send: { raw: 'x', vehicle: 'car' } }),
  'no triggers': steps({ send: { event: 'VEHICLE_STATE', triggers: [] } }),
  'an unknown trigger': steps({ send: { event: 'VEHICLE_STATE', triggers: ['charge'] } }),
  'an error without a type': steps({ send: { event: 'VEHICLE_ERROR', errors: [{ code: 'ASLEEP' }] } }),
  'an unknown signal': steps({ set: { state: { 'charge-ischargin': true } } }),
  'an unknown permission': steps({ set: { permissions: { grant: ['read_batery'] } } }),
  'a duration without a unit': steps({ wait: '5' }),
  'a duration that is a number': steps({ wait: 5 }),
  'a duration with a blank': steps({ wait: '5 s' }),
  'a duration whose units are in no order': steps({ wait: '1s1m' }),
  'an empty duration': steps({ wait: '' }),
  'an unknown signature fault': send({ fault: { signature: 'wrong' } }),
  'a duplicate too many': send({ fault: { duplicate: 1001 } }),
  'a status that is none': send({ expect: { status: 99 } }),
  'a class of status that is none': send({ expect: { status: '6xx' } }),
  'a status that is a fraction': send({ expect: { status: 200.5 } }),
  'an empty list of statuses': send({ expect: { status: [] } }),
  'five attempts': send({ expect: { attempts: 5 } }),
  'an unknown outcome': send({ expect: { outcome: 'lost' } }),
  'an unknown version': story({ webhook: { version: '3.0' } }),
  'no versions': story({ webhook: { version: [] } }),
  'an unknown type of webhook': story({ webhook: { type: 'events' } }),
  'repeat without times': steps({ repeat: { steps: [{ verify: {} }] } }),
  'repeat without steps': steps({ repeat: { times: 2, steps: [] } }),
  'a mistake deep within': steps({ repeat: { times: 2, steps: [{ together: { steps: [{ tset: {} }] } }] } }),
  'an unknown order': steps({ together: { order: 'backwards', steps: [{ test: {} }] } }),
  'a probe of nothing': steps({ probe: { within: '1s' } }),
  'a probe of two things': steps({ probe: { url: '/x', command: 'true' } }),
  'the status of a command': steps({ probe: { command: 'true', status: 200 } }),
  'an unknown method': steps({ probe: { url: '/x', method: 'get' } }),
  'calls of no path': steps({ expectCalls: { exactly: 1 } }),
  'fewer calls than none': steps({ expectCalls: { path: '/x', atLeast: -1 } }),
  'an id that is no name': steps({ test: {}, id: '2nd' }),
  'an unknown token': steps({ rotateToken: 'old' }),
};

describe('the scenario schema', () => {
  let folder;
  before(async () => { folder = await mkdtemp(join(tmpdir(), 'smartcar-sim-schema-')); });
  after(() => rm(folder, { recursive: true }));

  async function validated(scenario) {
    const path = join(folder, 'scenario.json');
    await writeFile(path, JSON.stringify(scenario, null, 2));
    return validate(path);
  }

  test('takes every scenario that is shipped', limit, async () => {
    assert.ok(files.length > 20, `${files.length} scenarios`);
    for (const file of files) {
      const scenario = JSON.parse(await readFile(file, 'utf8'));
      assert.ok(accepts(scenario), `${file}: ${JSON.stringify(accepts.errors)}`);
      const { exit, said } = await validate(file);
      assert.equal(exit, 0, said);
    }
  });

  for (const [name, scenario] of Object.entries(right)) {
    test(`and validate take ${name}`, limit, async () => {
      assert.ok(accepts(scenario), JSON.stringify(accepts.errors));
      const { exit, said } = await validated(scenario);
      assert.equal(exit, 0, said);
    });
  }

  for (const [name, scenario] of Object.entries(wrong)) {
    test(`and validate refuse ${name}`, limit, async () => {
      assert.equal(accepts(scenario), false, 'the schema takes it');
      const { exit, said } = await validated(scenario);
      assert.equal(exit, 2, said);
      assert.match(said, /scenario\.json:[0-9]+:[0-9]+: /);
    });
  }
});
