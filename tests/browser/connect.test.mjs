// Connect as a person clicks through it: every way it can end, and what the application is told.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { World, follow, signIn, turn } from './browser.mjs';

const limit = { timeout: 120_000 };
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const world = new World();
before(() => world.start());
after(() => world.stop());
beforeEach(() => world.reset());

const values = (page, name) => page.locator(`input[name=${name}]`).evaluateAll((all) => all.map(({ value }) => value));

async function vehiclesOf({ code }) {
  return (await world.read(await world.exchange(code), '/vehicles')).body.vehicles;
}

describe('approving', () => {
  test('the ids of the official tests lead to a code, which is worth a token for the vehicles ticked', limit, () => (
    world.browse(async (page) => {
      await page.goto(world.authorizeUrl());
      await follow(page, 'button#continue-button');
      await page.fill('input#brand-search', 'tes');
      await turn(page, () => page.press('input#brand-search', 'Enter'));
      await follow(page, 'button#TESLA.brand-list-item');
      await page.fill('input#username', 'me@example.com');
      await page.fill('input#password', 'any');
      await follow(page, 'button#sign-in-button');
      assert.ok(await page.isVisible('.page-content'));
      const offered = await values(page, 'vehicle');
      await follow(page, 'button#approval-button');
      const { code, ...rest } = await world.arrival(page);
      assert.match(code, uuid);
      assert.deepEqual(rest, { state: 's' });
      assert.deepEqual(await vehiclesOf({ code }), offered);
      assert.equal(offered.length, 2);
    })));

  test('what is not ticked is not shared, neither vehicle nor permission', limit, () => world.browse(async (page) => {
    await page.goto(world.authorizeUrl());
    await signIn(page, { brand: 'TESLA' });
    const [left, kept] = await values(page, 'vehicle');
    await page.uncheck(`input[value="${left}"]`);
    await page.uncheck('input[value=read_odometer]');
    await follow(page, '#approval-button');
    const { code } = await world.arrival(page);
    const token = await world.exchange(code);
    assert.deepEqual((await world.read(token, '/vehicles')).body.vehicles, [kept]);
    assert.deepEqual((await world.read(token, `/vehicles/${kept}/permissions`)).body.permissions, ['read_vin']);
    assert.equal((await world.read(token, `/vehicles/${kept}/odometer`)).status, 403);
  }));

  test('a required permission cannot be unticked', limit, () => world.browse(async (page) => {
    await page.goto(world.authorizeUrl({ scope: 'required:read_vin read_odometer' }));
    await signIn(page, { brand: 'TESLA' });
    const locked = page.locator('input[value=read_vin]');
    assert.deepEqual([await locked.isChecked(), await locked.isDisabled()], [true, true]);
    await page.uncheck('input[value=read_odometer]');
    const [id] = await values(page, 'vehicle');
    await follow(page, '#approval-button');
    const token = await world.exchange((await world.arrival(page)).code);
    assert.deepEqual((await world.read(token, `/vehicles/${id}/permissions`)).body.permissions, ['read_vin']);
  }));

  test('nothing ticked is asked for again, with an alert and what was ticked kept', limit, () => (
    world.browse(async (page) => {
      await page.goto(world.authorizeUrl({ make: 'FORD' }));
      await signIn(page);
      for (const id of await values(page, 'vehicle')) await page.uncheck(`input[value="${id}"]`);
      await page.uncheck('input[value=read_odometer]');
      await follow(page, '#approval-button');
      assert.equal(await page.getByRole('alert').textContent(), 'Choose a vehicle to share.');
      assert.match(await page.title(), /^Error: /);
      assert.equal(await page.isChecked('input[value=read_odometer]'), false);
      assert.equal(await page.isChecked('input[value=read_vin]'), true);
    })));

  test('single_select offers one of several, as radio buttons', limit, () => world.browse(async (page) => {
    await page.goto(world.authorizeUrl({ single_select: 'true' }));
    await signIn(page, { brand: 'TESLA' });
    assert.deepEqual(await page.locator('input[name=vehicle]').evaluateAll((all) => all.map(({ type }) => type)),
      ['radio', 'radio']);
    const [, second] = await values(page, 'vehicle');
    await page.check(`input[value="${second}"]`);
    await follow(page, '#approval-button');
    assert.deepEqual(await vehiclesOf(await world.arrival(page)), [second]);
  }));

  test('single_select_vin names the car and with it the brand', limit, () => world.browse(async (page) => {
    const { id, vin } = await world.car('nissan-leaf-2020');
    await page.goto(world.authorizeUrl({ single_select: 'true', single_select_vin: vin, make: 'TESLA' }));
    await follow(page, '#continue-button');
    assert.match(await page.title(), /NISSAN/);
    await page.fill('#username', 'me');
    await follow(page, '#sign-in-button');
    assert.deepEqual(await values(page, 'vehicle'), [id]);
    await follow(page, '#approval-button');
    assert.deepEqual(await vehiclesOf(await world.arrival(page)), [id]);
  }));

  test('who granted everything before is not asked again, unless forced', limit, () => world.browse(async (page) => {
    await page.goto(world.authorizeUrl({ make: 'TESLA' }));
    await signIn(page);
    await follow(page, '#approval-button');
    const first = await vehiclesOf(await world.arrival(page));
    await page.goto(world.authorizeUrl({ make: 'TESLA', state: 'again' }));
    await signIn(page);
    const again = await world.arrival(page);
    assert.equal(again.state, 'again');
    assert.deepEqual(await vehiclesOf(again), first);
    await page.goto(world.authorizeUrl({ make: 'TESLA', approval_prompt: 'force' }));
    await signIn(page);
    assert.ok(await page.isVisible('#approval-button'));
  }));

  test('the state comes back as it was, whatever is in it', limit, async () => {
    const nasty = [
      '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>', 'a b+c&d=e;f#g?h/i\\j%20%zz%', ' blanks  around ',
      'lines\nand\r\nlines\tand tabs', 'käse 🚗 日本 \u202eright to left', '{"json":["\\u0000",true]}', '&amp;&#39;&lt;', 'x'.repeat(2000),
    ];
    for (const state of nasty) {
      await world.browse(async (page) => {
        await page.goto(world.authorizeUrl({ make: 'TESLA', approval_prompt: 'force', state }));
        await signIn(page);
        await follow(page, '#approval-button');
        const { code, ...rest } = await world.arrival(page);
        assert.ok(code);
        assert.deepEqual(rest, { state });
      });
    }
  });

  test('the flow of 2026 ends with the user and without a code', limit, () => world.browse(async (page) => {
    await page.goto(world.authorizeUrl({ response_type: 'none', external_id: 'yours & mine', make: 'KIA' }));
    await signIn(page);
    await follow(page, '#approval-button');
    const { user_id: user, ...rest } = await world.arrival(page);
    assert.match(user, uuid);
    assert.deepEqual(rest, { state: 's', external_id: 'yours & mine' });
  }));

  test('the way back in the browser leads through pages that still work', limit, () => world.browse(async (page) => {
    await page.goto(world.authorizeUrl());
    await follow(page, '#continue-button');
    await follow(page, '#FORD');
    await page.goBack();
    await follow(page, '#TESLA');
    await page.goBack();
    await page.goBack();
    await signIn(page, { brand: 'KIA' });
    assert.deepEqual(await values(page, 'vehicle'), [(await world.car('kia-ev6-2022')).id]);
    await follow(page, '#approval-button');
    assert.ok((await world.arrival(page)).code);
  }));
});

