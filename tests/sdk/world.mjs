// A running platform and one of the official packages pointed at it.
import assert from 'node:assert/strict';
import { approving, pointAt } from './sdks.mjs';
import { serve, sim } from './simulator.mjs';

export const redirectUri = 'http://localhost:3000/exchange';
export const userId = '5e0c5a5e-7d11-4c8e-9b0f-0a53d1c1a001';

export class World {
  constructor(watched) {
    Object.assign(this, watched);  // sdk, real, ledger, has
    this.newer = this.has('getVehicle');  // 10.x; 9.x knows less and asks in older ways
  }

  async start(args = []) {
    this.platform = await serve(['--user-id', userId, ...args], approving);
    Object.assign(this, this.platform.ready);  // origin, clientId, clientSecret, applicationManagementToken
    pointAt(this.origin);
  }

  async stop() {
    assert.equal(await this.platform.stop(), 143);
  }

  sim(...request) {
    return sim(this.origin, ...request);
  }

  async fleet() {
    return (await this.sim('GET', '/vehicles')).vehicles;
  }

  async car(fixture) {
    return (await this.fleet()).find((each) => each.fixture === fixture);
  }

  // Resolves once the fleet shows the values; the car as it is then.
  async patch(fixture, state) {
    await this.sim('PATCH', `/vehicles/${fixture}`, { state });
    const car = await this.car(fixture);
    for (const [code, said] of Object.entries(state)) {
      const body = car.state[code];
      assert.ok(body, `${fixture} lacks ${code}`);
      const wanted = typeof said === 'object' ? said : { value: said };
      const shown = 'activeLimit' in body && !('activeLimit' in wanted) ? { value: body.activeLimit } : body;
      for (const [member, value] of Object.entries(wanted)) {
        if (member !== 'value' || 'value' in shown) assert.deepEqual(shown[member], value, `${code} of ${fixture}`);
      }
    }
    return car;
  }

  // What a user's visit of Connect brings: tokens for these cars, for all the live ones if none is named.
  connect(vehicles = undefined, scope = []) {
    return this.sim('POST', '/connect', { vehicles, scope });
  }

  async token(vehicles, scope) {
    return (await this.connect(vehicles, scope)).accessToken;
  }

  // The package's Vehicle of a fixture, for which the user has just granted everything or `scope`.
  async connected(fixture, { scope = [], ...options } = {}) {
    const { accessToken, vehicleIds: [id] } = await this.connect([fixture], scope);
    return new this.sdk.Vehicle(id, accessToken, options);
  }

  async advance(by) {
    return new Date((await this.sim('POST', '/clock/advance', { by })).now);
  }

  now() {
    return this.advance('1ms');
  }

  async lastRequest() {
    return (await this.sim('GET', '/requests')).requests.at(-1);
  }

  client(options = {}) {
    const { clientId, clientSecret } = this;
    return new this.sdk.AuthClient({ clientId, clientSecret, redirectUri, ...options });
  }
}

export const tesla = 'tesla-model-3-2020';

export function bodyOf({ meta, ...body }) {
  assert.ok(meta);
  return body;
}
