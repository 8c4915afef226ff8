// GET /_sim/openapi.json against real answers: every operation of the document with success and with refusals, each
// request and each body as its schema says.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Described } from './openapi.mjs';
import { receiver } from './receiver.mjs';
import { serve } from './simulator.mjs';

const limit = { timeout: 60_000 };
const tesla = 'tesla-model-3-2020';
const nobody = '99999999-9999-4999-8999-999999999999';
const redirectUri = 'http://localhost:3000/exchange';
const token = 'e9c1b6f4-6f3d-4b1e-9c53-0a7d2f8b4c11';
const vehicle = '/v2.0/vehicles/{id}';

// Makes with paths of their own, as cars that can do all that the Tesla can: not each is in the shipped fleet.
const makes = ['CADILLAC', 'CHEVROLET', 'NISSAN', 'FORD', 'LINCOLN', 'BMW', 'MINI', 'AUDI'];
const fixtureOf = (make) => `willing-${make.toLowerCase()}`;

async function writeWillingCars(folder) {
  const text = await readFile(`fixtures/vehicles/${tesla}.json`, 'utf8');
  const car = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''));
  await Promise.all(makes.map((make, index) => writeFile(join(folder, `${fixtureOf(make)}.json`), JSON.stringify({
    ...car, make, id: `0c0ffee0-2000-4000-8000-00000000000${index}`, region: 'EUROPE', vin: `WSXM${index}23456789ABCD`,
  }))));
}

// A refusal of each status that the API can answer with.
const kinds = {
  400: ['VALIDATION'],
  401: ['AUTHENTICATION'],
  403: ['PERMISSION'],
  404: ['RESOURCE_NOT_FOUND', 'PATH'],
  409: ['VEHICLE_STATE', 'ASLEEP'],
  429: ['RATE_LIMIT', 'SMARTCAR_API'],
  430: ['BILLING', 'VEHICLE_LIMIT'],
  500: ['SERVER', 'INTERNAL'],
  501: ['COMPATIBILITY', 'VEHICLE_NOT_CAPABLE'],
  502: ['UPSTREAM', 'NO_RESPONSE'],
};

