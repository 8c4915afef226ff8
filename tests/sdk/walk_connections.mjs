// How an application comes to its tokens and parts with its cars: AuthClient, webhooks, disconnecting.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { refusal, refusals, uuid } from './sdks.mjs';
import { bodyOf, redirectUri, tesla } from './world.mjs';

const limit = { timeout: 30_000 };
const hour = 60 * 60 * 1000;
const nobody = '99999999-9999-4999-8999-999999999999';

// What a browser gets when it goes to the authorize URL: the query of where it is sent, or a page.
async function visit(url) {
  const response = await fetch(url, { redirect: 'manual' });
  if (response.status !== 302) return { status: response.status, page: await response.text() };
  const back = new URL(response.headers.get('location'));
  return { status: 302, to: `${back.origin}${back.pathname}`, query: Object.fromEntries(back.searchParams) };
}

// OAuth's errors have a type and a description, and nothing else of an API error.
async function oauthRefusal({ sdk }, promise, statusCode, type, description) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof sdk.SmartcarError);
    assert.equal(error.statusCode, statusCode);
    assert.equal(error.type, type);
    assert.match(error.description, description);
    assert.match(error.requestId, uuid);
    return true;
  });
}

function assertAccess(access) {
  assert.deepEqual(Object.keys(access).sort(), ['accessToken', 'expiration', 'refreshExpiration', 'refreshToken']);
  assert.match(access.accessToken, uuid);
  assert.match(access.refreshToken, uuid);
  const near = (date, hours) => Math.abs(date - Date.now() - hours * hour) < 60_000;
  assert.ok(near(access.expiration, 2));
  assert.ok(near(access.refreshExpiration, 60 * 24));
}

function authorize(world) {
  test('getAuthUrl leads back with a code and the state as it was', limit, async () => {
    const state = 'a state & more = ü/車?#%20';
    const url = world.client().getAuthUrl(['read_odometer', 'required:read_vin'],
      { state, forcePrompt: true, flags: { country: 'DE', x: true } });
    assert.ok(url.startsWith(`${world.origin}/oauth/authorize?`));
    const { status, to, query } = await visit(url);
    assert.equal(status, 302);
    assert.equal(to, redirectUri);
    assert.match(query.code, uuid);
    assert.equal(query.state, state);
    const { accessToken } = await world.client().exchangeCode(query.code);
    const { vehicles: [id] } = await world.sdk.getVehicles(accessToken);
    const { permissions } = await new world.sdk.Vehicle(id, accessToken).permissions();
    assert.deepEqual(permissions.sort(), ['read_odometer', 'read_vin']);
  });

  test('a mode decides which cars come back', limit, async () => {
    const fleet = await world.fleet();
    for (const mode of ['live', 'simulated', 'test']) {
      const { query } = await visit(world.client({ mode }).getAuthUrl(['read_vin']));
      const { accessToken } = await world.client().exchangeCode(query.code);
      const { vehicles } = await world.sdk.getVehicles(accessToken, { limit: 50 });
      const wanted = mode === 'live' ? 'live' : 'simulated';
      assert.deepEqual(vehicles, fleet.filter((car) => car.mode === wanted).map(({ id }) => id), mode);
    }
  });

  test('a required permission leaves out the cars that lack it', limit, async () => {
    const able = (await world.fleet()).filter(({ mode, permissions }) => (
      mode === 'live' && permissions.includes('read_fuel') && permissions.includes('read_engine_oil')));
    const { query } = await visit(
      world.client().getAuthUrl(['required:read_fuel', 'required:read_engine_oil', 'read_charge']));
    const { accessToken } = await world.client().exchangeCode(query.code);
    assert.deepEqual((await world.sdk.getVehicles(accessToken)).vehicles, able.map(({ id }) => id));
    assert.ok(able.length > 0);
  });

  test('an application nobody knows gets a page and no redirect', limit, async () => {
    const { status, page } = await visit(world.client({ clientId: nobody }).getAuthUrl(['read_vin']));
    assert.equal(status, 400);
    assert.ok(page.includes('<html'));
  });
}

