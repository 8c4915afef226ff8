// Every read of every car in both unit systems, against the state of the car; and every refusal of a read.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertSays, reads, teslaReads } from './readings.mjs';
import { refusal, refusals, uuid } from './sdks.mjs';
import { bodyOf, tesla } from './world.mjs';

const limit = { timeout: 60_000 };
const unitSystems = ['metric', 'imperial'];
const nobody = '99999999-9999-4999-8999-999999999999';

// Numbers that no default has, each at the edge of what its measure can say.
const known = {
  [tesla]: {
    'odometer-traveleddistance': 104.321,
    'tractionbattery-stateofcharge': 33.37,
    'tractionbattery-range': 123.457,
    'location-preciselocation': { latitude: -33.868812, longitude: 151.209301, heading: 247.51, direction: 'W' },
    'charge-chargelimits': { values: [], activeLimit: 77.5, unit: 'percent' },
    'tractionbattery-nominalcapacity': {
      capacity: 80.9,
      source: 'USER_SELECTED',
      availableCapacities: [{ capacity: 70.9, description: null }, { capacity: 80.9, description: 'BEV:Long Range' }],
      unit: 'kWh',
    },
    'closure-doors': {
      values: [
        { row: 0, column: 0, isOpen: true, isLocked: false }, { row: 0, column: 1, isOpen: false, isLocked: true },
        { row: 1, column: 0, isOpen: false, isLocked: true }, { row: 1, column: 1, isOpen: null, isLocked: true },
      ],
      rowCount: 2,
      columnCount: 2,
    },
    'closure-reartrunk': { isOpen: true, isLocked: false },
    'charge-amperage': 31,
    'charge-voltage': 233,
    'charge-wattage': 7223,
    'motion-currentspeed': 84.321,
    'climate-externaltemperature': -12.25,
    'climate-internaltemperature': 0,
    'hvac-cabintargettemperature': 21.55,
    'hvac-iscabinhvacactive': true,
    'hvac-isreardefrosteractive': true,
    'transmission-gearstate': 'DRIVE',
    'wheel-tires': {
      values: [[0, 0, 219.301], [0, 1, 220.5], [1, 0, 241], [1, 1, 0]].map(([row, column, tirePressure]) => (
        { row, column, tirePressure })),
      rowCount: 2,
      columnCount: 2,
      unit: 'kPa',
    },
  },
  'chevrolet-volt-2018': {
    'internalcombustionengine-amountremaining': 12.345,
    'internalcombustionengine-fuellevel': 34.61,
    'internalcombustionengine-range': 321.987,
    'internalcombustionengine-oillife': 5.25,
  },
  'toyota-corolla-2022': {
    'service-records': {
      values: [
        {
          id: 'full',
          cost: { amount: 129.9, currency: 'USD' },
          time: '2024-02-29T08:30:00Z',
          tasks: [{ id: '1', description: 'oil change' }, { id: '2', description: null }],
          details: [{ id: 'SERVICE_TYPE', description: 'dealership' }],
          odometer: 50000.125,
        },
        { id: null, cost: null, time: '2025-01-01T00:00:00.000Z', tasks: [], details: [], odometer: null },
      ],
    },
  },
};

function expectation(read, units, car) {
  if (car.unsupported.includes(read.permission)) return { refused: refusals.notSupported };
  const says = car.permissions.includes(read.permission) ? read.says(car.state, units, car) : undefined;
  return says === undefined ? { refused: refusals.notCapable } : { says };
}

function assertMeta(meta, read, units, { newer }) {
  assert.match(meta.requestId, uuid);
  if (read.still) {
    assert.deepEqual(Object.keys(meta), ['requestId']);
    return;
  }
  const keys = ['requestId', 'dataAge', ...(newer ? ['fetchedAt'] : []), ...(read.units ? ['unitSystem'] : [])];
  assert.deepEqual(Object.keys(meta).sort(), keys.sort());
  assert.ok(meta.dataAge instanceof Date && !Number.isNaN(meta.dataAge.valueOf()));
  if (newer) assert.ok(meta.fetchedAt >= meta.dataAge);
  assert.equal(meta.unitSystem, read.units ? units : undefined);
}

async function readAll(world, car, vehicle, units) {
  for (const [method, read] of Object.entries(reads)) {
    if (!world.has(`Vehicle.${method}`)) continue;
    const where = `${method} of ${car.fixture}, ${units}`;
    const { says, refused } = expectation(read, units, car);
    const outcome = vehicle[method](...(read.args ?? []));
    if (refused) {
      await refusal(world.sdk, outcome, refused);
      continue;
    }
    const answer = await outcome;
    assertSays(bodyOf(answer), says, where);
    assertMeta(answer.meta, read, units, world);
  }
}