describe('the OpenAPI document', () => {
  let folder, peer, platform, api, ready;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smartcar-sim-openapi-'));
    await writeWillingCars(folder);
    peer = await receiver(token);
    platform = await serve(['--vehicles', folder], { APPLICATION_MANAGEMENT_TOKEN: token });
    ready = platform.ready;
    api = await Described.load(ready.origin);
  });
  after(async () => {
    peer.close();
    await platform.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => api.ask('POST /_sim/reset'));

  const isSim = ({ path }) => path.startsWith('/_sim/');
  const fleet = async () => (await api.ask('GET /_sim/vehicles')).body.vehicles;
  const connect = async (vehicles = undefined, rest = {}) => (
    (await api.ask('POST /_sim/connect', { body: { vehicles, ...rest } })).body);
  const refusedWith = async (status, name, request) => {
    const answer = await api.ask(name, request);
    assert.equal(answer.status, status, `${name}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const answered = (...request) => refusedWith(200, ...request);
  async function verifiedWebhook(settings = {}) {
    const { id } = await refusedWith(201, 'POST /_sim/webhooks', { body: { callbackUri: peer.callback, ...settings } });
    const { verified, says } = await answered('POST /_sim/webhooks/{id}/verify', { of: { id } });
    assert.ok(verified, says);
    return id;
  }
  const client = () => [ready.clientId, ready.clientSecret];
  const applicationGrant = () => ({
    grant_type: 'client_credentials', client_id: ready.apiClientId, client_secret: ready.clientSecret });
  async function applicationToken() {
    const body = new URLSearchParams(applicationGrant());
    return (await answered('POST /oauth2/token', { body })).access_token;
  }

  test('is OpenAPI 3.1, and its schemas are JSON Schema 2020-12', limit, () => {
    assert.match(api.document.openapi, /^3\.1\./);
    assert.ok(api.document.info.title && api.document.info.version);
    assert.ok(api.compileAll() > 300);
    for (const { path, name, operation } of api.operations()) {
      const parameters = (operation.parameters ?? []).map((each) => api.resolve(each, []).value);
      assert.deepEqual(parameters.filter((each) => each.in === 'path').map((each) => each.name),
        [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]), name);
      for (const scheme of (operation.security ?? []).flatMap(Object.keys)) {
        assert.ok(api.document.components.securitySchemes[scheme], `${name} wants ${scheme}`);
      }
      assert.ok(Object.keys(operation.responses).some((status) => status < 300), name);
    }
  });

  test('names what /_sim takes: every other member and field is refused with the list of those', limit, async () => {
    // What an error lists as known, in order; nothing where nothing is.
    const listed = (message) => (message.split('; there are ')[1]?.split(', ') ?? []).sort();
    let bodies = 0;
    for (const { path, method, name, operation } of api.operations().filter(isSim)) {
      await refusedWith(403, name, { headers: { origin: 'http://elsewhere.test' } });
      const { error: { message: query } } = await refusedWith(400, name, { query: { nope: 1 } });
      const fields = (operation.parameters ?? []).filter((each) => each.in === 'query').map((each) => each.name);
      assert.deepEqual(fields.sort(), listed(query), `${name}: ${query}`);
      if (method === 'get') continue;
      const { error: { message: body } } = await refusedWith(400, name, { body: { nope: 1 } });
      const schema = operation.requestBody?.content['application/json'].schema ?? { properties: {} };
      assert.deepEqual(Object.keys(schema.properties).sort(), listed(body), `${name}: ${body}`);
      bodies += 1;
    }
    assert.ok(bodies > 15);
  });

  test('/_sim, with success and with refusals', limit, async () => {
    const id = await verifiedWebhook();
    const of = { id };
    const signals = await verifiedWebhook({ version: '4.0', errorCallbackUri: peer.callback, dialect: 'doc' });
    for (const type of ['schedule', 'dynamic']) await verifiedWebhook({ type, paths: ['/battery'], interval: '1h' });
    await answered('GET /_sim/webhooks');
    await answered('GET /_sim/webhooks/{id}', { of });
    await answered('PATCH /_sim/webhooks/{id}', { of, body: { name: 'Another', enabled: true } });
    await refusedWith(409, 'POST /_sim/events', { body: { vehicleId: tesla, event: 'CHARGING_STARTED' } });
    await refusedWith(409, 'PATCH /_sim/vehicles/{id}', { of: { id: tesla }, body: { permissions: { grant: ['read_vin'] } } });
    await refusedWith(409, 'PUT /_sim/webhooks/{id}/subscriptions/{vehicleId}', { of: { id, vehicleId: tesla } });
    const { vehicleIds: [car] } = await connect([tesla]);
    for (const each of [id, signals]) {
      await refusedWith(204, 'PUT /_sim/webhooks/{id}/subscriptions/{vehicleId}', { of: { id: each, vehicleId: car } });
    }
    await refusedWith(202, 'POST /_sim/webhooks/{id}/test', { of, query: { wait: '5s' } });
    const said = await refusedWith(202, 'POST /_sim/events', {
      query: { wait: '5s' },
      body: { vehicleId: tesla, event: 'CHARGING_STARTED', to: id, with: { '/mode': 'live' }, fault: { duplicate: 2, body: 'tampered' } },
    });
    assert.equal(said.outcomes.length, 1);
    await answered('PATCH /_sim/vehicles/{id}', {
      of: { id: tesla },
      body: { state: { 'charge-ischarging': true }, permissions: { grant: ['read_vin'], revoke: ['read_fuel'] } },
    });
    await refusedWith(202, 'POST /_sim/events', {
      body: { vehicleId: tesla, event: 'VEHICLE_ERROR', errors: [{ type: 'VEHICLE_STATE', code: 'ASLEEP', state: 'ERROR', signals: ['charge-voltage'] }] },
    });
    await answered('POST /_sim/clock/advance', { body: { by: '2h', maxWall: '20s' } });
    const { deliveries } = await answered('GET /_sim/deliveries', { query: { limit: 1000, wait: '5s', after: 0 } });
    assert.ok(deliveries.length > 3);
    const deliveryOf = (wanted) => ({ of: deliveries.find(wanted).attempts[0] });
    const resend = 'POST /_sim/deliveries/{deliveryId}/resend';
    await refusedWith(202, resend, deliveryOf(({ event, webhookId }) => event !== 'verify' && webhookId === id));
    await refusedWith(409, resend, deliveryOf(({ event }) => event === 'verify'));
    await refusedWith(204, 'DELETE /_sim/webhooks/{id}/subscriptions/{vehicleId}', { of: { id, vehicleId: car } });
    await refusedWith(204, 'DELETE /_sim/webhooks/{id}', { of });
    const wrong = createHmac('sha256', token).update('{"a":1}').digest('hex');
    const explained = await answered('POST /_sim/explain', {
      body: { body: '{"a":1.0}', signature: wrong, candidates: { SESSION_SECRET: 'x' } } });
    assert.equal(explained.mistake, 'body-as-node');
    await answered('POST /_sim/explain', { body: { challenge: 'x', requestBody: '{}', answer: wrong } });
    await answered('POST /_sim/explain', { body: { challenge: 'x', computed: createHmac('sha256', token).update('x').digest('hex') } });
    await answered('GET /_sim/health');
    const snapshot = await answered('GET /_sim/state');
    await refusedWith(204, 'PUT /_sim/state', { body: snapshot });
    await answered('GET /_sim/openapi.json');
    await fetch(`${ready.origin}/v2.0/user`, { method: 'POST', body: new Uint8Array([0xff]) });
    assert.equal((await answered('GET /_sim/requests', { query: { after: 0 } })).requests.length, 1);
    await refusedWith(204, 'DELETE /_sim/requests');
    for (const { name, path, operation } of api.operations().filter(isSim)) {
      if (!path.includes('{') || !operation.responses[404]) continue;
      await refusedWith(404, name, { of: { id: nobody, vehicleId: nobody, deliveryId: nobody } });
    }
    await refusedWith(404, 'POST /_sim/events', { body: { vehicleId: nobody, event: 'CHARGING_STARTED' } });
    await refusedWith(404, 'POST /_sim/connect', { body: { vehicles: [nobody] } });
    await refusedWith(404, 'POST /_sim/faults', { body: { endpoint: '*', vehicle: nobody, latency: '1ms' } });
  });

  test('a callback that fails is told of as the document says', limit, async () => {
    const dead = 'http://127.0.0.1:1/webhooks';
    const { id } = await refusedWith(201, 'POST /_sim/webhooks', { body: { callbackUri: dead, enabled: false } });
    await refusedWith(409, 'POST /_sim/webhooks/{id}/test', { of: { id } });
    const { id: other } = await refusedWith(201, 'POST /_sim/webhooks', { body: { callbackUri: dead } });
    const { verified, error } = await answered('POST /_sim/webhooks/{id}/verify', { of: { id: other } });
    assert.deepEqual({ verified, error }, { verified: false, error: 'unreachable' });
    await refusedWith(409, 'POST /_sim/webhooks/{id}/test', { of: { id: other } });
  });

  test('Connect by /_sim ends as the document says, and so do the token and the faults', limit, async () => {
    const { anyOf, enum: outcomes } = api.document.components.schemas.ConnectOutcome;
    assert.ok(!anyOf && outcomes.length > 5);
    for (const outcome of outcomes) {
      await answered('POST /_sim/connect', { body: { outcome, redirectUri, state: 'x', externalId: 'y', user: 'z', mode: 'live' } });
    }
    await answered('POST /_sim/connect', { body: { scope: 'read_vin required:read_battery', make: 'tesla', singleSelect: true } });
    await refusedWith(409, 'PATCH /_sim/application-management-token', { body: { window: 'both' } });
    await answered('POST /_sim/application-management-token', { body: { window: 'both' } });
    await answered('POST /_sim/application-management-token', { body: { token: 'another-token', signWith: 'old' } });
    await answered('PATCH /_sim/application-management-token', { body: { window: 'old' } });
    for (const fault of [
      { type: 'VEHICLE_STATE', code: 'ASLEEP', vehicle: tesla, times: 2, after: 1, resolutionUrl: 'https://example.com/' },
      { type: 'RATE_LIMIT', code: 'VEHICLE', retryAfter: 3, method: 'GET' },
      { status: 503, body: { any: ['thing'] }, contentType: 'application/json', latency: '1ms' },
      { latency: '10ms' },
    ]) await refusedWith(201, 'POST /_sim/faults', { body: { endpoint: '/battery', ...fault } });
    const { faults } = await answered('GET /_sim/faults');
    await refusedWith(204, 'DELETE /_sim/faults/{id}', { of: faults[0] });
    await refusedWith(204, 'DELETE /_sim/faults');
    const most = 1000;
    const add = () => api.ask('POST /_sim/faults', { body: { endpoint: '/user', latency: '1ms' } });
    for (let count = 0; count < most; ++count) assert.equal((await add()).status, 201);
    assert.equal((await add()).status, 409);
  });

  test('Connect: pages, and where the browser goes', limit, async () => {
    const query = { client_id: ready.clientId, response_type: 'code', redirect_uri: redirectUri, scope: 'read_vin', state: 'x' };
    const visit = (rest) => new URLSearchParams({ request: `${new URLSearchParams(query)}`, ...rest });
    const page = 'POST /oauth/authorize';
    await answered('GET /oauth/authorize', { query });
    await refusedWith(400, 'GET /oauth/authorize', { query: { response_type: 'code' } });
    await refusedWith(400, page, { body: new URLSearchParams({ request: 'client_id=x' }) });
    await refusedWith(403, page, { body: visit({}), headers: { origin: 'http://elsewhere.test' } });
    const signedIn = { brand: 'TESLA', username: 'a@b.c', password: 'x' };
    await answered(page, { body: visit({ step: 'login', ...signedIn }) });
    const { id, permission } = { id: (await fleet()).find(({ fixture }) => fixture === tesla).id, permission: 'read_vin' };
    const approved = await api.ask(page, { body: visit({ step: 'consent', answer: 'approve', vehicle: id, permission, ...signedIn }) });
    assert.equal(approved.status, 302);
    const code = new URL(approved.headers.get('location')).searchParams.get('code');
    assert.ok(code);
    assert.equal((await api.ask(page, { body: visit({ step: 'consent', answer: 'deny', ...signedIn }) })).status, 302);

    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
    let { refresh_token } = await answered('POST /oauth/token', { body: new URLSearchParams(grant), basic: client() });
    for (const name of ['POST /oauth/token', 'POST /oauth/token/oauth/token', 'POST /']) {
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token });
      ({ refresh_token } = await answered(name, { body, basic: client() }));
      await refusedWith(400, name, { body: new URLSearchParams(), basic: client() });
      await refusedWith(401, name, { body, basic: ['nobody', 'x'] });
    }
    await answered('POST /oauth2/token', { body: applicationGrant() });
    await refusedWith(400, 'POST /oauth2/token', { body: {} });
  });

  test('Connect: the pages about one vehicle', limit, async () => {
    const cars = await fleet();
    const { id } = cars.find(({ fixture }) => fixture === 'nissan-leaf-2020');
    const { accessToken } = await connect([id]);
    const { url } = await answered(`GET ${vehicle}/battery/nominal_capacity`, { of: { id }, token: accessToken });
    const query = Object.fromEntries(new URL(url).searchParams);
    delete query.redirect_uri;
    await answered('GET /battery-capacity', { query });
    const request = `${new URLSearchParams(query)}`;
    await answered('POST /battery-capacity', { body: new URLSearchParams({ request, capacity: '40' }) });
    const further = `${new URLSearchParams({ ...query, redirect_uri: redirectUri })}`;
    assert.equal((await api.ask('POST /battery-capacity', { body: new URLSearchParams({ request: further, capacity: '40' }) })).status, 302);
    for (const name of ['GET /battery-capacity', 'GET /oauth/reauthenticate']) await refusedWith(400, name);
    for (const name of ['POST /battery-capacity', 'POST /oauth/reauthenticate']) {
      await refusedWith(400, name, { body: new URLSearchParams({ request: '' }) });
      await refusedWith(403, name, { body: new URLSearchParams({ request: '' }), headers: { origin: 'http://elsewhere.test' } });
    }
    const again = { client_id: ready.clientId, response_type: 'vehicle_id', vehicle_id: id, redirect_uri: redirectUri };
    await answered('GET /oauth/reauthenticate', { query: again });
    const answer = new URLSearchParams({ request: `${new URLSearchParams(again)}`, answer: 'approve' });
    assert.equal((await api.ask('POST /oauth/reauthenticate', { body: answer })).status, 302);
  });

  const isRead = ({ method, path }) => method === 'get' && path.startsWith(vehicle);

  test('every reading of every car is as the document says, in both unit systems', limit, async () => {
    for (const car of await fleet()) {
      const state = 'charge-ischarging' in car.state ? { 'charge-ischarging': true, 'charge-ischargingcableconnected': true } : {};
      await answered('PATCH /_sim/vehicles/{id}', { of: car, body: { state } });
      const { accessToken } = await connect([car.id], { mode: car.mode });
      for (const { name, operation } of api.operations().filter(isRead)) {
        const dated = operation.parameters.some((each) => each.name === 'start_date') ? { start_date: '2020-01-01' } : {};
        for (const units of ['metric', 'imperial']) {
          const { status } = await api.ask(name, { of: car, token: accessToken, query: dated, headers: { 'sc-unit-system': units } });
          assert.ok([200, 403, 409, 501].includes(status), `${name} of ${car.fixture} answered ${status}`);
        }
      }
      const requests = ['/', '/battery', '/fuel', '/permissions', '/security', '/tesla/charge'].map((path) => ({ path }));
      await answered(`POST ${vehicle}/batch`, { of: car, token: accessToken, body: { requests } });
    }
    const never = api.operations().filter(isRead).filter(({ name }) => !api.succeeded.has(name)).map(({ name }) => name);
    assert.deepEqual(never, []);
  });

  const commands = {
    '/security': [{ action: 'UNLOCK' }, { action: 'LOCK' }],
    '/charge': [{ action: 'STOP' }, { action: 'START' }],
    '/charge/limit': [{ limit: 0.9 }, { limit: '0.7' }],
    '/navigation/destination': [{ latitude: 1.5, longitude: '2' }],
    '/tesla/charge/ammeter': [{ amperage: 12 }],
    '/tesla/charge/charge_port_door': [{ action: 'OPEN' }],
    '/tesla/charge/schedule': [{ type: 'START_TIME', enable: true, time: '22:30' }, { type: 'DEPARTURE_TIME', enabled: false, time: null }],
    '/tesla/climate/cabin': [{ action: 'SET', temperature: 21 }, { action: 'STOP' }],
    '/tesla/climate/defroster': [{ action: 'START' }],
    '/tesla/climate/steering_wheel': [{ action: 'STOP' }],
    '/tesla/pin': [{ pin: '1234' }],
    '/tesla/security/frunk': [{ action: 'OPEN' }],
    '/tesla/security/trunk': [{ action: 'CLOSE' }],
    '/nissan/charge/schedule': [{ chargeSchedules: [{ start: '01:00', end: '02:00', days: ['MONDAY'] }] }],
    '/ford/charge/schedule_by_location': [{ chargingLocation: { chargingWindows: { weekday: [{ start: '01:00', end: '02:00' }] }, chargeLimit: 0.8 } }],
    '/lincoln/charge/schedule_by_location': [{ chargingLocation: { chargingWindows: { weekend: [] } } }],
  };

  test('every command of v2.0', limit, async () => {
    const told = api.operations().filter(({ method, path, operation }) => (
      method !== 'get' && path.startsWith(vehicle) && JSON.stringify(operation).includes('A command')));
    assert.ok(told.length > 15);
    for (const { name, path, method } of told) {
      const below = path.slice(vehicle.length);
      const make = below.split('/')[1].toUpperCase();
      const { accessToken, vehicleIds: [id] } = await connect([makes.includes(make) ? fixtureOf(make) : tesla]);
      await answered('PATCH /_sim/vehicles/{id}', { of: { id }, body: { state: { 'charge-ischargingcableconnected': true, 'charge-ischarging': true } } });
      const request = { of: { id }, token: accessToken };
      if (method === 'delete') {
        await answered(name, request);
      } else {
        await refusedWith(400, name, { ...request, body: { action: 'NOTHING' } });
        for (const body of commands[below]) await answered(name, { ...request, body });
      }
      await answered('PATCH /_sim/vehicles/{id}', { of: { id }, body: { state: { 'connectivitystatus-isasleep': true } } });
      await refusedWith(409, name, { ...request, body: commands[below][0] });
      await answered('PATCH /_sim/vehicles/{id}', { of: { id }, body: { state: { 'connectivitystatus-isasleep': false } } });
    }
  });

  test('whose vehicles, subscriptions and the end of a connection in v2.0', limit, async () => {
    const webhookId = await verifiedWebhook();
    const { accessToken, vehicleIds: [id] } = await connect([tesla], { externalId: 'e' });
    const request = { token: accessToken, of: { id, webhookId } };
    await answered('GET /v2.0/user', request);
    await answered('GET /v2.0/vehicles', { ...request, query: { limit: 5, offset: 0 } });
    await refusedWith(400, 'GET /v2.0/vehicles', { ...request, query: { limit: 500 } });
    await answered(`GET ${vehicle}/permissions`, { ...request, query: { limit: 5, offset: 1 } });
    await refusedWith(400, `POST ${vehicle}/batch`, { ...request, body: { requests: [{ path: '/nowhere' }] } });
    await answered(`POST ${vehicle}/webhooks/{webhookId}`, request);
    await refusedWith(400, `POST ${vehicle}/webhooks/{webhookId}`, { ...request, of: { id, webhookId: 'x' } });
    await answered(`DELETE ${vehicle}/webhooks/{webhookId}`, { ...request, token });
    await refusedWith(403, `GET ${vehicle}/battery`, { ...request, of: { id: nobody } });
    await answered(`DELETE ${vehicle}/application`, request);
    await connect([tesla]);
    await answered(`DELETE ${vehicle}/application`, { ...request, token });
  });

  test('management and compatibility', limit, async () => {
    const basic = ['default', token];
    for (const car of [tesla, 'kia-ev6-2022']) await connect([car]);
    const { connections, paging } = await answered('GET /v2.0/management/connections', { basic, query: { limit: 1 } });
    await answered('GET /v2.0/management/connections', { basic, query: { limit: 1, cursor: paging.cursor, mode: 'live' } });
    await answered('DELETE /v2.0/management/connections', { basic, query: { vehicle_id: connections[0].vehicleId } });
    await refusedWith(400, 'DELETE /v2.0/management/connections', { basic });
    const asked = { basic: client(), query: { vin: '5YJ3E1EA0LF000042', scope: 'read_battery read_fuel control_charge', country: 'US' } };
    for (const { vin } of await fleet()) {
      for (const country of ['US', 'DE']) await answered('GET /v2.0/compatibility', { ...asked, query: { ...asked.query, vin, country } });
    }
    for (const level of ['compatible', 'bev', 'incompatible']) {
      await answered('GET /v2.0/compatibility', { ...asked, query: { ...asked.query, mode: 'test', test_mode_compatibility_level: level } });
    }
    await refusedWith(400, 'GET /v2.0/compatibility', { ...asked, query: { ...asked.query, mode: 'test', test_mode_compatibility_level: 'x' } });
    for (const region of ['US', 'CA', 'EUROPE']) await answered('GET /v2.0/compatibility/matrix', { basic: client(), query: { region } });
    await answered('GET /v2.0/compatibility/matrix', { basic: client(), query: { region: 'US', scope: 'read_battery', make: 'TESLA', type: 'BEV' } });
  });

  test('vehicles and signals of v3, in both shapes', limit, async () => {
    const bearer = await applicationToken();
    for (const car of await fleet()) {
      const { accessToken } = await connect([car.id], { mode: car.mode });
      const { id: user } = await answered('GET /v2.0/user', { token: accessToken });
      for (const request of [{ token: accessToken }, { token: bearer, headers: { 'sc-user-id': user } }]) {
        const of = { id: car.id };
        const { status } = await api.ask('GET /v3/vehicles/{id}', { ...request, of });
        assert.ok([200, 403].includes(status));
        const { data } = await answered('GET /v3/vehicles/{id}/signals', { ...request, of });
        assert.ok(data.length > 3, car.fixture);
        await answered('GET /v3/vehicles/{id}/signals', { ...request, of, query: { 'page[number]': 2, 'page[size]': 2 } });
        for (const { id: code } of data) await answered('GET /v3/vehicles/{id}/signals/{code}', { ...request, of: { ...of, code } });
        await refusedWith(404, 'GET /v3/vehicles/{id}/signals/{code}', { ...request, of: { ...of, code: 'nothing-at-all' } });
      }
    }
    const of = { id: 'tst2e255-d3c8-4f90-9fec-e6e68b98e9cb' };
    for (const below of ['', '/signals']) await answered(`GET /v3/vehicles/{id}${below}`, { of, token: 'test-data-token' });
  });

  test('commands and schedules of v3', limit, async () => {
    const { accessToken, vehicleIds: [id] } = await connect([tesla]);
    const { id: user } = await answered('GET /v2.0/user', { token: accessToken });
    const request = { token: await applicationToken(), headers: { 'sc-user-id': user }, of: { id } };
    const plug = (connected, charging = false) => answered('PATCH /_sim/vehicles/{id}', { of: { id }, body: { state: {
      'charge-ischarging': charging, 'charge-ischargingcableconnected': connected } } });
    const attributes = {
      '/charge/set-limit': { percent: 80 },
      '/navigation/set-destination': { latitude: 1.5, longitude: 2 },
    };
    const told = api.operations().filter(({ path }) => path.startsWith('/v3/vehicles/{id}/commands/'));
    assert.equal(told.length, 8);
    for (const { name, path } of told) {
      const said = attributes[path.slice('/v3/vehicles/{id}/commands'.length)];
      await plug(!path.endsWith('/close'), path.endsWith('/stop'));
      const { data } = await answered(name, { ...request, body: said && { data: { attributes: said } } });
      await answered('GET /v3/vehicles/{id}/command-executions/{executionId}', { ...request, of: { id, executionId: data.id } });
      await refusedWith(400, name, { ...request, headers: {} });
    }
    await plug(true);
    for (const type of ['daily', 'weekly', 'workweek']) {
      const name = `POST /v3/vehicles/{id}/charge-schedules/${type}`;
      const said = { location: { latitude: 1, longitude: 2 }, startTime: '01:00', stopTime: '02:00', ...(type === 'weekly' && { days: ['SUNDAY'] }) };
      await refusedWith(400, name, { ...request, body: { data: { attributes: {} } } });
      const { data } = await answered(name, { ...request, body: { data: { attributes: said } } });
      const execution = { ...request, of: { id, executionId: data.id } };
      await answered('GET /v3/vehicles/{id}/schedule-executions/{executionId}', execution);
      const schedule = { ...request, of: { id, scheduleId: data.attributes.scheduleId } };
      await answered('DELETE /v3/vehicles/{id}/charge-schedules/{scheduleId}', schedule);
      await refusedWith(404, 'DELETE /v3/vehicles/{id}/charge-schedules/{scheduleId}', schedule);
    }
  });

  test('what an application manages in v3', limit, async () => {
    const webhookId = await verifiedWebhook({ version: '4.0', errorCallbackUri: peer.callback });
    await verifiedWebhook();
    const { accessToken, vehicleIds: [vehicleId] } = await connect([tesla], { externalId: 'e' });
    const { id: userId } = await answered('GET /v2.0/user', { token: accessToken });
    const request = { token: await applicationToken() };
    const body = { data: { attributes: { webhookId, userId, vehicleId } } };
    await refusedWith(202, 'POST /v3/subscriptions', { ...request, body });
    await refusedWith(409, 'POST /v3/subscriptions', { ...request, body });
    const ids = {};
    for (const list of ['connections', 'webhooks', 'subscriptions', 'applications']) {
      const { data } = await answered(`GET /v3/${list}`, { ...request, query: { 'page[size]': 1 } });
      ids[list] = data[0].id;
      await answered(`GET /v3/${list}/{id}`, { ...request, of: data[0] });
      await refusedWith(404, `GET /v3/${list}/{id}`, { ...request, of: { id: nobody } });
      await refusedWith(400, `GET /v3/${list}`, { ...request, query: { 'page[size]': 0 } });
    }
    await answered('GET /v3/connections', { ...request, query: { 'filter[userId]': userId, 'filter[vehicle.mode]': 'live', 'filter[user.externalId]': 'e' } });
    await answered('GET /v3/webhooks', { ...request, query: { 'filter[isEnabled]': 'true', 'filter[name]': 'e' } });
    await answered('GET /v3/applications/{id}/secrets', { ...request, of: { id: ids.applications } });
    await answered('GET /v3/compatible-vehicles', { ...request, query: { 'filter[make]': 'TESLA', page: 1, pageSize: 100 } });
    await answered('GET /v3/compatible-vehicles', { ...request, query: { pageSize: 100 } });
    await refusedWith(204, 'DELETE /v3/subscriptions/{id}', { ...request, of: { id: ids.subscriptions } });
    await refusedWith(204, 'DELETE /v3/connections/{id}', { ...request, of: { id: ids.connections } });
    await refusedWith(204, 'DELETE /v3/users/{id}', { ...request, of: { id: userId } });
  });

  test('nobody gets in without credentials, nor a user where only the application may', limit, async () => {
    const { accessToken } = await connect([tesla]);
    for (const { name, operation } of api.operations().filter(({ operation: { security } }) => security)) {
      if (operation.security.some((each) => Object.keys(each).length === 0)) continue;
      await refusedWith(401, name);
      await refusedWith(401, name, { token: 'nobody', headers: { 'sc-user-id': nobody } });
      const schemes = operation.security.flatMap(Object.keys);
      if (schemes.join() === 'applicationToken') await refusedWith(403, name, { token: accessToken });
    }
  });

  test('every refusal of the document is one that a fault can cause', limit, async () => {
    for (const each of api.operations().filter((operation) => !isSim(operation))) {
      for (const status of Object.keys(each.operation.responses).filter((code) => code >= 400)) {
        const [type, code] = kinds[status];
        await refusedWith(201, 'POST /_sim/faults', { body: { endpoint: '*', type, code, times: 1 } });
        await refusedWith(Number(status), each.name);
      }
    }
  });

  // What needs ten thousand events that wait, or a second move of the clock during the first: the C++ tests have both.
  const elsewhere = ({ path }, status) => (
    status === 503 || (status === 409 && ['/_sim/clock/advance', '/_sim/reset', '/_sim/state'].includes(path)));

  test('each operation has been answered with success and refused', () => {
    const names = api.operations().map(({ name }) => name);
    assert.ok(names.length > 120);
    assert.deepEqual(names.filter((name) => !api.succeeded.has(name)), [], 'never succeeded');
    const never = api.operations().flatMap((each) => Object.keys(each.operation.responses).map(Number)
      .filter((status) => status >= 400 && !api.refused.get(each.name)?.has(status) && !elsewhere(each, status))
      .map((status) => `${each.name}: ${status}`));
    assert.deepEqual(never, [], 'never refused');
  });
});
