// API v3 as the official package of today reads it (the shape of 2025, with a user's token), and as current applications
// do (the shape of 2026, with the application's token): each signal says what the state of the car says.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { assertWalked, elsewhere, refusal, sdks, uuid } from './sdks.mjs';
import { World, tesla, userId } from './world.mjs';

const limit = { timeout: 30_000 };
const nobody = '99999999-9999-4999-8999-999999999999';

// The codes of all that a car reports: its VIN is not part of the state.
const codesOf = (car) => [
  ...Object.keys(car.state), ...(car.permissions.includes('read_vin') ? ['vehicleidentification-vin'] : [])].sort();
const bodyOf = (car, code) => (code === 'vehicleidentification-vin' ? { value: car.vin } : car.state[code]);

function assertSignal(signal, car) {
  const { code, name, group, status, body } = signal.attributes;
  assert.equal(signal.id, code);
  assert.equal(signal.type, 'signal');
  assert.equal(`${group}-${name}`.toLowerCase(), code);
  assert.deepEqual(status, { value: 'SUCCESS' });
  assert.deepEqual(body, bodyOf(car, code), code);
}

// The SDK reads a v2.0 body and nothing else.
const is = (statusCode, type) => (error) => {
  assert.equal(error.name, 'SmartcarError');
  assert.deepEqual([error.statusCode, error.type], [statusCode, type], error.message);
  assert.match(error.requestId, uuid);
  return true;
};