function values(world) {
  test('every read of every car says what its state says', limit, async () => {
    for (const [fixture, state] of Object.entries(known)) await world.patch(fixture, state);
    const fleet = await world.fleet();
    assert.ok(fleet.length >= 16);
    const token = await world.token(fleet.map(({ id }) => id));
    for (const car of fleet) {
      for (const unitSystem of unitSystems) {
        await readAll(world, car, new world.sdk.Vehicle(car.id, token, { unitSystem }), unitSystem);
      }
    }
  });

  test('request() reads by path what the methods read, and what this package has no method for', limit, async () => {
    for (const [fixture, state] of Object.entries(known)) await world.patch(fixture, state);
    const fleet = await world.fleet();
    const token = await world.token(fleet.map(({ id }) => id));
    for (const [method, read] of Object.entries(reads)) {
      const able = fleet.filter((each) => expectation(read, 'imperial', each).says);
      assert.ok(able.length > 0, `no car can do ${method}`);
      for (const car of able) {
        const vehicle = new world.sdk.Vehicle(car.id, token, { unitSystem: 'imperial' });
        const query = read.args ? `?start_date=${read.args[0]}&end_date=${read.args[1]}` : '';
        const { body, meta } = await vehicle.request('GET', read.path.slice(1) + query);
        // 9.x spreads an array into an object.
        const shown = method === 'serviceHistory' && !world.newer ? { data: Object.values(body) } : body;
        assertSays(shown, read.says(car.state, 'imperial', car), `${read.path} of ${car.fixture}`);
        assertMeta(meta, read, 'imperial', world);
      }
    }
  });

  test('the paths of one make say what its state says, and are nothing to another make', limit, async () => {
    const car = await world.patch(tesla, known[tesla]);
    const token = await world.token([tesla, 'kia-ev6-2022']);
    const kia = new world.sdk.Vehicle((await world.car('kia-ev6-2022')).id, token);
    for (const unitSystem of unitSystems) {
      const vehicle = new world.sdk.Vehicle(car.id, token, { unitSystem });
      for (const [path, says] of Object.entries(teslaReads)) {
        const { body, meta } = await vehicle.request('GET', path);
        const wanted = says(car.state, unitSystem);
        const common = Object.fromEntries(Object.keys(wanted).map((key) => [key, body[key]]));
        assertSays(common, wanted, `${path}, ${unitSystem}`);
        assert.match(meta.requestId, uuid);
      }
    }
    for (const path of Object.keys(teslaReads)) {
      await refusal(world.sdk, kia.request('GET', path), refusals.notCapable);
    }
    const vehicle = new world.sdk.Vehicle(car.id, token);
    for (const [method, path] of [['GET', 'TESLA/charge'], ['POST', 'Tesla/pin'], ['PUT', 'NISSAN/charge/schedule']]) {
      const body = method === 'GET' ? [] : [{}];
      await refusal(world.sdk, vehicle.request(method, path, ...body), refusals.notGranted);
      const stranger = new world.sdk.Vehicle(car.id, 'nobody-issued-this');
      await refusal(world.sdk, stranger.request(method, path, ...body), refusals.unauthorized);
    }
    await refusal(world.sdk, vehicle.request('GET', 'BATTERY'), refusals.noSuchPath);
    await refusal(world.sdk, vehicle.request('GET', 'tesla/wings'), refusals.noSuchPath);
  });
}

