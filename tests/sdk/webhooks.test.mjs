// A receiver on the official package verifies and accepts every message of 2.0 and 4.0 as the simulator makes it; one
// with another key is told what is wrong.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { receiver } from './receiver.mjs';
import { run, serve, sim } from './simulator.mjs';

const token = 'e9c1b6f4-6f3d-4b1e-9c53-0a7d2f8b4c11';
const withToken = { APPLICATION_MANAGEMENT_TOKEN: token };
const limit = { timeout: 30_000 };

// The messages that came since `count`, `wanted` of them, and that they survive what a receiver does to them.
function allArrived(peer, count, wanted) {
  assert.equal(peer.raw.length, count + wanted, peer.raw.slice(count).join());
  return peer.raw.slice(count).map((raw) => {
    assert.equal(JSON.stringify(JSON.parse(raw)), raw);
    return JSON.parse(raw);
  });
}
const arrived = (peer, count) => allArrived(peer, count, 1)[0];

describe('a receiver on the official package', () => {
  let peer;
  before(async () => { peer = await receiver(token); });
  after(() => peer.close());

  for (const version of ['2.0', '4.0']) {
    test(`is verified with a ${version} challenge`, limit, async () => {
      const count = peer.raw.length;
      const { exitCode, objects, stderr } = await run(
        ['verify', '--callback', peer.callback, '--webhook-version', version], withToken);
      assert.equal(exitCode, 0, stderr);
      const [verdict] = objects;
      assert.equal(verdict.type, 'verification');
      assert.equal(verdict.verified, true);
      assert.equal(verdict.reason, null);
      assert.equal(verdict.received, verdict.expected);
      arrived(peer, count);
    });
  }

  const charging = ['CHARGING_STARTED', 'CHARGING_STOPPED', 'CHARGING_COMPLETED'].map((event) => (
    { args: [event], kind: (body) => body.eventName === 'eventBased' && body.payload.eventType === event }));
  const messages = [
    ...charging,
    { args: ['schedule'], kind: (body) => body.eventName === 'schedule' && body.payload.vehicles[0].data.length === 2 },
    { args: ['dynamic'], kind: (body) => body.eventName === 'dynamic' && body.payload.vehicles[0].data.length === 2 },
    { args: ['--test'], kind: (body) => body.eventName === 'eventBased' && body.mode === 'test' },
  ];
  for (const { args, kind } of messages) {
    test(`accepts 2.0 as send ${args} makes it`, limit, async () => {
      const count = peer.raw.length;
      const { exitCode, objects, stderr } = await run(
        ['send', ...args, '--callback', peer.callback, '--webhook-version', '2.0'], withToken);
      assert.equal(exitCode, 0, stderr);
      const [delivery] = objects;
      assert.equal(delivery.type, 'delivery');
      assert.equal(delivery.outcome, 'delivered');
      assert.equal(delivery.status, 200);
      const body = arrived(peer, count);
      assert.deepEqual(peer.accepted.at(-1), body);
      assert.ok(kind(body), JSON.stringify(body));
    });
  }
});