describe('v3, the shape of 2025', () => {
  const world = new World(sdks[0].load());
  before(() => world.start());
  after(() => world.stop());
  beforeEach(() => world.sim('POST', '/reset'));

  test('getVehicle says who it is', limit, async () => {
    const { make, model, year, id } = await world.car(tesla);
    const { body, headers } = await world.sdk.getVehicle(await world.token([tesla]), id);
    const { meta, ...resource } = body;
    assert.deepEqual(resource,
      { id, type: 'vehicle', attributes: { make, model, year }, links: { self: `/vehicles/${id}` } });
    assert.match(headers['content-type'], /^application\/json/);
    assert.match(headers['sc-request-id'], uuid);
  });

  test('getSignals is all that a car reports, getSignal each of it alone', limit, async () => {
    for (const fixture of [tesla, 'byd-seal-u-dm-i-2025', 'toyota-corolla-2022']) {
      const vehicle = await world.connected(fixture);
      const car = await world.car(fixture);
      const { body: { data, links, included }, headers } = await vehicle.getSignals();
      assert.match(headers['sc-request-id'], uuid);
      assert.deepEqual(data.map(({ id }) => id).sort(), codesOf(car));
      assert.ok(links.self.startsWith(`/vehicles/${car.id}/signals`));
      const { id, type, attributes } = included.vehicle;
      assert.deepEqual({ id, type, make: attributes.make, model: attributes.model },
        { id: car.id, type: 'vehicle', make: car.make, model: car.model });
      for (const signal of data) {
        assertSignal(signal, car);
        assert.ok(Number.isInteger(signal.meta.retrievedAt) && signal.meta.oemUpdatedAt <= signal.meta.retrievedAt);
        assert.equal(signal.links.self, `/vehicles/${car.id}/signals/${signal.id}`);
        const alone = (await vehicle.getSignal(signal.id)).body;
        assert.deepEqual(Object.keys(alone).sort(), ['attributes', 'id', 'links', 'type']);
        assertSignal(alone, car);
      }
    }
  });

  test('percentages are whole here, and imperial is nothing to a signal', limit, async () => {
    await world.patch(tesla, { 'tractionbattery-stateofcharge': 33.37, 'odometer-traveleddistance': 104.321 });
    const vehicle = await world.connected(tesla, { unitSystem: 'imperial' });
    const body = async (code) => (await vehicle.getSignal(code)).body.attributes.body;
    assert.deepEqual(await body('tractionbattery-stateofcharge'), { value: 33.37, unit: 'percent' });
    assert.deepEqual(await body('odometer-traveleddistance'), { value: 104.321, unit: 'km' });
    assert.equal((await vehicle.battery()).percentRemaining, 0.3337);
  });

  test('a signal without its permission shows no body', limit, async () => {
    const vehicle = await world.connected(tesla, { scope: ['read_odometer'] });
    const { data } = (await vehicle.getSignals()).body;
    const listed = (code) => data.find(({ id }) => id === code)?.attributes;
    assert.deepEqual(listed('odometer-traveleddistance').status, { value: 'SUCCESS' });
    // Of those that a source names a permission for, none says anything: left out of the list or an error in it.
    for (const code of ['location-preciselocation', 'tractionbattery-stateofcharge', 'tractionbattery-range',
      'tractionbattery-nominalcapacity', 'charge-ischargingcableconnected', 'charge-ischarging', 'charge-chargelimits',
      'charge-detailedchargingstatus', 'wheel-tires', 'closure-islocked', 'closure-doors', 'closure-windows',
      'vehicleidentification-vin']) {
      const { status, body } = listed(code) ?? { status: { error: { type: 'PERMISSION' } } };
      assert.equal(status.error?.type, 'PERMISSION', code);
      assert.equal(body, undefined, code);
      const alone = await vehicle.getSignal(code).catch((error) => is(403, 'PERMISSION')(error) && {});
      assert.equal(alone.body?.attributes.body, undefined, code);
    }
  });

  test('refusals are ones that the package can read', limit, async () => {
    const { Vehicle, getVehicle } = world.sdk;
    const token = await world.token([tesla]);
    const { id } = await world.car(tesla);
    const other = (await world.car('kia-ev6-2022')).id;
    const each = (as, of) => [
      () => getVehicle(as, of), () => new Vehicle(of, as).getSignals(),
      () => new Vehicle(of, as).getSignal('odometer-traveleddistance')];
    for (const ask of each('nobody-issued-this', id)) await assert.rejects(ask(), is(401, 'AUTHENTICATION'));
    for (const ask of each(token, other)) await assert.rejects(ask(), is(403, 'PERMISSION'));
    for (const ask of each(token, nobody)) await assert.rejects(ask(), is(403, 'PERMISSION'));
    for (const ask of each(token, 'my-car')) await assert.rejects(ask(), is(400, 'VALIDATION'));
    const { getSignal } = new Vehicle(id, token);
    await assert.rejects(getSignal('internalcombustionengine-fuellevel'), is(404, 'RESOURCE_NOT_FOUND'));
    await assert.rejects(getSignal('no-such-signal'), is(404, 'RESOURCE_NOT_FOUND'));
    await refusal(world.sdk, new Vehicle(id, 'nobody-issued-this').odometer(),
      { statusCode: 401, type: 'AUTHENTICATION' });
  });

  test('the vehicle and the token of the official tests are built in', limit, async () => {
    const [id, token] = ['tst2e255-d3c8-4f90-9fec-e6e68b98e9cb', 'test-data-token'];
    const { body } = await world.sdk.getVehicle(token, id);
    assert.equal(body.id, id);
    assert.equal(body.attributes.make, 'TESLA');
    const vehicle = new world.sdk.Vehicle(id, token);
    const { data } = (await vehicle.getSignals()).body;
    assert.ok(data.length > 0);
    assert.equal((await vehicle.getSignal(data[0].id)).body.id, data[0].id);
  });

  test('nothing of v3 in the package was left out', () => assertWalked(world, elsewhere['v3.test.mjs']));
});