describe('choosing a brand', () => {
  test('the search keeps those whose names hold it, and says when there are none', limit, () => world.browse(async (page) => {
    const brands = () => page.locator('.brand-list-item').evaluateAll((all) => all.map(({ id }) => id));
    await page.goto(world.authorizeUrl());
    await follow(page, '#continue-button');
    const all = await brands();
    assert.ok(all.includes('TESLA') && all.length > 10, all.join());
    await page.fill('#brand-search', 'VO');
    await follow(page, '#search-button');
    assert.deepEqual(await brands(), all.filter((make) => make.includes('VO')));
    await page.fill('#brand-search', 'zeppelin');
    await follow(page, '#search-button');
    assert.deepEqual(await brands(), []);
    assert.match(await page.getByRole('status').textContent(), /No brand/);
    await page.fill('#brand-search', '');
    await turn(page, () => page.press('#brand-search', 'Enter'));
    assert.deepEqual(await brands(), all);
  }));

  test('a make that nobody has leads to the list, with the reason', limit, () => world.browse(async (page) => {
    await page.goto(world.authorizeUrl({ make: '<b>TRABANT</b>' }));
    await follow(page, '#continue-button');
    assert.match(await page.textContent('main'), /No vehicle here is a <b>TRABANT<\/b>/i);
    assert.ok(await page.isVisible('#TESLA'));
  }));

  test('a make that somebody has skips the list, in any case of letters', limit, () => world.browse(async (page) => {
    await page.goto(world.authorizeUrl({ make: 'tesla' }));
    await follow(page, '#continue-button');
    assert.match(await page.title(), /TESLA/);
    assert.ok(await page.isVisible('#username'));
  }));
});

