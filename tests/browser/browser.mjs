// A real Chromium without a window, and the application that Connect sends it back to.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { serve, sim } from '../sdk/simulator.mjs';

const { CHROMIUM: executablePath } = process.env;
const axe = createRequire(import.meta.url)('axe-core').source;

// No name but this machine's resolves, so that a page that asked for more would get nothing and be seen.
const offline = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';

// The client's end of a visit. `redirectUri` is where it listens; `requests` are the URLs that arrived there.
class Application {
  requests = [];

  async start() {
    this.server = createServer((request, response) => {
      this.requests.push(new URL(request.url, this.redirectUri));
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Application</title>');
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.redirectUri = `http://localhost:${this.server.address().port}/exchange`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

// Connect's pages, a browser and the application.
export class World {
  async start() {
    this.platform = await serve(['--connect', 'page']);
    Object.assign(this, this.platform.ready);  // origin, clientId, clientSecret
    this.application = new Application();
    await this.application.start();
    this.browser = await chromium.launch({ executablePath, args: [offline, '--disable-dev-shm-usage'] });
  }

  async stop() {
    await this.browser?.close();
    this.application?.stop();
    assert.equal(await this.platform?.stop(), 143);
  }

  sim(...request) {
    return sim(this.origin, ...request);
  }

  async reset() {
    await this.sim('POST', '/reset');
    this.application.requests.length = 0;
  }

  async car(fixture) {
    return (await this.sim('GET', '/vehicles')).vehicles.find((each) => each.fixture === fixture);
  }

  // What an application writes behind its button.
  authorizeUrl(more = {}) {
    return this.url('/oauth/authorize', { response_type: 'code', state: 's', scope: 'read_vin read_odometer', ...more });
  }

  url(path, parameters) {
    const { origin, clientId, application: { redirectUri } } = this;
    return `${origin}${path}?${new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, ...parameters })}`;
  }

  // Lets somebody browse. Whatever the console says and whatever is asked of another machine fails the visit.
  async browse(walk, options = {}) {
    const objections = [];
    const context = await this.browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
    context.setDefaultTimeout(20_000);
    context.on('console', (message) => {
      // A page about a bad request has that status; Chromium notes every one.
      if (!/^Failed to load resource: .* status of 400 /.test(message.text())) objections.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => objections.push(`script: ${error.error()}`));
    context.on('requestfailed', (request) => objections.push(`failed: ${request.url()}`));
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol !== 'data:' && !['localhost', '127.0.0.1'].includes(hostname)) objections.push(`foreign: ${request.url()}`);
    });
    try {
      await walk(await context.newPage());
    } finally {
      await context.close();
    }
    assert.deepEqual(objections, []);
  }

  // The query that the visit ended with, as an object whose members are in the order they were sent.
  async arrival(page) {
    await page.waitForURL((url) => url.href.startsWith(this.application.redirectUri));
    const query = [...this.application.requests.at(-1).searchParams];
    const arrived = Object.fromEntries(query);
    assert.equal(Object.keys(arrived).length, query.length, 'a parameter came twice');
    return arrived;
  }

  async exchange(code, redirectUri = this.application.redirectUri) {
    const response = await fetch(`${this.origin}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${this.clientId}:${this.clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    });
    const tokens = await response.json();
    assert.equal(response.status, 200, JSON.stringify(tokens));
    return tokens.access_token;
  }

  async read(token, path) {
    const response = await fetch(`${this.origin}/v2.0${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: await response.json() };
  }
}

// Does what leads to another page, and waits until that one is whole: what a click or a key starts, the browser may begin
// only after it has answered.
export const turn = (page, act) => Promise.all([page.waitForEvent('load'), act()]);
export const follow = (page, selector) => turn(page, () => page.click(selector));

// Signs in as a user does who holds a pointer. The brand is chosen unless the visit fixes it.
export async function signIn(page, { brand, username = 'me@example.com' } = {}) {
  await follow(page, '#continue-button');
  if (brand) await follow(page, `button#${brand}.brand-list-item`);
  await page.fill('#username', username);
  await page.fill('#password', 'any');
  await follow(page, '#sign-in-button');
}

// What the accessibility checker objects to, a line each.
export async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate('axe.run()');
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`));
}