function times(world) {
  test('the age of a reading is when the car took it, fetchedAt is now', limit, async () => {
    const before = await world.now();
    await world.patch(tesla, { 'odometer-traveleddistance': 50000.5 });
    const after = await world.now();
    const vehicle = await world.connected(tesla);
    const first = await vehicle.odometer();
    assert.ok(first.meta.dataAge >= before && first.meta.dataAge <= after);
    const later = await world.advance('1h');
    const second = await vehicle.odometer();
    assert.deepEqual(second.meta.dataAge, first.meta.dataAge);
    if (!world.newer) return;
    assert.ok(first.meta.fetchedAt >= after && first.meta.fetchedAt < later);
    assert.ok(second.meta.fetchedAt >= later);
  });

  test('a service history without dates is the last year, and both days of a range count', limit, async () => {
    const day = 24 * 60 * 60 * 1000;
    const now = await world.now();
    const ago = (days) => new Date(now - days * day).toISOString();
    const record = (time) => ({ id: time, cost: null, time, tasks: [], details: [], odometer: null });
    const times = [ago(400), ago(300), ago(30)];
    await world.patch('toyota-corolla-2022', { 'service-records': { values: times.map(record) } });
    const vehicle = await world.connected('toyota-corolla-2022');
    const dates = async (...args) => {
      if (world.newer) return (await vehicle.serviceHistory(...args)).data.map(({ serviceDate }) => serviceDate);
      const query = args.length ? `?start_date=${args[0]}&end_date=${args[1]}` : '';
      return Object.values((await vehicle.request('GET', `service/history${query}`)).body)
        .map(({ serviceDate }) => serviceDate);
    };
    assert.deepEqual(await dates(), times.slice(1));
    assert.deepEqual(await dates(times[0].slice(0, 10), times[1].slice(0, 10)), times.slice(0, 2));
    assert.deepEqual(await dates(times[1].slice(0, 10), times[1].slice(0, 10)), [times[1]]);
    await refusal(world.sdk, dates('yesterday', 'today'), { ...refusals.badParameter, code: null });
  });
}

function lists(world) {
  test('getUser knows the user', limit, async () => {
    const user = await world.sdk.getUser(await world.token());
    assert.equal(user.id, '5e0c5a5e-7d11-4c8e-9b0f-0a53d1c1a001');
    assert.deepEqual(Object.keys(user.meta), ['requestId']);
    await refusal(world.sdk, world.sdk.getUser('nobody-issued-this'), refusals.unauthorized);
  });

  test('getVehicles pages through what the token covers', limit, async () => {
    const { accessToken, vehicleIds } = await world.connect();
    const live = (await world.fleet()).filter(({ mode }) => mode === 'live').map(({ id }) => id);
    assert.deepEqual(vehicleIds, live);
    const page = async (paging) => {
      const { vehicles, paging: shown, meta } = await world.sdk.getVehicles(accessToken, paging);
      assert.equal(shown.count, live.length);
      assert.equal(shown.offset, paging?.offset ?? 0);
      assert.match(meta.requestId, uuid);
      return vehicles;
    };
    assert.deepEqual(await page(), live.slice(0, 10));
    assert.deepEqual(await page({ limit: 50 }), live);
    assert.deepEqual(await page({ limit: 5, offset: 3 }), live.slice(3, 8));
    assert.deepEqual(await page({ limit: 5, offset: live.length - 1 }), live.slice(-1));
    assert.deepEqual(await page({ offset: 1000 }), []);
    assert.deepEqual((await world.sdk.getVehicles(await world.token([tesla]))).vehicles, [(await world.car(tesla)).id]);
    await refusal(world.sdk, world.sdk.getVehicles(accessToken, { limit: 51 }), refusals.badParameter);
    await refusal(world.sdk, world.sdk.getVehicles(accessToken, { offset: 'x' }), refusals.badParameter);
    await refusal(world.sdk, world.sdk.getVehicles('nobody-issued-this'), refusals.unauthorized);
  });

  test('permissions() pages through what was granted, without "required:"', limit, async () => {
    const all = await world.connected(tesla);
    const granted = (await world.car(tesla)).granted;
    assert.ok(granted.length > 25);
    const first = await all.permissions();
    assert.deepEqual(first.permissions, granted.slice(0, 25));
    assert.deepEqual(first.paging, { count: granted.length, offset: 0 });
    assert.deepEqual(Object.keys(first.meta), ['requestId']);
    const some = await all.permissions({ limit: 2, offset: 1 });
    assert.deepEqual(some.permissions, granted.slice(1, 3));
    assert.deepEqual(some.paging, { count: granted.length, offset: 1 });
    assert.deepEqual((await all.permissions({ offset: 99 })).permissions, []);
    await refusal(world.sdk, all.permissions({ limit: 'many' }), refusals.badParameter);

    const few = await world.connected(tesla, { scope: ['required:read_odometer', 'read_vin'] });
    assert.deepEqual((await few.permissions()).permissions.sort(), ['read_odometer', 'read_vin']);
  });
}