function exchange(world) {
  test('exchangeCode works once, exchangeRefreshToken rotates with a grace', limit, async () => {
    const client = world.client();
    const { code } = await world.sim('POST', '/connect', { redirectUri });
    const access = await client.exchangeCode(code, { flags: { country: 'DE' } });
    assertAccess(access);
    assert.ok((await world.lastRequest()).target.startsWith('/oauth/token?flags=country'));
    await oauthRefusal(world, client.exchangeCode(code), 400, 'invalid_request', /^Invalid code: .+\.$/);

    const renewed = await client.exchangeRefreshToken(access.refreshToken);
    assertAccess(renewed);
    assert.notEqual(renewed.refreshToken, access.refreshToken);
    assertAccess(await client.exchangeRefreshToken(access.refreshToken));  // within the grace
    for (const { accessToken } of [access, renewed]) await world.sdk.getUser(accessToken);

    await world.advance('11m');  // past either of the graces that are documented
    const { exchangeRefreshToken } = client;
    await oauthRefusal(world, exchangeRefreshToken(access.refreshToken), 400, 'invalid_request',
      /^Invalid refresh_token: .+\.$/);
    assertAccess(await exchangeRefreshToken(renewed.refreshToken, { flags: { country: 'DE' } }));
    await oauthRefusal(world, exchangeRefreshToken(nobody), 400, 'invalid_request', /^Invalid refresh_token: .+\.$/);
  });

  test('a code lives ten minutes', limit, async () => {
    const [early, late] = [await world.connect([tesla]), await world.connect([tesla])];
    await world.advance('9m');
    assertAccess(await world.client().exchangeCode(early.code));
    await world.advance('1m');
    await oauthRefusal(world, world.client().exchangeCode(late.code), 400, 'invalid_request', /^Invalid code: /);
  });

  test('no redirect URI at the exchange, or another one', limit, async () => {
    const { sdk, clientId, clientSecret } = world;
    if (world.newer) {
      // 10.x says the word "undefined" then.
      const { code } = await world.connect([tesla]);
      assertAccess(await new sdk.AuthClient({ clientId, clientSecret }).exchangeCode(code));
      const { query } = await visit(world.client().getAuthUrl(['read_vin']));
      assertAccess(await new sdk.AuthClient({ clientId, clientSecret }).exchangeCode(query.code));
    } else {
      assert.throws(() => new sdk.AuthClient({ clientId, clientSecret }), /SMARTCAR_REDIRECT_URI not set/);
    }
    const { query } = await visit(world.client().getAuthUrl(['read_vin']));
    const other = world.client({ redirectUri: 'http://localhost:3000/elsewhere' });
    await oauthRefusal(world, other.exchangeCode(query.code), 400, 'invalid_request', /^Invalid redirect_uri: /);
  });

  test('another secret or another client is 401', limit, async () => {
    const { code, refreshToken } = await world.connect([tesla]);
    for (const wrong of [{ clientSecret: nobody }, { clientId: nobody }]) {
      const client = world.client(wrong);
      await oauthRefusal(world, client.exchangeCode(code), 401, 'invalid_client', /\w/);
      await oauthRefusal(world, client.exchangeRefreshToken(refreshToken), 401, 'invalid_client', /\w/);
    }
    assertAccess(await world.client().exchangeCode(code));  // none of that used it up
  });
}

function webhooks(world) {
  test('hashChallenge and verifyPayload are the HMAC of the contract', () => {
    const { sdk } = world;
    assert.equal(sdk.hashChallenge('amt', 'challenge'),
      '9baf5a7464bd86740ad5a06e439dcf535a075022ed2c92d74efacf646d79328e');
    assert.equal(sdk.hashChallenge('amt', 'challenge'), createHmac('sha256', 'amt').update('challenge').digest('hex'));
    const signature = '4c05a8da471f05156ad717baa4017acd13a3a809850b9ca7d3301dcaaa854f70';
    assert.equal(sdk.verifyPayload('amt', signature, { pizza: 'pasta' }), true);
    assert.equal(sdk.verifyPayload('amt', signature, { pizza: 'funghi' }), false);
    assert.equal(sdk.verifyPayload('other', signature, { pizza: 'pasta' }), false);
  });

  test('subscribe and unsubscribe', limit, async () => {
    const { sdk, applicationManagementToken: amt } = world;
    const { id: webhookId } = await world.sim('POST', '/webhooks', { callbackUri: 'http://127.0.0.1:9/webhooks' });
    const subscriptions = async () => (await world.sim('GET', `/webhooks/${webhookId}`)).subscriptions.length;
    const vehicle = await world.connected(tesla);
    const subscribed = await vehicle.subscribe(webhookId);
    assert.deepEqual(bodyOf(subscribed), { webhookId, vehicleId: vehicle.id });
    assert.deepEqual(Object.keys(subscribed.meta), ['requestId']);
    assert.equal(await subscriptions(), 1);

    await refusal(sdk, vehicle.unsubscribe(nobody, webhookId), refusals.unauthorized);
    await refusal(sdk, vehicle.unsubscribe(vehicle.token, webhookId), refusals.unauthorized);
    assert.equal(await subscriptions(), 1);
    assert.deepEqual(bodyOf(await vehicle.unsubscribe(amt, webhookId)), { status: 'success' });
    assert.equal(await subscriptions(), 0);

    const other = (await world.car('kia-ev6-2022')).id;
    await refusal(sdk, vehicle.subscribe('my-webhook'), refusals.invalid);
    await refusal(sdk, vehicle.unsubscribe(amt, 'my-webhook'), refusals.invalid);
    await refusal(sdk, new sdk.Vehicle(other, vehicle.token).subscribe(webhookId), refusals.notGranted);
    await refusal(sdk, new sdk.Vehicle('my-car', vehicle.token).subscribe(webhookId), refusals.invalid);
    await refusal(sdk, new sdk.Vehicle(vehicle.id, nobody).subscribe(webhookId), refusals.unauthorized);
  });
}

