// GET /_sim/openapi.json as a client takes it: JSON Schema 2020-12 by ajv, each request and each answer compared with
// what the document says of its operation.
import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';

const formats = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  uri: /^[a-z][a-z0-9+.-]*:\/\/\S+$/,
};
const methods = ['get', 'put', 'post', 'delete', 'patch'];
const form = 'application/x-www-form-urlencoded';
const pointer = (...names) => `#${names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;

export class Described {
  succeeded = new Set();
  refused = new Map();  // the statuses by operation

  constructor(origin, document) {
    Object.assign(this, { origin, document });
    this.ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true, formats });
    this.ajv.addVocabulary(Object.keys(document));  // the schemas' home, which says nothing as a schema
    this.ajv.addSchema({ $id: 'openapi.json', ...document });
  }

  static async load(origin) {
    const response = await fetch(`${origin}/_sim/openapi.json`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    return new Described(origin, await response.json());
  }

  // [{ method, path, name, operation }]; the name is "GET /_sim/health".
  operations() {
    return Object.entries(this.document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => {
      assert.ok(methods.includes(method), `${path} has ${method}`);
      return { method, path, name: `${method.toUpperCase()} ${path}`, operation };
    }));
  }

  // Follows a "$ref", to the place where the thing itself is: its names from the root of the document.
  resolve(value, place) {
    if (!value.$ref) return { value, place };
    const names = value.$ref.replace(/^#\//, '').split('/');
    const found = names.reduce((inside, name) => inside?.[name], this.document);
    assert.ok(found, `${value.$ref} leads nowhere`);
    return this.resolve(found, names);
  }

  validator(place) {
    const validate = this.ajv.getSchema(`openapi.json${pointer(...place)}`);
    assert.ok(validate, place.join(' '));
    return validate;
  }

  // Every schema of the document, compiled.
  compileAll() {
    let count = 0;
    const walk = (value, place) => {
      if (typeof value !== 'object' || value === null) return;
      if (value.$ref) this.resolve(value, place);
      for (const [name, inside] of Object.entries(value)) {
        const isSchema = name === 'schema' || (place.length === 2 && place[1] === 'schemas');
        if (isSchema) count += this.validator([...place, name]) ? 1 : 0;
        walk(inside, [...place, name]);
      }
    };
    walk(this.document, []);
    return count;
  }

  // Asks and compares. `of` are the names in the path; a `body` that is URLSearchParams goes as a form.
  async ask(name, { of = {}, query = {}, body, token, basic, headers = {}, raw } = {}) {
    const [upper, path] = name.split(' ');
    const method = upper.toLowerCase();
    const operation = this.document.paths[path]?.[method];
    assert.ok(operation, `${name} is not in the document`);
    const target = path.replace(/\{(\w+)\}/g, (_, key) => encodeURIComponent(of[key] ?? 'nothing'));
    const search = new URLSearchParams(query).size ? `?${new URLSearchParams(query)}` : '';
    const sent = { ...headers };
    if (token) sent.authorization = `Bearer ${token}`;
    if (basic) sent.authorization = `Basic ${btoa(basic.join(':'))}`;
    if (body !== undefined) sent['content-type'] = body instanceof URLSearchParams ? form : 'application/json';
    const response = await fetch(this.origin + target + search, {
      method: upper, headers: sent, redirect: 'manual',
      body: body instanceof URLSearchParams ? body.toString() : raw ?? (body && JSON.stringify(body)),
    });
    const answer = await this.judge({ name, path, method, operation }, response);
    if (response.ok || response.status === 302) this.assertAsked({ name, path, method, operation }, { query, body });
    return answer;
  }

  // What succeeds must be what the document lets one ask.
  assertAsked({ name, path, method, operation }, { query, body }) {
    const known = (operation.parameters ?? []).filter((each) => each.in === 'query').map((each) => each.name);
    for (const field of Object.keys(query)) assert.ok(known.includes(field), `${name} has no ?${field}`);
    if (body === undefined) return;
    const isForm = body instanceof URLSearchParams;
    const place = ['paths', path, method, 'requestBody', 'content', isForm ? form : 'application/json', 'schema'];
    assert.ok(operation.requestBody, `${name} has no body`);
    const validate = this.validator(place);
    assert.ok(validate(isForm ? Object.fromEntries(body) : body), `${name} takes ${JSON.stringify(body)}: ${JSON.stringify(validate.errors)}`);
  }

  async judge({ name, path, method, operation }, response) {
    const text = await response.text();
    const { status } = response;
    const said = operation.responses[status];
    assert.ok(said, `${name} answered ${status}, which is not in the document: ${text}`);
    if (status < 400) this.succeeded.add(name);
    else this.refused.set(name, (this.refused.get(name) ?? new Set()).add(status));
    const { value, place } = this.resolve(said, ['paths', path, method, 'responses', String(status)]);
    this.assertHeaders(name, value, response);
    const type = response.headers.get('content-type')?.split(';')[0];
    if (!value.content) {
      assert.equal(text, '', `${name} has no body in the document`);
      return { status, headers: response.headers };
    }
    assert.ok(value.content[type], `${name} answered ${status} with ${type}, which is not in the document`);
    if (type !== 'application/json') return { status, headers: response.headers, text };
    const body = JSON.parse(text);
    const validate = this.validator([...place, 'content', type, 'schema']);
    assert.ok(validate(body), `${name} answered ${status} ${text.slice(0, 2000)}: ${JSON.stringify(validate.errors, null, 1)}`);
    return { status, headers: response.headers, body };
  }

  assertHeaders(name, value, response) {
    for (const [header, described] of Object.entries(value.headers ?? {})) {
      const { place, value: { required } } = this.resolve(described, []);
      const content = response.headers.get(header);
      if (content === null) {
        assert.ok(!required, `${name} answered ${response.status} without ${header}`);
        continue;
      }
      const validate = this.validator([...place, 'schema']);
      assert.ok(validate(content), `${name} has ${header}: ${content}`);
    }
  }
}
