// Connection management, with the application management token, as the official package asks.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { assertWalked, elsewhere, refusal, refusals, sdks, uuid } from './sdks.mjs';
import { World, bodyOf, tesla, userId } from './world.mjs';

const limit = { timeout: 30_000 };

describe('management of connections', () => {
  const world = new World(sdks[0].load());
  before(() => world.start());
  after(() => world.stop());
  beforeEach(() => world.sim('POST', '/reset'));

  const ids = ({ connections }) => connections.map(({ vehicleId }) => vehicleId);
  // Connected one after the other, a second apart: their ids, newest first.
  async function connected(fixtures) {
    const made = [];
    for (const fixture of fixtures) {
      made.unshift((await world.connect([fixture])).vehicleIds[0]);
      await world.advance('1s');
    }
    return made;
  }

  test('getConnections: who is connected since when, newest first', limit, async () => {
    const { sdk, applicationManagementToken: amt } = world;
    assert.deepEqual(bodyOf(await sdk.getConnections(amt)), { connections: [], paging: { cursor: null } });
    const earliest = await world.now();
    const made = await connected([tesla, 'kia-ev6-2022', 'simulated-bev-2023']);
    const answer = await sdk.getConnections(amt);
    assert.deepEqual(ids(answer), made);
    assert.equal(answer.paging.cursor, null);
    assert.match(answer.meta.requestId, uuid);
    for (const connection of answer.connections) {
      assert.equal(connection.userId, userId);
      assert.equal(new Date(connection.connectedAt).toISOString(), connection.connectedAt);
      assert.ok(new Date(connection.connectedAt) >= earliest);
    }
    assert.deepEqual(answer.connections.map(({ mode }) => mode), ['simulated', 'live', 'live']);
  });

  test('getConnections filters and pages', limit, async () => {
    const { sdk, applicationManagementToken: amt } = world;
    const fleet = (await world.fleet()).map(({ fixture }) => fixture);
    const made = await connected(fleet.slice(0, 12));
    assert.deepEqual(ids(await sdk.getConnections(amt, { vehicleId: made[3] })), [made[3]]);
    assert.deepEqual(ids(await sdk.getConnections(amt, { userId }, { limit: 100 })), made);
    assert.deepEqual(ids(await sdk.getConnections(amt, { userId: made[0] })), []);

    const first = await sdk.getConnections(amt);
    assert.deepEqual(ids(first), made.slice(0, 10));
    assert.equal(typeof first.paging.cursor, 'string');
    const seen = [];
    for (let cursor; cursor !== null;) {
      const page = await sdk.getConnections(amt, {}, { limit: 5, cursor });
      seen.push(...ids(page));
      cursor = page.paging.cursor;
    }
    assert.deepEqual(seen, made);
    await assert.rejects(sdk.getConnections(amt, {}, { limit: 101 }), { statusCode: 400, type: 'VALIDATION' });
    await assert.rejects(sdk.getConnections(amt, {}, { cursor: 'made-up' }), { statusCode: 400, type: 'VALIDATION' });
  });

  test('deleteConnections by vehicle, then by user', limit, async () => {
    const { sdk, applicationManagementToken: amt } = world;
    const { accessToken, vehicleIds: [id, other] } = await world.connect([tesla, 'kia-ev6-2022']);
    const gone = await sdk.deleteConnections(amt, { vehicleId: id });
    assert.deepEqual(bodyOf(gone), { connections: [{ userId, vehicleId: id }] });
    await refusal(sdk, new sdk.Vehicle(id, accessToken).odometer(), refusals.notGranted);
    assert.equal((await world.car(tesla)).connected, false);
    assert.ok((await new sdk.Vehicle(other, accessToken).odometer()).distance > 0);

    const rest = await sdk.deleteConnections(amt, { userId });
    assert.deepEqual(bodyOf(rest), { connections: [{ userId, vehicleId: other }] });
    assert.deepEqual(ids(await sdk.getConnections(amt)), []);
    assert.deepEqual(bodyOf(await sdk.deleteConnections(amt, { userId })), { connections: [] });
    await assert.rejects(sdk.deleteConnections(amt, { userId, vehicleId: id }), /EITHER/);
  });

  test('another token is 401, whatever it opens elsewhere', limit, async () => {
    const { sdk } = world;
    const { accessToken, vehicleIds: [vehicleId] } = await world.connect([tesla]);
    for (const token of ['nobody-issued-this', accessToken, world.clientSecret]) {
      await refusal(sdk, sdk.getConnections(token), refusals.unauthorized);
      await refusal(sdk, sdk.deleteConnections(token, { vehicleId }), refusals.unauthorized);
    }
    assert.equal((await world.car(tesla)).connected, true);
  });

  test('nothing of it in the package was left out', () => assertWalked(world, elsewhere['management.test.mjs']));
});