function disconnecting(world) {
  test('disconnect takes one car away, with the token or the application management token', limit, async () => {
    const { sdk, applicationManagementToken: amt } = world;
    for (const token of [undefined, amt]) {
      const { accessToken, vehicleIds } = await world.connect([tesla, 'kia-ev6-2022']);
      const [id, other] = vehicleIds;
      const gone = await new sdk.Vehicle(id, token ?? accessToken).disconnect();
      assert.deepEqual(bodyOf(gone), { status: 'success' });
      assert.match(gone.meta.requestId, uuid);
      assert.equal((await world.car(tesla)).connected, false);
      const vehicle = new sdk.Vehicle(id, accessToken);
      for (const outcome of [vehicle.odometer(), vehicle.lock(), vehicle.permissions(), vehicle.batch(['/'])]) {
        await refusal(sdk, outcome, refusals.notGranted);
      }
      assert.ok((await new sdk.Vehicle(other, accessToken).battery()).percentRemaining > 0);
      assert.deepEqual((await sdk.getVehicles(accessToken)).vehicles, [other]);
      await refusal(sdk, vehicle.disconnect(), refusals.notGranted);
    }
    // To connect again brings it back.
    const vehicle = await world.connected(tesla);
    await vehicle.odometer();
    await refusal(sdk, new sdk.Vehicle('my-car', vehicle.token).disconnect(), refusals.invalid);
    await refusal(sdk, new sdk.Vehicle(vehicle.id, nobody).disconnect(), refusals.unauthorized);
    await vehicle.odometer();
  });

  test('disconnecting ends a subscription', limit, async () => {
    const { id: webhookId } = await world.sim('POST', '/webhooks', { callbackUri: 'http://127.0.0.1:9/webhooks' });
    const vehicle = await world.connected(tesla);
    await vehicle.subscribe(webhookId);
    await vehicle.disconnect();
    const { eventIds = [] } = await world.sim('POST', '/events', {
      vehicleId: tesla, event: 'CHARGING_STARTED', to: webhookId,
    }).catch((error) => { assert.match(error.message, /answered 409/); return {}; });
    assert.deepEqual(eventIds, []);
  });

  test('request() reaches what has no method, and refuses what is nowhere', limit, async () => {
    const vehicle = await world.connected(tesla);
    const { body, meta } = await vehicle.request('GET', 'odometer');
    assert.equal(body.distance, (await world.car(tesla)).state['odometer-traveleddistance'].value);
    assert.match(meta.requestId, uuid);
    const wrong = vehicle.request('GET', 'odometer', undefined, { Authorization: 'Basic bm9ib2R5OnNlY3JldA==' });
    await refusal(world.sdk, wrong, refusals.unauthorized);
    await refusal(world.sdk, vehicle.request('GET', 'wings'), refusals.noSuchPath);
    await refusal(world.sdk, vehicle.request('PUT', 'odometer', {}), { ...refusals.noSuchPath, statusCode: 405 });
  });
}

export function walkConnections(world) {
  describe('connections', () => {
    authorize(world);
    exchange(world);
    webhooks(world);
    disconnecting(world);
  });
}
