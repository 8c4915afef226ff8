// Every command, with the state of the car before and after it, and everything that keeps a car from obeying.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusal, refusals } from './sdks.mjs';
import { bodyOf, tesla } from './world.mjs';

const limit = { timeout: 60_000 };
const success = { message: 'Successfully sent request to vehicle', status: 'success' };
const parked = {
  'charge-ischarging': false,
  'charge-ischargingcableconnected': true,
  'charge-chargelimits': 80,
  'tractionbattery-stateofcharge': 50,
  'closure-islocked': true,
  'connectivitystatus-isasleep': false,
  'connectivitystatus-isdigitalkeypaired': true,
  'connectivitystatus-isonline': true,
  'motion-currentspeed': 0,
  'service-isinservice': false,
  'transmission-gearstate': 'PARK',
};

// What this package has no method for, it can still send.
function orders(world, vehicle) {
  const ask = (method, path, body) => vehicle.request(method, path, body)
    .then(({ body: said, meta }) => ({ ...said, meta }));
  return {
    lock: () => vehicle.lock(),
    unlock: () => vehicle.unlock(),
    startCharge: () => vehicle.startCharge(),
    stopCharge: () => vehicle.stopCharge(),
    setChargeLimit: (to) => (
      world.newer ? vehicle.setChargeLimit(to) : ask('POST', 'charge/limit', { limit: to })),
    sendDestination: (latitude, longitude) => (
      world.newer ? vehicle.sendDestination(latitude, longitude)
        : ask('POST', 'navigation/destination', { latitude, longitude })),
    security: async () => bodyOf(await ask('GET', 'security')),
    ask,
  };
}

function assertSent(answer) {
  assert.deepEqual(bodyOf(answer), success);
  assert.deepEqual(Object.keys(answer.meta), ['requestId']);
}