// What serve sends is about a car and a webhook that hold what writers of JSON get wrong: letters beyond ASCII, small
// numbers, long fractions.
describe('a receiver on the official package, beside serve', () => {
  const vehicleId = 'tesla-model-3-2020';
  let platform;
  let peer;
  before(async () => {
    platform = await serve([], withToken);
    peer = await receiver(token);
    const { origin } = platform.ready;
    await sim(origin, 'POST', '/connect', { vehicles: [vehicleId] });
    await sim(origin, 'PATCH', `/vehicles/${vehicleId}`, {
      state: {
        'location-preciselocation': { latitude: 48.85, longitude: -0.00009 },
        'tractionbattery-range': 283.244,
        'vehicleidentification-nickname': 'Citroën 車 🚗 \u2028',
      },
    });
  });
  after(async () => {
    peer.close();
    await platform.stop();
  });

  // Asks for something that sends that many events; resolves to the bodies that were accepted.
  async function allSent(webhookId, ask, wanted) {
    const count = peer.raw.length;
    await ask();
    const { deliveries } = await sim(platform.ready.origin, 'GET', `/deliveries?webhookId=${webhookId}&wait=5s`);
    assert.ok(deliveries.every(({ outcome }) => outcome === 'delivered'), JSON.stringify(deliveries));
    const bodies = allArrived(peer, count, wanted);
    assert.deepEqual(peer.accepted.slice(-wanted), bodies);
    return bodies;
  }
  const sent = async (webhookId, ask) => (await allSent(webhookId, ask, 1))[0];

  async function verified(settings) {
    const { origin } = platform.ready;
    const webhook = await sim(origin, 'POST', '/webhooks', { name: 'Škoda – "Zürich"', callbackUri: peer.callback, ...settings });
    const count = peer.raw.length;
    const verdict = await sim(origin, 'POST', `/webhooks/${webhook.id}/verify`);
    assert.equal(verdict.verified, true, JSON.stringify(verdict));
    arrived(peer, count);
    return webhook.id;
  }

  const subscribe = (id) => sim(platform.ready.origin, 'PUT', `/webhooks/${id}/subscriptions/${vehicleId}`);
  const fire = (id, event, more = {}) => sim(platform.ready.origin, 'POST', '/events', { vehicleId, event, to: id, ...more });

  for (const type of ['schedule', 'dynamic']) {
    test(`accepts ${type} payloads`, limit, async () => {
      const id = await verified({ type });
      await subscribe(id);
      const body = await sent(id, () => fire(id, type));
      assert.equal(body.eventName, type);
      assert.equal(body.payload.vehicles[0].data[0].body.range, 283.244);
    });
  }

  for (const dialect of ['wire', 'doc']) {
    test(`accepts every message of 4.0, ${dialect}`, limit, async () => {
      const id = await verified({
        type: 'signals',
        dialect,
        triggers: ['tractionbattery-stateofcharge'],
        data: ['location-preciselocation', 'tractionbattery-range', 'vehicleidentification-nickname', 'closure-sunroof', 'charge-chargelimits'],
      });
      const triggers = (body) => (dialect === 'doc' ? body.data.triggers : body.triggers);

      // What the car cannot say is told beside the first delivery, in either order.
      const both = await allSent(id, () => subscribe(id), 2);
      const [first, failure] = both.sort((one, other) => (one.eventType < other.eventType ? 1 : -1));
      assert.equal(first.eventType, 'VEHICLE_STATE');
      assert.equal(failure.eventType, 'VEHICLE_ERROR');
      assert.equal(failure.data.errors[0].code, 'VEHICLE_NOT_CAPABLE');
      assert.deepEqual(failure.data.errors[0].signals.map(({ code }) => code), ['closure-sunroof']);
      assert.deepEqual(triggers(first), [dialect === 'doc' ? { code: 'FIRST_DELIVERY' } : { type: 'FIRST_DELIVERY' }]);
      assert.equal(first.meta.signalCount, 6);

      const state = await sent(id, () => fire(id, 'VEHICLE_STATE'));
      assert.equal(state.eventType, 'VEHICLE_STATE');
      assert.equal((triggers(state)[0].signal ?? triggers(state)[0]).code, 'tractionbattery-stateofcharge');

      const error = { type: 'VEHICLE_STATE', code: 'UNREACHABLE' };
      for (const { more, says } of [
        { more: {}, says: ['AUTHENTICATION_FAILED', 'ERROR'] },
        { more: { errors: [error] }, says: ['UNREACHABLE', 'ERROR'] },
        { more: { errors: [{ ...error, state: 'RESOLVED' }] }, says: ['UNREACHABLE', 'RESOLVED'] },
      ]) {
        const { eventType, data } = await sent(id, () => fire(id, 'VEHICLE_ERROR', more));
        assert.equal(eventType, 'VEHICLE_ERROR');
        assert.deepEqual(data.errors.map(({ code, state: standing }) => [code, standing]), [says]);
      }

      const payload = await sent(id, () => sim(platform.ready.origin, 'POST', `/webhooks/${id}/test`));
      assert.equal(payload.meta.mode, 'TEST');
      assert.equal(payload.data.vehicle.make, 'Tesla');
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