test('a login without an e-mail is refused in words that belong to the field', limit, () => world.browse(async (page) => {
  await page.goto(world.authorizeUrl({ make: 'TESLA' }));
  await signIn(page, { username: ' ' });
  const field = page.getByRole('textbox', { name: 'E-mail' });
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  const described = await field.getAttribute('aria-describedby');
  assert.match(await page.textContent(`#${described}[role=alert]`), /Type an e-mail/);
  assert.match(await page.title(), /^Error: /);
  assert.equal(await page.evaluate('document.activeElement.id'), 'username');
  await page.fill('#username', 'me');
  await turn(page, () => page.press('#username', 'Enter'));
  assert.ok(await page.isVisible('#approval-button'));
}));

// How each visit ends. `params` are of the request, `login` is typed, `end` is the last thing clicked.
const failures = [
  { error: 'access_denied', description: 'User denied access to application.', login: 'me', end: '#deny-button' },
  { error: 'invalid_subscription', description: 'User does not have an active connected vehicle subscription.',
    login: 'smartcar@invalid-subscription.com', end: '#return-button' },
  { error: 'no_vehicles', description: 'No vehicles found. Please add vehicles to your account and try again.',
    login: '0-vehicles@smartcar.com', end: '#return-button' },
  { error: 'vehicle_incompatible', description: "The user's vehicle is not compatible.",
    login: '5YJSA1E14FF101307@incompatible.smartcar.com', end: '#return-button',
    more: { make: 'TESLA', vin: '5YJSA1E14FF101307' }, also: ['model', 'year'] },
  { error: 'vehicle_incompatible', description: "The user's vehicle is not compatible.", unshared: true,
    login: '5YJSA1E14FF101307@incompatible.smartcar.com', end: '#return-button' },
  { error: 'server_error', description: 'Unexpected server error. Please try again.',
    login: 'smartcar@server-error.com', end: '#return-button' },
  { error: 'oem_cancelled_login', description: 'The user did not complete authorization with the OEM', end: '#cancel-link' },
  { error: 'user_manually_returned_to_application',
    description: 'The user exited Connect before granting your application access', end: '#exit-link' },
  { error: 'user_manually_returned_to_application',
    description: 'The user exited Connect before granting your application access', login: 'me', end: '#exit-link' },
  { error: 'configuration_error', description: 'There has been an error in the configuration of your application.',
    request: { mode: 'dreamt' }, end: '#return-link',
    more: { status_code: '400', error_message: 'The mode is "dreamt"; it must be live, test or simulated.' } },
];

describe('an end that is an error', () => {
  for (const { error, description, request, login, end, unshared, more = {}, also = [] } of failures) {
    const name = `${error} by ${end}${login ? ` of ${login}` : ''}${unshared ? ', not shared' : ''}`;
    test(name, limit, () => world.browse(async (page) => {
      await page.goto(world.authorizeUrl({ make: 'TESLA', state: 'a&b=c d', ...request }));
      if (login) await signIn(page, { username: login });
      if (end === '#cancel-link') await follow(page, '#continue-button');
      if (unshared) await page.uncheck('input[name=share]');
      await follow(page, end);
      const arrived = await world.arrival(page);
      const wanted = { error, error_description: description, state: 'a&b=c d', ...more };
      assert.deepEqual(Object.keys(arrived), [...Object.keys(wanted), ...also]);
      for (const [key, value] of Object.entries(wanted)) assert.equal(arrived[key], value, key);
      for (const key of also) assert.ok(arrived[key], key);
    }));
  }

  test('every page of a visit can be left', limit, () => world.browse(async (page) => {
    const leave = async () => {
      await follow(page, '#exit-link');
      assert.equal((await world.arrival(page)).error, 'user_manually_returned_to_application');
      await page.goBack();
    };
    await page.goto(world.authorizeUrl());
    await leave();
    await follow(page, '#continue-button');
    await leave();
    await follow(page, '#TESLA');
    await leave();
    await page.fill('#username', 'me');
    await follow(page, '#sign-in-button');
    await follow(page, '#exit-link');
    assert.equal((await world.arrival(page)).error, 'user_manually_returned_to_application');
  }));

  test('a request that cannot be trusted ends on a page without a way back', limit, () => world.browse(async (page) => {
    for (const wrong of [{ client_id: 'nobody' }, { redirect_uri: 'http://example.com/' }, { redirect_uri: 'javascript:alert(1)' }]) {
      const response = await page.goto(world.authorizeUrl(wrong));
      assert.equal(response.status(), 400);
      const links = await page.locator('a').evaluateAll((all) => all.map(({ href }) => href));
      if (wrong.redirect_uri) assert.deepEqual(links, []);
      assert.ok((await page.textContent('h1')).length > 0);
    }
  }));
});

