// A receiver on the official package verifies and accepts everything the simulator sends; one with another key is told
// what is wrong.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { receiver } from './receiver.mjs';
import { run, serve } from './simulator.mjs';

const token = 'e9c1b6f4-6f3d-4b1e-9c53-0a7d2f8b4c11';
const withToken = { APPLICATION_MANAGEMENT_TOKEN: token };
const limit = { timeout: 30_000 };

// Bodies of 2.0 that have no name of their own to send them by (contract/clients.md section 5). The name is not ASCII
// and the numbers are those that a writer gets wrong.
const readings = (eventName) => JSON.stringify({
  version: '2.0',
  webhookId: '5a8e5e38-1e12-4011-a36d-56f120053f9e',
  eventName,
  mode: 'live',
  payload: {
    vehicles: [{
      vehicleId: '9af13248-3b73-4c9d-9a4b-d937ce6bc8e2',
      requestId: '7c0a1e55-9d0c-4f7e-8a35-2f5f5a3d9b01',
      data: [
        { path: '/location', code: 200, body: { latitude: 48.85, longitude: -0.00009 }, headers: { 'sc-data-age': '2026-04-13T07:20:50.000Z' } },
        { path: '/', code: 200, body: { make: 'CITROËN', model: 'ë-C4', year: 2023 }, headers: {} },
      ],
    }],
  },
});

const messages = [
  { says: 'the test payload of 2.0', args: ['--test'], version: '2.0', kind: (body) => body.eventName === 'eventBased' },
  { says: 'a schedule payload', file: readings('schedule'), version: '2.0', kind: (body) => body.eventName === 'schedule' },
  { says: 'a dynamic payload', file: readings('dynamic'), version: '2.0', kind: (body) => body.eventName === 'dynamic' },
  ...['CHARGING_STARTED', 'CHARGING_STOPPED', 'CHARGING_COMPLETED'].map((event) => (
    { says: event, args: [event], version: '2.0', kind: (body) => body.payload.eventType === event })),
  ...['wire', 'doc'].flatMap((dialect) => [
    { says: `the test payload of 4.0, ${dialect}`, args: ['--test', '--dialect', dialect], version: '4.0', kind: (body) => body.meta.mode === 'TEST' },
    ...['VEHICLE_STATE', 'VEHICLE_ERROR'].map((event) => (
      { says: `${event}, ${dialect}`, args: [event, '--dialect', dialect], version: '4.0', kind: (body) => body.eventType === event })),
  ]),
];

describe('a receiver on the official package', () => {
  let peer;
  let folder;
  before(async () => {
    peer = await receiver(token);
    folder = await mkdtemp(join(tmpdir(), 'smartcar-sim-'));
  });
  after(async () => {
    peer.close();
    await rm(folder, { recursive: true });
  });

  for (const version of ['2.0', '4.0']) {
    test(`is verified with a ${version} challenge`, limit, async () => {
      const { exitCode, objects, stderr } = await run(
        ['verify', '--callback', peer.callback, '--webhook-version', version], withToken);
      assert.equal(exitCode, 0, stderr);
      const [verdict] = objects;
      assert.equal(verdict.type, 'verification');
      assert.equal(verdict.verified, true);
      assert.equal(verdict.reason, null);
      assert.equal(verdict.received, verdict.expected);
    });
  }

  for (const { says, args, file, version, kind } of messages) {
    test(`accepts ${says}`, limit, async () => {
      const path = join(folder, 'payload.json');
      if (file) await writeFile(path, file);
      const before = peer.accepted.length;
      const { exitCode, objects, stderr } = await run(
        ['send', ...(args ?? [path]), '--callback', peer.callback, '--webhook-version', version], withToken);
      assert.equal(exitCode, 0, stderr);
      const [delivery] = objects;
      assert.equal(delivery.type, 'delivery');
      assert.equal(delivery.outcome, 'delivered');
      assert.equal(delivery.status, 200);
      assert.equal(peer.accepted.length, before + 1);
      assert.ok(kind(peer.accepted.at(-1)), JSON.stringify(peer.accepted.at(-1)));
    });
  }
});

describe('a receiver keyed with something else', () => {
  let platform;
  let peer;
  before(async () => {
    platform = await serve();
    peer = await receiver(platform.ready.clientSecret);
  });
  after(async () => {
    peer.close();
    await platform.stop();
  });

  for (const version of ['2.0', '4.0']) {
    test(`is told that it used the client secret for a ${version} challenge`, limit, async () => {
      const { exitCode, objects } = await run(['verify', '--callback', peer.callback, '--webhook-version', version]);
      assert.equal(exitCode, 4);
      assert.equal(objects[0].verified, false);
      assert.equal(objects[0].reason, 'wrong-hash');
      assert.equal(objects[0].mistake, 'client-secret-as-key');
    });
  }

  test('refuses what it cannot verify, and send says so', limit, async () => {
    const { exitCode, objects } = await run(['send', 'CHARGING_STARTED', '--callback', peer.callback]);
    assert.equal(exitCode, 4);
    assert.equal(objects[0].outcome, 'failed');
    assert.equal(objects[0].status, 401);
    assert.deepEqual(peer.accepted, []);
  });
});