function refused(world) {
  const asked = () => Object.entries(reads).filter(([method]) => world.has(`Vehicle.${method}`));

  test('no read opens without its permission, on another car or with another token', limit, async () => {
    const fleet = await world.fleet();
    const token = await world.token([tesla], ['read_alerts']);
    const { id } = await world.car(tesla);
    const other = fleet.find((each) => each.fixture === 'kia-ev6-2022').id;
    const { Vehicle } = world.sdk;
    for (const [method, read] of [...asked(), ['permissions', {}]]) {
      const args = read.args ?? [];
      if (read.permission) await refusal(world.sdk, new Vehicle(id, token)[method](...args), refusals.notGranted);
      await refusal(world.sdk, new Vehicle(other, token)[method](...args), refusals.notGranted);
      await refusal(world.sdk, new Vehicle(nobody, token)[method](...args), refusals.notGranted);
      await refusal(world.sdk, new Vehicle('my-car', token)[method](...args), refusals.invalid);
      await refusal(world.sdk, new Vehicle(id, 'nobody-issued-this')[method](...args), refusals.unauthorized);
      await refusal(world.sdk, new Vehicle('my-car', '')[method](...args), refusals.unauthorized);
    }
  });

  test('each permission opens its reads and no others', limit, async () => {
    const car = await world.car('chevrolet-volt-2018');
    for (const permission of car.permissions) {
      const vehicle = await world.connected('chevrolet-volt-2018', { scope: [permission] });
      for (const [method, read] of asked()) {
        const outcome = vehicle[method](...(read.args ?? []));
        if (read.permission !== permission) {
          await refusal(world.sdk, outcome, refusals.notGranted);
        } else if (read.says(car.state, 'metric', car)) {
          assertSays(bodyOf(await outcome), read.says(car.state, 'metric', car), method);
        }
      }
    }
  });

  test('a revoked permission closes at once', limit, async () => {
    const vehicle = await world.connected(tesla);
    await vehicle.odometer();
    await world.sim('PATCH', `/vehicles/${tesla}`, { permissions: { revoke: ['read_odometer'] } });
    await refusal(world.sdk, vehicle.odometer(), refusals.notGranted);
    await world.sim('PATCH', `/vehicles/${tesla}`, { permissions: { grant: ['read_odometer'] } });
    await vehicle.odometer();
  });

  test('a token that expired opens nothing', limit, async () => {
    const vehicle = await world.connected(tesla);
    await vehicle.odometer();
    await world.advance('2h');
    for (const [method, read] of asked()) {
      await refusal(world.sdk, vehicle[method](...(read.args ?? [])), refusals.unauthorized);
    }
    await refusal(world.sdk, world.sdk.getUser(vehicle.token), refusals.unauthorized);
  });
}

function options(world) {
  test('flags and a version of any digits change nothing but the request', limit, async () => {
    const flags = { country: 'DE', x: true };
    const vehicle = await world.connected(tesla, { flags });
    const { distance } = await vehicle.odometer();
    assert.equal(distance, (await world.car(tesla)).state['odometer-traveleddistance'].value);
    const { target } = await world.lastRequest();
    assert.equal(new URL(target, world.origin).searchParams.get('flags'), 'country:DE x:true');

    for (const version of ['1.0', '2.5', '99999999.99']) {
      const versioned = await world.connected(tesla, { version });
      assert.equal((await versioned.odometer()).distance, distance);
      assert.ok((await world.lastRequest()).target.startsWith(`/v${version}/vehicles/`));
    }
    for (const version of ['2', 'two', '2.0.1']) {
      const versioned = await world.connected(tesla, { version });
      await refusal(world.sdk, versioned.odometer(), refusals.noSuchVersion);
    }
  });

  test('setApiVersion moves every request', limit, async () => {
    const token = await world.token();
    assert.equal(world.sdk.getApiVersion(), '2.0');
    try {
      world.sdk.setApiVersion('2.7');
      assert.equal(world.sdk.getApiVersion(), '2.7');
      await world.sdk.getUser(token);
      assert.match((await world.lastRequest()).target, /^\/v2\.7\/user\/?$/);
      world.sdk.setApiVersion('next');
      await refusal(world.sdk, world.sdk.getUser(token), refusals.noSuchVersion);
      await refusal(world.sdk, world.sdk.getVehicles(token), refusals.noSuchVersion);
    } finally {
      world.sdk.setApiVersion('2.0');
    }
  });

  test('a unit system that is none is refused', limit, async () => {
    const vehicle = await world.connected(tesla, { unitSystem: 'nautical' });
    const error = await refusal(world.sdk, vehicle.odometer(), refusals.badParameter);
    assert.deepEqual(error.detail[0].field, ['sc-unit-system']);
  });
}

export function walkReads(world) {
  describe('reads', () => {
    values(world);
    times(world);
    lists(world);
    refused(world);
    options(world);
  });
}
