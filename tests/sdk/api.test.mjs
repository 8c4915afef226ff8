// The official package, unmodified, against serve: the tutorial of event based webhooks as its users write it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import smartcar from 'smartcar';
import { receiver } from './receiver.mjs';
import { serve, sim } from './simulator.mjs';

const limit = { timeout: 30_000 };
const scope = ['read_vehicle_info', 'read_battery', 'read_charge'];

describe('the official package', () => {
  let platform;
  let peer;
  let client;
  before(async () => {
    platform = await serve(['--connect', 'approve']);
    const { origin, clientId, clientSecret, applicationManagementToken } = platform.ready;
    for (const name of ['API', 'AUTH', 'API_V3', 'MANAGEMENT_API']) process.env[`SMARTCAR_${name}_ORIGIN`] = origin;
    peer = await receiver(applicationManagementToken);
    client = new smartcar.AuthClient({ clientId, clientSecret, redirectUri: 'http://localhost:3000/exchange', mode: 'live' });
  });
  after(async () => {
    peer.close();
    assert.equal(await platform.stop(), 143);
  });

  // What the browser does with the authorize URL: it follows one redirect to the application.
  async function connect(state) {
    const response = await fetch(client.getAuthUrl(scope, { state }), { redirect: 'manual' });
    assert.equal(response.status, 302, await response.text());
    const back = new URL(response.headers.get('location'));
    assert.equal(back.searchParams.get('state'), state);
    return client.exchangeCode(back.searchParams.get('code'));
  }

  async function verifiedWebhook(settings) {
    const webhook = await sim(platform.ready.origin, 'POST', '/webhooks',
      { name: 'From the test', callbackUri: peer.callback, ...settings });
    const verdict = await sim(platform.ready.origin, 'POST', `/webhooks/${webhook.id}/verify`);
    assert.equal(verdict.verified, true, JSON.stringify(verdict));
    return webhook.id;
  }

  test('exchanges a code and refreshes the token', limit, async () => {
    const access = await connect('a state & more: ü');
    assert.ok(access.accessToken);
    const renewed = await client.exchangeRefreshToken(access.refreshToken);
    assert.ok(renewed.accessToken);
    assert.notEqual(renewed.accessToken, access.accessToken);
  });

  test('lists the vehicles and reads one', limit, async () => {
    const { accessToken } = await connect('list');
    const { vehicles, paging } = await smartcar.getVehicles(accessToken, { limit: 50 });
    assert.equal(paging.count, vehicles.length);
    const attributes = await new smartcar.Vehicle(vehicles[0], accessToken).attributes();
    assert.equal(attributes.id, vehicles[0]);
    assert.ok(attributes.meta.requestId);
  });

  test('gets an error it can read for a token nobody issued', limit, async () => {
    await assert.rejects(smartcar.getVehicles('nobody-issued-this'), (error) => {
      assert.ok(error instanceof smartcar.SmartcarError);
      assert.equal(error.statusCode, 401);
      assert.equal(error.type, 'AUTHENTICATION');
      return true;
    });
  });

  test('subscribes a vehicle to a 2.0 webhook, gets its events, and unsubscribes', limit, async () => {
    const { origin, applicationManagementToken } = platform.ready;
    const webhookId = await verifiedWebhook({ type: 'eventBased', version: '2.0', events: ['CHARGING_STARTED'] });
    const { accessToken } = await connect('subscribe');
    const [vehicleId] = (await smartcar.getVehicles(accessToken)).vehicles;
    const vehicle = new smartcar.Vehicle(vehicleId, accessToken);

    const subscription = await vehicle.subscribe(webhookId);
    assert.equal(subscription.webhookId, webhookId);
    assert.equal(subscription.vehicleId, vehicleId);

    const sent = { vehicleId, event: 'CHARGING_STARTED', to: webhookId };
    const { eventIds } = await sim(origin, 'POST', '/events?wait=5s', sent);
    assert.deepEqual(peer.accepted.map((body) => body.payload?.eventId), eventIds);

    await vehicle.unsubscribe(applicationManagementToken, webhookId);
    await assert.rejects(sim(origin, 'POST', '/events', sent), /answered 409/);
  });

  test('subscribes a vehicle to a 4.0 webhook and gets the first delivery', limit, async () => {
    const { origin } = platform.ready;
    const webhookId = await verifiedWebhook({ type: 'signals', version: '4.0', triggers: ['charge-ischarging'], data: ['charge-ischarging'] });
    const { accessToken } = await connect('signals');
    const [vehicleId] = (await smartcar.getVehicles(accessToken)).vehicles;
    await new smartcar.Vehicle(vehicleId, accessToken).subscribe(webhookId);

    const { deliveries } = await sim(origin, 'GET', `/deliveries?webhookId=${webhookId}&wait=5s`);
    assert.equal(deliveries.at(-1).outcome, 'delivered');
    const first = peer.accepted.at(-1);
    assert.equal(first.eventType, 'VEHICLE_STATE');
    assert.equal(first.triggers[0].type, 'FIRST_DELIVERY');
  });
});