describe('v3, the shape of 2026', () => {
  const world = new World(sdks[0].load());
  let token;
  before(() => world.start());
  after(() => world.stop());
  beforeEach(async () => {
    await world.sim('POST', '/reset');
    const { apiClientId = world.clientId, clientSecret } = world;
    const response = await fetch(`${world.origin}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: apiClientId, client_secret: clientSecret }),
    });
    const access = await response.json();
    assert.equal(response.status, 200, JSON.stringify(access));
    assert.deepEqual([access.token_type, access.expires_in], ['Bearer', 3600]);
    token = access.access_token;
    await world.connect();
  });

  async function ask(method, path, { body, user = userId } = {}) {
    const response = await fetch(`${world.origin}/v3${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(user && { 'sc-user-id': user }),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  }

  async function assertError(promise, status, type, code) {
    const { status: actual, body } = await promise;
    assert.equal(actual, status, JSON.stringify(body));
    const [error] = body.errors;
    assert.deepEqual([error.status, error.type, error.code ?? null], [status, type, code]);
    assert.match(error.meta.requestId, uuid);
    return error;
  }

  test('a vehicle and its signals are wrapped', limit, async () => {
    const car = await world.car(tesla);
    const { body: { data } } = await ask('GET', `/vehicles/${car.id}`, { user: null });
    assert.equal(data.id, car.id);
    const { make, model, year, powertrain, mode } = car;
    assert.deepEqual(data.attributes, { make, model, year, powertrainType: powertrain, mode });
    const { body: { data: signals, meta } } = await ask('GET', `/vehicles/${car.id}/signals`);
    assert.equal(meta.totalCount, codesOf(car).length);
    for (const signal of signals) {
      assertSignal(signal, car);
      assert.equal(new Date(signal.meta.retrievedAt).toISOString(), signal.meta.retrievedAt);
    }
    const one = await ask('GET', `/vehicles/${car.id}/signals/odometer-traveleddistance`);
    assertSignal(one.body.data, car);
  });

  test('signals and commands need the user', limit, async () => {
    const { id } = await world.car(tesla);
    for (const [method, path] of [['GET', 'signals'], ['GET', 'signals/charge-voltage'], ['POST', 'commands/security/lock']]) {
      const { detail } = await assertError(ask(method, `/vehicles/${id}/${path}`, { user: null }),
        400, 'VALIDATION', 'MISSING_PARAMETER');
      assert.equal(detail, 'missing userId');
    }
  });

  test('commands do what they say', limit, async () => {
    const { id } = await world.patch(tesla, { 'charge-ischarging': false, 'tractionbattery-stateofcharge': 50 });
    const command = async (path, attributes) => {
      const { status, body } = await ask('POST', `/vehicles/${id}/commands/${path}`,
        attributes ? { body: { data: { attributes } } } : {});
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.data.type, 'command-execution');
      assert.equal(body.data.attributes.status.value, 'SUCCESS');
      return (await world.car(tesla));
    };
    assert.equal((await command('security/unlock')).state['closure-islocked'].value, false);
    assert.equal((await command('security/lock')).state['closure-islocked'].value, true);
    assert.equal((await command('charge/set-limit', { percent: 70 })).state['charge-chargelimits'].activeLimit, 70);
    assert.equal((await command('charge/start')).state['charge-ischarging'].value, true);
    assert.equal((await command('charge/stop')).state['charge-ischarging'].value, false);
    const to = { latitude: 47.62, longitude: -122.35 };
    assert.deepEqual((await command('navigation/set-destination', to)).destination, to);
    await assertError(ask('POST', `/vehicles/${id}/commands/charge/stop`), 409, 'VEHICLE_STATE', 'NOT_CHARGING');
    const { id: volt } = await world.car('chevrolet-volt-2018');
    await assertError(ask('POST', `/vehicles/${volt}/commands/security/lock`), 501, 'COMPATIBILITY', 'VEHICLE_NOT_CAPABLE');
  });

  test('connections are listed, shown and deleted', limit, async () => {
    const car = await world.car(tesla);
    const { body: { data } } = await ask('GET', `/connections?filter%5BvehicleId%5D=${car.id}`, { user: null });
    assert.equal(data.length, 1);
    const [{ id, relationships }] = data;
    assert.equal(relationships.vehicle.data.id, car.id);
    assert.equal(relationships.user.data.id, userId);
    assert.equal((await ask('GET', `/connections/${id}`)).body.data.id, id);
    assert.equal((await ask('DELETE', `/connections/${id}`)).status, 204);
    assert.equal((await world.car(tesla)).connected, false);
    assert.equal((await ask('GET', `/connections/${id}`)).status, 404);
  });
});