function obeyed(world) {
  test('unlock and lock move the lock of the car and of each door', limit, async () => {
    await world.patch(tesla, parked);
    const vehicle = await world.connected(tesla);
    const { lock, unlock, security } = orders(world, vehicle);
    for (const [order, isLocked] of [[unlock, false], [lock, true], [lock, true]]) {
      assertSent(await order());
      const { state } = await world.car(tesla);
      assert.equal(state['closure-islocked'].value, isLocked);
      assert.deepEqual(state['closure-doors'].values.map((door) => door.isLocked), Array(4).fill(isLocked));
      assert.equal((await security()).isLocked, isLocked);
      if (world.newer) assert.equal((await vehicle.lockStatus()).isLocked, isLocked);
    }
  });

  test('startCharge and stopCharge: the battery gains until the limit', limit, async () => {
    await world.patch(tesla, parked);
    let vehicle = await world.connected(tesla);
    const percent = async () => Math.round((await vehicle.battery()).percentRemaining * 10_000) / 100;
    assert.deepEqual(bodyOf(await vehicle.charge()), { isPluggedIn: true, state: 'NOT_CHARGING' });
    assertSent(await vehicle.startCharge());
    assert.deepEqual(bodyOf(await vehicle.charge()), { isPluggedIn: true, state: 'CHARGING' });
    const { state } = await world.car(tesla);
    assert.equal(state['charge-ischarging'].value, true);
    assert.equal(state['charge-detailedchargingstatus'].value, 'CHARGING');

    await world.advance('1h');
    // One of them reads first, so that the other may be a little further.
    const [least, shown, most] = [(await world.car(tesla)).state, await percent(), (await world.car(tesla)).state]
      .map((said) => (typeof said === 'number' ? said : said['tractionbattery-stateofcharge'].value));
    assert.ok(least > 50 && least <= shown && shown <= most, `${least}, ${shown}, ${most}`);
    const power = state['charge-wattage'].value / 1000;
    const gained = power / state['tractionbattery-nominalcapacity'].capacity * 100;
    assert.ok(Math.abs(least - 50 - gained) < 0.5, `${least} after an hour at ${power} kW`);

    assertSent(await vehicle.stopCharge());
    assert.deepEqual(bodyOf(await vehicle.charge()), { isPluggedIn: true, state: 'NOT_CHARGING' });
    const stopped = await percent();
    await world.advance('1h');
    vehicle = await world.connected(tesla);  // a token lives two hours
    assert.equal(await percent(), stopped);

    await vehicle.startCharge();
    await world.advance('12h');
    vehicle = await world.connected(tesla);
    assert.deepEqual(bodyOf(await vehicle.charge()), { isPluggedIn: true, state: 'FULLY_CHARGED' });
    assert.equal((await vehicle.battery()).percentRemaining, 0.8);
    assert.equal((await world.car(tesla)).state['charge-ischarging'].value, false);
  });

  test('setChargeLimit moves the limit', limit, async () => {
    await world.patch(tesla, parked);
    const vehicle = await world.connected(tesla);
    const { setChargeLimit, ask } = orders(world, vehicle);
    for (const to of [0.7, 0.5, 1, 0.85]) {
      assertSent(await setChargeLimit(to));
      assert.equal((await world.car(tesla)).state['charge-chargelimits'].activeLimit, to * 100);
      assert.equal((await ask('GET', 'charge/limit')).limit, to);
      if (world.newer) assert.equal((await vehicle.getChargeLimit()).limit, to);
    }
  });

  test('sendDestination is where the car is sent', limit, async () => {
    await world.patch(tesla, parked);
    const { sendDestination } = orders(world, await world.connected(tesla));
    for (const [latitude, longitude] of [[47.620506, -122.351852], [-90, 180], [0, -0.000009]]) {
      assertSent(await sendDestination(latitude, longitude));
      assert.deepEqual((await world.car(tesla)).destination, { latitude, longitude });
    }
  });

  test('the commands of one make', limit, async () => {
    await world.patch(tesla, { ...parked, 'charge-ischargingcableconnected': false });
    const { ask } = orders(world, await world.connected(tesla));
    const said = async (method, path, body) => bodyOf(await ask(method, `tesla/${path}`, body));
    const value = async (code) => (await world.car(tesla)).state[code].value;

    assert.deepEqual(await said('POST', 'charge/ammeter', { amperage: 24 }),
      { message: 'Successfully sent the following amperage: 24', status: 'success' });
    assert.equal(await value('charge-amperagerequested'), 24);
    for (const [action, isOpen] of [['OPEN', true], ['CLOSE', false]]) {
      assert.deepEqual(await said('POST', 'charge/charge_port_door', { action }), success);
      assert.equal(await value('charge-ischargingportflapopen'), isOpen);
      for (const [path, code] of [['frunk', 'closure-fronttrunk'], ['trunk', 'closure-reartrunk']]) {
        assert.deepEqual(await said('POST', `security/${path}`, { action }), success);
        assert.equal((await world.car(tesla)).state[code].isOpen, isOpen);
      }
    }
    assert.deepEqual(await said('POST', 'climate/cabin', { action: 'SET', temperature: 22.5 }), success);
    assert.equal(await value('hvac-cabintargettemperature'), 22.5);
    for (const [action, active] of [['START', true], ['STOP', false]]) {
      assert.deepEqual(await said('POST', 'climate/cabin', { action }), success);
      assert.equal(await value('hvac-iscabinhvacactive'), active);
      assert.deepEqual(await said('POST', 'climate/defroster', { action }), { status: action });
      assert.equal(await value('hvac-isfrontdefrosteractive'), active);
      assert.equal(await value('hvac-isreardefrosteractive'), active);
      assert.deepEqual(await said('POST', 'climate/steering_wheel', { action }), success);
      assert.equal(await value('hvac-issteeringheateractive'), active);
    }
    assert.deepEqual(await said('POST', 'charge/schedule', { type: 'START_TIME', enable: true, time: '18:30' }),
      { departureTime: { enabled: false, time: null }, startTime: { enabled: true, time: '18:30' } });
    assert.deepEqual(await said('POST', 'charge/schedule', { type: 'DEPARTURE_TIME', enabled: true, time: '07:05' }),
      { departureTime: { enabled: true, time: '07:05' }, startTime: { enabled: true, time: '18:30' } });
    assert.deepEqual(await said('GET', 'charge/schedule'),
      { departureTime: { enabled: true, time: '07:05' }, startTime: { enabled: true, time: '18:30' } });
    assert.deepEqual(await said('POST', 'pin', { pin: '1234' }), success);
    assert.deepEqual(await said('DELETE', 'pin'), success);
  });

  test('schedules of Nissan and Ford', limit, async () => {
    const nissan = orders(world, await world.connected('nissan-leaf-2020'));
    const chargeSchedules = [{ start: '23:30', end: '02:00', days: ['MONDAY', 'FRIDAY'] }];
    assert.deepEqual(bodyOf(await nissan.ask('PUT', 'nissan/charge/schedule', { chargeSchedules })), success);
    assert.deepEqual(bodyOf(await nissan.ask('GET', 'nissan/charge/schedule')), { chargeSchedules });

    const ford = orders(world, await world.connected('ford-mustang-mach-e-2022'));
    const windows = { weekday: [{ start: '09:00', end: '17:00' }], weekend: [{ start: '22:00', end: '23:59' }] };
    assert.deepEqual(bodyOf(await ford.ask('PUT', 'ford/charge/schedule_by_location?latitude=1&longitude=2',
      { chargingLocation: { chargeLimit: 0.9, chargingWindows: windows } })), success);
    const { chargingLocations: [place] } = bodyOf(await ford.ask('GET',
      'ford/charge/schedule_by_location?latitude=1&longitude=2'));
    assert.equal(place.chargeLimit, 0.9);
    assert.deepEqual(place.chargingSchedules, windows);
  });
}