// A vehicle that its owner connected with this login.
async function connected(page, make, username) {
  await page.goto(world.authorizeUrl({ make, single_select: 'true', scope: 'read_battery read_vin', approval_prompt: 'force' }));
  await signIn(page, { username });
  await follow(page, '#approval-button');
  const token = await world.exchange((await world.arrival(page)).code);
  const { vehicles: [id] } = (await world.read(token, '/vehicles')).body;
  return { token, id };
}

describe('authenticating again', () => {
  test('the address in the error leads to a page that takes the error away', limit, () => world.browse(async (page) => {
    const { token, id } = await connected(page, 'NISSAN', 'CONNECTED_SERVICES_ACCOUNT.AUTHENTICATION_FAILED@smartcar.com');
    const refused = await world.read(token, `/vehicles/${id}/battery`);
    assert.equal(refused.body.code, 'AUTHENTICATION_FAILED');
    const { pathname, searchParams } = new URL(refused.body.resolution.url);
    await page.goto(world.url(pathname, { ...Object.fromEntries(searchParams), state: 'back & forth' }));
    await follow(page, '#approval-button');
    assert.deepEqual(await world.arrival(page), { vehicle_id: id, state: 'back & forth' });
    assert.equal((await world.read(token, `/vehicles/${id}/battery`)).status, 200);
  }));

  test('it can be denied, left, and needs no application to return to', limit, () => world.browse(async (page) => {
    const { id } = await connected(page, 'NISSAN', 'me');
    const again = { response_type: 'vehicle_id', vehicle_id: id, state: 's' };
    await page.goto(world.url('/oauth/reauthenticate', again));
    await follow(page, '#deny-button');
    assert.deepEqual(await world.arrival(page),
      { error: 'access_denied', error_description: 'User denied access to application.', state: 's' });
    await page.goto(world.url('/oauth/reauthenticate', again));
    await follow(page, '#exit-link');
    assert.equal((await world.arrival(page)).error, 'user_manually_returned_to_application');
    await page.goto(world.url('/oauth/reauthenticate', { ...again, redirect_uri: '' }));
    await follow(page, '#approval-button');
    assert.match(await page.textContent('h1'), /connected again/);
  }));
});

describe('the capacity of a battery', () => {
  // The address that the platform hands out, with a place to return to.
  async function selection(page) {
    const { token, id } = await connected(page, 'NISSAN', 'me');
    const { body } = await world.read(token, `/vehicles/${id}/battery/nominal_capacity`);
    const { pathname, searchParams } = new URL(body.url);
    searchParams.set('redirect_uri', world.application.redirectUri);
    return { id, token, url: `${world.origin}${pathname}?${searchParams}` };
  }

  test('is chosen, told to the application and kept', limit, () => world.browse(async (page) => {
    const { id, token, url } = await selection(page);
    await page.goto(url);
    const offered = await values(page, 'capacity');
    assert.ok(offered.length > 1, offered.join());
    await page.check(`input[value="${offered.at(-1)}"]`);
    await follow(page, '#continue-button');
    assert.deepEqual(await world.arrival(page),
      { vehicle_id: id, selected_capacity: offered.at(-1), reason: 'battery_capacity' });
    const { body } = await world.read(token, `/vehicles/${id}/battery/nominal_capacity`);
    assert.equal(body.capacity.nominal, Number(offered.at(-1)));
  }));

  test('is left open by who returns', limit, () => world.browse(async (page) => {
    const { id, url } = await selection(page);
    await page.goto(`${url}&state=s`);
    await follow(page, '#exit-link');
    const { error_description: description, ...rest } = await world.arrival(page);
    assert.ok(description);
    assert.deepEqual(rest, { error: 'battery_capacity_no_selection', state: 's', vehicle_id: id });
  }));
});
