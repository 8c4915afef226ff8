// What getAuthUrl of both official packages can ask of Connect, when it approves at once.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sdks } from './sdks.mjs';
import { World, tesla, userId } from './world.mjs';

const limit = { timeout: 30_000 };

for (const { name, load } of sdks) {
  describe(`Connect, ${name}`, () => {
    const world = new World(load());
    before(() => world.start());
    after(() => world.stop());
    beforeEach(() => world.sim('POST', '/reset'));

    async function visit(options) {
      const response = await fetch(world.client().getAuthUrl(['read_vehicle_info', 'read_vin'], options), { redirect: 'manual' });
      assert.equal(response.status, 302, await response.text());
      return Object.fromEntries(new URL(response.headers.get('location')).searchParams);
    }
    async function vehicles(options) {
      const { accessToken } = await world.client().exchangeCode((await visit(options)).code);
      return (await world.sdk.getVehicles(accessToken, { limit: 50 })).vehicles;
    }
    const live = async () => (await world.fleet()).filter(({ mode }) => mode === 'live');

    test('single select is one car, by VIN that car', limit, async () => {
      assert.equal((await vehicles({ singleSelect: { enabled: true } })).length, 1);
      assert.equal((await vehicles({ singleSelect: { enabled: false } })).length, (await live()).length);
      for (const { id, vin } of (await live()).slice(-3)) {
        assert.deepEqual(await vehicles({ singleSelect: { vin } }), [id]);
      }
    });

    test('a make is the cars of that make', limit, async () => {
      const { make } = await world.car(tesla);
      const of = (await live()).filter((car) => car.make === make).map(({ id }) => id);
      assert.deepEqual(await vehicles({ makeBypass: make }), of);
    });

    test('who names the application as of 2026 is told the user', limit, async () => {
      const url = world.client().getAuthUrl(['read_vin'], { state: 'x', user: 'of-our-analytics', forcePrompt: true });
      const back = async (to) => {
        const response = await fetch(to, { redirect: 'manual' });
        return Object.fromEntries(new URL(response.headers.get('location')).searchParams);
      };
      const newer = await back(url.replace('client_id=', 'application_id='));
      assert.deepEqual([newer.user_id, newer.state], [userId, 'x']);
      assert.ok(newer.code);
      assert.equal((await back(url)).state, 'x');
    });

    test('nobody has such a car: no_vehicles with the state', limit, async () => {
      const { error, error_description: description, state, code } = await visit(
        { state: 'x', singleSelect: { vin: '5YJSA1E14FF101307' } });
      assert.deepEqual([error, state, code], ['no_vehicles', 'x', undefined]);
      assert.ok(description.length > 0);
    });
  });
}
