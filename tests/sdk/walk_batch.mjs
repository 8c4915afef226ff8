// batch(): each item is what the single read says, and an item that fails throws what the single read throws.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertSays, reads, teslaReads } from './readings.mjs';
import { refusal, refusals, uuid } from './sdks.mjs';
import { bodyOf, tesla } from './world.mjs';

const limit = { timeout: 30_000 };
const camelCase = (path) => path.slice(1).replaceAll(/[/_](\w)/g, (_, letter) => letter.toUpperCase());

// The names that the package gives items; 9.x knows fewer exceptions.
function nameOf(path, world) {
  const always = { '/': 'attributes', '/tires/pressure': 'tirePressure' };
  const newer = {
    '/security': 'lockStatus',
    '/diagnostics/system_status': 'diagnosticSystemStatus',
    '/diagnostics/dtcs': 'diagnosticTroubleCodes',
  };
  return always[path] ?? (world.newer ? newer[path] : undefined) ?? camelCase(path);
}

// What an item throws has the status of the whole answer in 10.x, its own in 9.x.
const thrownBy = (world, reason) => (world.newer ? { ...reason, statusCode: 200 } : reason);

async function assertItem(world, car, item, read, units) {
  if (car.unsupported.includes(read.permission)) {
    return refusal(world.sdk, item, thrownBy(world, refusals.notSupported));
  }
  const says = car.permissions.includes(read.permission) ? read.says(car.state, units, car) : undefined;
  if (says === undefined) return refusal(world.sdk, item, thrownBy(world, refusals.notCapable));
  const answer = item();
  // An array is spread into the item: its entries are numbered.
  const shown = says.data ? { data: Object.values(bodyOf(answer)) } : bodyOf(answer);
  assertSays(shown, says, `${read.path} of ${car.fixture} in a batch, ${units}`);
  assert.match(answer.meta.requestId, uuid);
  assert.equal(answer.meta.dataAge instanceof Date, !read.still);
  assert.equal(answer.meta.unitSystem, read.units ? units : undefined);
}

export function walkBatch(world) {
  describe('batch', () => {
    test('every path of every car', limit, async () => {
      const fleet = await world.fleet();
      const token = await world.token(fleet.map(({ id }) => id));
      // Records of all times are asked for one by one: a batch has no query, so no dates.
      const asked = Object.values(reads).filter(({ path }) => path !== '/service/history');
      for (const car of fleet) {
        for (const unitSystem of ['metric', 'imperial']) {
          const vehicle = new world.sdk.Vehicle(car.id, token, { unitSystem });
          const items = await vehicle.batch(asked.map(({ path }) => path));
          assert.deepEqual(Object.keys(items), asked.map(({ path }) => nameOf(path, world)));
          for (const read of asked) await assertItem(world, car, items[nameOf(read.path, world)], read, unitSystem);
        }
      }
    });

    test('the permissions, the attributes and the paths of one make', limit, async () => {
      const vehicle = await world.connected(tesla);
      const car = await world.car(tesla);
      const paths = Object.keys(teslaReads).map((path) => `/${path}`)
        .filter((path) => !['/tesla/charge/completion'].includes(path));
      const items = await vehicle.batch(['/permissions', '/', ...paths]);
      const permissions = bodyOf(items.permissions());
      assert.deepEqual(permissions, bodyOf(await vehicle.permissions()));
      assert.deepEqual(bodyOf(items.attributes()), reads.attributes.says(null, null, car));
      for (const path of paths) {
        const said = bodyOf(items[nameOf(path, world)]());
        const wanted = teslaReads[path.slice(1)](car.state, 'metric');
        assertSays(Object.fromEntries(Object.keys(wanted).map((key) => [key, said[key]])), wanted, path);
      }
    });

    test('an item fails alone, with the request id of the whole', limit, async () => {
      const vehicle = await world.connected(tesla, { scope: ['read_vin', 'read_fuel', 'read_charge'] });
      const items = await vehicle.batch(['/vin', '/odometer', '/fuel', '/charge', '/tesla/charge/completion']);
      assert.equal(items.vin().vin, (await world.car(tesla)).vin);
      const { requestId } = items.charge().meta;
      for (const [name, reason] of [
        ['odometer', refusals.notGranted],
        ['fuel', refusals.notCapable],
        ['teslaChargeCompletion', refusals.state('NOT_CHARGING')],
      ]) {
        const error = await refusal(world.sdk, items[name], thrownBy(world, reason));
        assert.equal(error.requestId, requestId, name);
      }
    });

    test('a batch that makes no sense fails as a whole', limit, async () => {
      const vehicle = await world.connected(tesla);
      for (const paths of [['/odometer', '/wings'], ['odometer'], ['/application'], ['/batch'], [''], [7]]) {
        const error = await refusal(world.sdk, vehicle.batch(paths), refusals.invalid);
        assert.deepEqual(error.detail.map(({ field }) => field), [['requests']], JSON.stringify(paths));
        assert.ok(error.detail[0].message.length > 0);
      }
      for (const body of [{}, { requests: {} }, { requests: [{}] }]) {
        const error = await refusal(world.sdk, vehicle.request('POST', 'batch', body), refusals.invalid);
        assert.deepEqual(error.detail[0].field, ['requests']);
      }
    });

    test('no batch on another car or with another token', limit, async () => {
      const token = await world.token([tesla]);
      const [{ id }, other] = [await world.car(tesla), await world.car('kia-ev6-2022')];
      const ask = (of, as) => new world.sdk.Vehicle(of, as).batch(['/odometer']);
      await refusal(world.sdk, ask(other.id, token), refusals.notGranted);
      await refusal(world.sdk, ask('my-car', token), refusals.invalid);
      await refusal(world.sdk, ask(id, 'nobody-issued-this'), refusals.unauthorized);
    });
  });
}