const doors = (isOpen) => ({
  values: [0, 1].map((column) => ({ row: 0, column, isOpen: isOpen && column === 1, isLocked: true })),
  rowCount: 1,
  columnCount: 2,
});

// One row for each thing that keeps a car from one of its orders: which car, what is the matter, and what it says.
const obstacles = [
  ['lock', tesla, { 'closure-doors': doors(true) }, refusals.state('DOOR_OPEN')],
  ['lock', tesla, { 'closure-doors': doors(false), 'closure-reartrunk': { isOpen: true, isLocked: false } },
    refusals.state('TRUNK_OPEN')],
  ['lock', 'hyundai-ioniq-5-2023', {}, refusals.state('TRUNK_OPEN')],
  ['lock', 'ford-mustang-mach-e-2022', {}, refusals.state('DOOR_OPEN')],
  ['lock', tesla, { 'motion-currentspeed': 3.5 }, refusals.state('IN_MOTION')],
  ['unlock', tesla, { 'transmission-gearstate': 'REVERSE' }, refusals.state('IN_MOTION')],
  ['unlock', 'rivian-r1t-2022', {}, refusals.state('IN_MOTION')],
  ['startCharge', tesla, { 'charge-ischargingcableconnected': false }, refusals.state('CHARGING_PLUG_NOT_CONNECTED')],
  ['startCharge', tesla, { 'charge-ischarging': true }, refusals.state('CHARGING_IN_PROGRESS')],
  ['startCharge', tesla, { 'tractionbattery-stateofcharge': 80 }, refusals.state('FULLY_CHARGED')],
  ['startCharge', 'chevrolet-bolt-ev-2021', {}, refusals.state('LOW_BATTERY', 'RETRY_LATER')],
  ['stopCharge', tesla, {}, refusals.state('NOT_CHARGING')],
  ['stopCharge', tesla, { 'charge-ischargingcableconnected': false }, refusals.state('CHARGING_PLUG_NOT_CONNECTED')],
  ['stopCharge', 'nissan-leaf-2020', {}, refusals.notCapable],
  ['startCharge', 'ford-f-150-2021', {}, refusals.notCapable],
  ['startCharge', 'audi-q8-e-tron-2023', {}, refusals.notCapable],
  ['lock', 'audi-q8-e-tron-2023', {}, refusals.notSupported],
  ['lock', 'chevrolet-volt-2018', {}, refusals.notCapable],
  ...['lock', 'unlock', 'startCharge', 'stopCharge', 'setChargeLimit', 'sendDestination'].flatMap((order) => [
    [order, tesla, { 'connectivitystatus-isasleep': true }, refusals.state('ASLEEP')],
    [order, tesla, { 'connectivitystatus-isonline': false }, refusals.state('UNREACHABLE')],
    [order, tesla, { 'service-isinservice': true }, refusals.state('VEHICLE_OFFLINE_FOR_SERVICE')],
    [order, 'tesla-model-y-2021', {}, {
      statusCode: 400,
      type: 'CONNECTED_SERVICES_ACCOUNT',
      code: 'VIRTUAL_KEY_REQUIRED',
      resolution: ['ACTION_REQUIRED', 'https://www.tesla.com/_ak/smartcar.com'],
    }],
  ]),
  ['setChargeLimit', 'polestar-2-2024', {}, refusals.notCapable],
  ['sendDestination', 'kia-ev6-2022', {}, refusals.notCapable],
];
const args = { setChargeLimit: [0.6], sendDestination: [1, 2] };

