// What can be connected at all, as both official packages ask: by VIN, and the matrix of a region.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { reads } from './readings.mjs';
import { assertWalked, elsewhere, refusal, refusals, sdks, uuid } from './sdks.mjs';
import { World, bodyOf, tesla } from './world.mjs';

const limit = { timeout: 30_000 };
const incompatible = { compatible: false, reason: 'VEHICLE_NOT_COMPATIBLE', capabilities: [] };

// What stands behind an endpoint: a signal that is reported, a command that is obeyed.
function canAnswer(car, permission, endpoint) {
  if (permission === 'control_charge') {
    const commands = { '/charge/limit': ['setChargeLimit'], '/charge': ['startCharge', 'stopCharge'] }[endpoint];
    return commands.some((each) => car.commands.includes(each));
  }
  const read = Object.values(reads).find(({ path }) => path === endpoint);
  return read.says(car.state, 'metric', car) !== undefined;
}

for (const { name, load } of sdks) {
  describe(`compatibility, ${name}`, () => {
    const world = new World(load());
    before(() => world.start());
    after(() => world.stop());

    const credentials = () => ({ clientId: world.clientId, clientSecret: world.clientSecret });
    const byVin = (vin, scope, { country = 'US', ...options } = {}) => (
      world.sdk.getCompatibility(vin, scope, country, { ...credentials(), ...options }));

    test('a VIN is as capable as the car that has it', limit, async () => {
      const permissions = [...new Set(Object.values(reads).map(({ permission }) => permission)), 'control_charge'];
      for (const car of await world.fleet()) {
        const country = { US: 'US', CA: 'CA', EUROPE: 'DE' }[car.region];
        const { compatible, reason, capabilities, meta } = await byVin(car.vin, permissions, { country });
        assert.deepEqual([compatible, reason], [true, null], car.fixture);
        assert.match(meta.requestId, uuid);
        assert.deepEqual([...new Set(capabilities.map(({ permission }) => permission))].sort(), [...permissions].sort());
        for (const { permission, endpoint, capable, reason: why } of capabilities) {
          const able = car.permissions.includes(permission) && canAnswer(car, permission, endpoint);
          const lacking = car.unsupported.includes(permission) ? 'SMARTCAR_NOT_CAPABLE' : 'VEHICLE_NOT_CAPABLE';
          assert.deepEqual([capable, why], [able, able ? null : lacking], `${permission} of ${car.fixture}`);
          assert.match(endpoint, /^\//);
        }
        const [only] = (await byVin(car.vin, ['read_odometer'], { country })).capabilities;
        assert.equal(only.endpoint, '/odometer');
      }
    });

    test('the VINs of the official tests', limit, async () => {
      const scope = ['read_odometer', 'read_location'];
      const model = await byVin('5YJXCDE22HF068739', scope);
      assert.deepEqual([model.compatible, model.capabilities.map(({ capable }) => capable)], [true, [true, true]]);
      const audi = await byVin('WAUAFAFL1GN014882', scope);
      assert.deepEqual([audi.compatible, audi.capabilities.map(({ capable }) => capable)], [true, [false, false]]);
      assert.deepEqual(bodyOf(await byVin('WBAKE5C58DJ107700', scope)), incompatible);
    });

    test('in mode test the level decides', limit, async () => {
      const { compatible } = await byVin('5YJXCDE22HF068739', ['read_odometer'], { testModeCompatibilityLevel: 'bev' });
      assert.equal(compatible, true);
      assert.deepEqual(
        bodyOf(await byVin('5YJXCDE22HF068739', ['read_odometer'], { testModeCompatibilityLevel: 'incompatible' })),
        incompatible);
      for (const options of [{ mode: 'test' }, { testModeCompatibilityLevel: 'horse' }]) {
        await assert.rejects(byVin('5YJXCDE22HF068739', ['read_odometer'], options), (error) => {
          assert.deepEqual([error.statusCode, error.type], [400, 'VALIDATION']);
          assert.equal(error.detail[0].field, 'test_mode_compatibility_level');  // a text here, alone of all
          assert.match(error.detail[0].message, /^Field must be one of: /);
          return true;
        });
      }
    });

    test('flags and modes are let through, other credentials are not', limit, async () => {
      const { vin } = await world.car(tesla);
      const options = { flags: { country: 'US' }, mode: 'live' };
      assert.equal((await byVin(vin, ['read_vin'], options)).compatible, true);
      await refusal(world.sdk, byVin(vin, ['read_vin'], { clientSecret: 'another' }), refusals.unauthorized);
      await refusal(world.sdk, byVin(vin, ['read_vin'], { clientId: 'another' }), refusals.unauthorized);
      await assert.rejects(byVin('too-short', ['read_vin']), { statusCode: 400, type: 'VALIDATION' });
      await assert.rejects(byVin(vin, ['read_mind']), { statusCode: 400, type: 'VALIDATION' });
      await assert.rejects(world.sdk.getCompatibility(vin, ['read_vin'], 'US'), /SMARTCAR_CLIENT_ID not set/);
    });

    if (world.has('getCompatibilityMatrix')) {
      const matrix = (region, options = {}) => (
        world.sdk.getCompatibilityMatrix(region, { ...credentials(), ...options }));

      test('the matrix of a region, and what its filters leave', limit, async () => {
        for (const region of ['US', 'CA', 'EUROPE']) {
          const makes = bodyOf(await matrix(region));
          for (const car of (await world.fleet()).filter((each) => each.region === region && each.mode === 'live')) {
            const entry = makes[car.make]?.find(({ model }) => car.model.includes(model) || model.includes(car.model));
            assert.ok(entry, `${car.make} ${car.model} in ${region}`);
            assert.ok(entry.startYear <= car.year && car.year <= entry.endYear);
            assert.equal(entry.type, car.powertrain);
            assert.ok(Array.isArray(entry.endpoints) && entry.endpoints.length > 0);
          }
        }
        const filtered = bodyOf(await matrix('US', { make: ['NISSAN', 'TESLA'], type: 'BEV', scope: ['read_battery'] }));
        assert.deepEqual(Object.keys(filtered).sort(), ['NISSAN', 'TESLA']);
        for (const entry of Object.values(filtered).flat()) {
          assert.equal(entry.type, 'BEV');
          assert.ok(entry.permissions.includes('read_battery'));
        }
        assert.deepEqual(bodyOf(await matrix('US', { make: ['PEUGEOT'] })).PEUGEOT ?? [], []);
      });

      test('the matrix refuses a region, a type and credentials that are none', limit, async () => {
        await assert.rejects(matrix('MARS'), { statusCode: 400, type: 'VALIDATION' });
        await assert.rejects(matrix('US', { type: 'STEAM' }), { statusCode: 400, type: 'VALIDATION' });
        await refusal(world.sdk, matrix('US', { clientSecret: 'another' }), refusals.unauthorized);
      });
    }

    test('nothing of it in the package was left out', () => assertWalked(world, elsewhere['compatibility.test.mjs']));
  });
}
