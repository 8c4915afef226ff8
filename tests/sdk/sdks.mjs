// The official packages, unmodified, behind a proxy that keeps a list of what was called and how it ended: a test that
// walks a package asks it at the end what was left out.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
export const sdks = ['smartcar', 'smartcar-9'].map((name) => (
  { name: `${name} ${load(`${name}/package.json`).version}`, load: () => watched(load(name)) }));

export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// What another file walks, because another part of the platform serves it. Each says at its end that it did.
export const elsewhere = {
  'v3.test.mjs': ['getVehicle', 'Vehicle.getSignals', 'Vehicle.getSignal'],
  'management.test.mjs': ['getConnections', 'deleteConnections'],
  'compatibility.test.mjs': ['getCompatibility', 'getCompatibilityMatrix'],
};

// Names as in `elsewhere`; `succeeded` and `refused` hold those of calls that ended so.
class Ledger {
  succeeded = new Set();
  refused = new Set();

  end(name, outcome) {
    if (typeof outcome?.then !== 'function') return this.succeeded.add(name);
    outcome.then(() => this.succeeded.add(name), () => this.refused.add(name));
  }

  // A method called on the proxy has the real object as its `this`: what it calls in turn is nobody's test.
  around(target, prefix) {
    return new Proxy(target, {
      get: (object, name) => {
        const value = Reflect.get(object, name);
        if (typeof value !== 'function' || typeof name !== 'string' || name === 'constructor') return value;
        return (...args) => {
          const outcome = Reflect.apply(value, object, args);
          this.end(prefix + name, outcome);
          return outcome;
        };
      },
    });
  }

  class(name, Real) {
    return new Proxy(Real, {
      construct: (target, args) => {
        const made = this.around(Reflect.construct(target, args), `${name}.`);
        this.succeeded.add(name);
        return made;
      },
    });
  }
}

function watched(real) {
  const ledger = new Ledger();
  const classes = {
    Vehicle: ledger.class('Vehicle', real.Vehicle),
    AuthClient: ledger.class('AuthClient', real.AuthClient),
    SmartcarError: real.SmartcarError,
  };
  const functions = ledger.around(real, '');
  return {
    real,
    ledger,
    sdk: new Proxy(real, { get: (_, name) => classes[name] ?? functions[name] }),
    has: (name) => names(real).includes(name),
  };
}

// All that a package exports: functions, classes and the methods of their instances.
export function names(real) {
  const methods = (of) => Object.getOwnPropertyNames(real[of].prototype)
    .filter((name) => name !== 'constructor').map((name) => `${of}.${name}`);
  return [...Object.keys(real), ...methods('Vehicle'), ...methods('AuthClient')];
}

// What needs no answer of the platform cannot be refused by it.
export const local = ['SmartcarError', 'Vehicle', 'AuthClient', 'setApiVersion', 'getApiVersion', 'hashChallenge',
  'verifyPayload', 'AuthClient.getAuthUrl'];

// Fails unless each of the names has been called with success and with a refusal.
export function assertWalked({ real, ledger }, wanted) {
  const walkable = wanted.filter((name) => names(real).includes(name) && name !== 'SmartcarError');
  assert.deepEqual(walkable.filter((name) => !ledger.succeeded.has(name)), [], 'never succeeded');
  assert.deepEqual(walkable.filter((name) => !local.includes(name) && !ledger.refused.has(name)), [], 'never refused');
}

// The SmartcarError that a promise or a function ends with, checked for all that applications read of one. `code` is
// null where the wire says null; `resolution` is the type, with a URL as [type, URL].
export async function refusal(sdk, outcome, { statusCode, type, code = null, resolution = null }) {
  let error;
  try {
    const value = await (typeof outcome === 'function' ? outcome() : outcome);
    assert.fail(`was not refused: ${JSON.stringify(value)}`);
  } catch (thrown) {
    if (!(thrown instanceof sdk.SmartcarError)) throw thrown;
    error = thrown;
  }
  const [resolutionType, url] = [resolution].flat();
  assert.deepEqual(
    { statusCode: error.statusCode, type: error.type, code: error.code ?? null, resolution: error.resolution },
    { statusCode, type, code, resolution: url ? { type: resolutionType, url } : { type: resolutionType } },
    error.message);
  assert.equal(error.name, 'SmartcarError');
  assert.equal(error.message, `${type}:${code} - ${error.description}`);
  assert.match(error.description, /^\S.+\S$/);
  assert.match(error.requestId, uuid);
  const kebab = (words) => words.toLowerCase().replaceAll('_', '-');
  assert.equal(error.docURL,
    `https://smartcar.com/docs/errors/api-errors/${kebab(type)}-errors#${kebab(code ?? 'null')}`);
  assert.ok(error.suggestedUserMessage === undefined || error.suggestedUserMessage.length > 0);
  return error;
}

export const refusals = {
  unauthorized: { statusCode: 401, type: 'AUTHENTICATION' },
  notGranted: { statusCode: 403, type: 'PERMISSION', resolution: 'REAUTHENTICATE' },
  invalid: { statusCode: 400, type: 'VALIDATION' },
  badParameter: { statusCode: 400, type: 'VALIDATION', code: 'PARAMETER' },
  notCapable: { statusCode: 501, type: 'COMPATIBILITY', code: 'VEHICLE_NOT_CAPABLE' },
  notSupported: { statusCode: 501, type: 'COMPATIBILITY', code: 'SMARTCAR_NOT_CAPABLE' },
  noSuchVersion: { statusCode: 404, type: 'RESOURCE_NOT_FOUND', code: 'VERSION' },
  noSuchPath: { statusCode: 404, type: 'RESOURCE_NOT_FOUND', code: 'PATH' },
  state: (code, resolution = null) => ({ statusCode: 409, type: 'VEHICLE_STATE', code, resolution }),
};

// serve answers /oauth/authorize at once.
export const approving = { SMARTCAR_SIM_CONNECT: 'approve' };

export function pointAt(origin) {
  for (const name of ['API', 'AUTH', 'API_V3', 'MANAGEMENT_API']) process.env[`SMARTCAR_${name}_ORIGIN`] = origin;
}