function disobeyed(world) {
  test('a car that cannot obey says why, and nothing about it changes', limit, async () => {
    const token = await world.token((await world.fleet()).map(({ id }) => id));
    for (const [order, fixture, matter, reason] of obstacles) {
      const state = fixture === tesla ? { ...parked, 'closure-doors': doors(false), ...matter } : matter;
      const before = await world.patch(fixture, state);
      const vehicle = new world.sdk.Vehicle(before.id, token);
      await refusal(world.sdk, orders(world, vehicle)[order](...(args[order] ?? [])), reason)
        .catch((error) => { throw new Error(`${order} of ${fixture} with ${JSON.stringify(matter)}`, { cause: error }); });
      const after = await world.car(fixture);
      if (!('charge-ischarging' in matter)) assert.deepEqual(after, before);
      if (fixture === tesla) await world.patch(tesla, { ...parked, 'closure-reartrunk': { isOpen: false, isLocked: true } });
    }
  });

  test('a body that is wrong is refused with the member that is', limit, async () => {
    await world.patch(tesla, parked);
    const vehicle = await world.connected(tesla);
    const { setChargeLimit, ask } = orders(world, vehicle);
    const wrong = async (outcome, member) => {
      const error = await refusal(world.sdk, outcome, refusals.invalid);
      assert.deepEqual(error.detail[0].field, [member]);
      assert.ok(error.detail[0].message.includes(`"${member}"`));
    };
    for (const to of [0.49, 1.01, -1, 'full']) await wrong(setChargeLimit(to), 'limit');
    for (const body of [{}, { action: 'lock' }, { action: 1 }, { action: null }]) {
      await wrong(ask('POST', 'security', body), 'action');
      await wrong(ask('POST', 'charge', body), 'action');
    }
    await wrong(ask('POST', 'navigation/destination', { latitude: 91, longitude: 0 }), 'latitude');
    await wrong(ask('POST', 'navigation/destination', { latitude: 1 }), 'longitude');
    await wrong(ask('POST', 'tesla/charge/ammeter', { amperage: 1000 }), 'amperage');
    await wrong(ask('POST', 'tesla/climate/cabin', { action: 'SET' }), 'temperature');
    await wrong(ask('POST', 'tesla/pin', { pin: '12345' }), 'pin');
    assert.deepEqual((await world.car(tesla)).destination, undefined);
  });

  test('no command without its permission, on another car or with another token', limit, async () => {
    const token = await world.token([tesla], ['read_security', 'read_charge']);
    const { id } = await world.car(tesla);
    const other = (await world.car('kia-ev6-2022')).id;
    const { Vehicle } = world.sdk;
    for (const order of ['lock', 'unlock', 'startCharge', 'stopCharge', 'setChargeLimit', 'sendDestination']) {
      const to = (of, as) => orders(world, new Vehicle(of, as))[order](...(args[order] ?? []));
      await refusal(world.sdk, to(id, token), refusals.notGranted);
      await refusal(world.sdk, to(other, token), refusals.notGranted);
      await refusal(world.sdk, to('my-car', token), refusals.invalid);
      await refusal(world.sdk, to(id, 'nobody-issued-this'), refusals.unauthorized);
    }
  });
}

export function walkCommands(world) {
  describe('commands', () => {
    obeyed(world);
    disobeyed(world);
  });
}
