// Connect without a pointer and without script: Tab, Space, Enter and the arrow keys are all that these tests press.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { World, turn } from './browser.mjs';
import { pages } from './pages.mjs';

const limit = { timeout: 120_000 };
const world = new World();
before(() => world.start());
after(() => world.stop());
beforeEach(() => world.reset());

// What has the focus, as somebody sees it; nothing when it is the page as a whole.
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { top, bottom, left } = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  return {
    html: element.outerHTML,
    ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && outlineColor !== getComputedStyle(document.body).backgroundColor,
    onScreen: bottom > 0 && top < innerHeight,
    place: [Math.round(top + scrollY), Math.round(left)],
  };
});

// What Tab must reach, in the document's order: one of each group of radio buttons, all else that is not locked.
const reachable = (page) => page.evaluate(() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden])')].filter((each) => !each.disabled);
  const groups = Map.groupBy(all, (each) => (each.type === 'radio' ? each.name : each));
  return [...groups.values()].map((group) => (group.find((each) => each.checked) ?? group[0]).outerHTML);
});

// One round of Tab through the page, from its beginning: it passes the page as a whole once, where a window has its own
// controls, wherever the focus was at first.
async function tabThrough(page, stops) {
  const round = [];
  for (let presses = 0; presses <= stops; ++presses) {
    await page.keyboard.press('Tab');
    round.push(await focused(page));
  }
  const end = round.indexOf(null);
  assert.notEqual(end, -1, 'Tab does not leave the page');
  return [...round.slice(end + 1), ...round.slice(0, end)];
}

async function tabTo(page, selector) {
  const wanted = await page.locator(selector).first().evaluate((element) => element.outerHTML);
  for (let presses = 0; presses < 100; ++presses) {
    if ((await focused(page))?.html === wanted) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches ${selector}`);
}

async function press(page, selector, key) {
  await tabTo(page, selector);
  await page.keyboard.press(key);
}

const follow = (page, selector, key = 'Enter') => turn(page, () => press(page, selector, key));

async function type(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.type(text);
}

describe('Tab goes once through everything, in the order it is read, and the focus is seen', () => {
  for (const { name, held, open } of pages) {
    test(name, limit, () => world.browse(async (page) => {
      await open(world, page);
      assert.ok(await page.isVisible(held));
      const wanted = await reachable(page);
      const seen = await tabThrough(page, wanted.length);
      assert.deepEqual(seen.map((each) => each?.html), wanted);
      for (const { html, ring, onScreen } of seen) assert.deepEqual({ ring, onScreen }, { ring: true, onScreen: true }, html);
      const places = seen.map(({ place }) => place);
      assert.deepEqual(places, [...places].sort(([top, left], [below, right]) => top - below || left - right), 'not as it is read');
    }));
  }
});

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? 'by keyboard' : 'by keyboard, without script', () => {
    const browse = (walk) => world.browse(walk, { javaScriptEnabled });

    test('a user searches, signs in, leaves out a vehicle and a permission, and approves', limit, () => browse(async (page) => {
      await page.goto(world.authorizeUrl());
      await follow(page, '#continue-button');
      await type(page, '#brand-search', 'tes');
      await turn(page, () => page.keyboard.press('Enter'));
      assert.match(page.url(), /search=tes/);
      await follow(page, '#TESLA', 'Space');
      await type(page, '#username', 'me@example.com');
      await page.keyboard.press('Tab');
      await page.keyboard.type('any');
      await turn(page, () => page.keyboard.press('Enter'));
      const kept = await page.locator('input[name=vehicle]').last().getAttribute('value');
      await press(page, 'input[name=vehicle]', 'Space');
      await press(page, 'input[value=read_odometer]', 'Space');
      await follow(page, '#approval-button');
      const token = await world.exchange((await world.arrival(page)).code);
      assert.deepEqual((await world.read(token, '/vehicles')).body.vehicles, [kept]);
      assert.deepEqual((await world.read(token, `/vehicles/${kept}/permissions`)).body.permissions, ['read_vin']);
    }));

    test('one of several vehicles is chosen with an arrow', limit, () => browse(async (page) => {
      await page.goto(world.authorizeUrl({ make: 'TESLA', single_select: 'true' }));
      await follow(page, '#continue-button');
      await type(page, '#username', 'me');
      await turn(page, () => page.keyboard.press('Enter'));
      const second = await page.locator('input[name=vehicle]').nth(1).getAttribute('value');
      await press(page, 'input[name=vehicle]', 'ArrowDown');
      await follow(page, '#approval-button', 'Space');
      const token = await world.exchange((await world.arrival(page)).code);
      assert.deepEqual((await world.read(token, '/vehicles')).body.vehicles, [second]);
    }));

    for (const [button, error] of [['#deny-button', 'access_denied'], ['#exit-link', 'user_manually_returned_to_application']]) {
      test(`${button} ends the visit with ${error}`, limit, () => browse(async (page) => {
        await page.goto(world.authorizeUrl({ make: 'TESLA' }));
        await follow(page, '#continue-button');
        await type(page, '#username', 'me');
        await follow(page, '#sign-in-button', 'Space');
        await follow(page, button);
        assert.equal((await world.arrival(page)).error, error);
      }));
    }

    // Where the last key of each of the other pages leads.
    const ends = {
      login: ['#cancel-link', 'oem_cancelled_login'],
      'login-complaint': ['#cancel-link', 'oem_cancelled_login'],
      trouble: ['#return-button', 'no_vehicles'],
      'trouble-incompatible': ['#return-button', 'vehicle_incompatible'],
      'not-in-order': ['#return-link', 'configuration_error'],
      capacity: ['#exit-link', 'battery_capacity_no_selection'],
      reauthenticate: ['#deny-button', 'access_denied'],
    };
    for (const [name, [control, error]] of Object.entries(ends)) {
      test(`${name} ends with ${error}`, limit, () => browse(async (page) => {
        await pages.find((each) => each.name === name).open(world, page);
        await follow(page, control);
        assert.equal((await world.arrival(page)).error, error);
      }));
    }
  });
}

test('script of the page would not run: the policy forbids it', limit, () => world.browse(async (page) => {
  const response = await page.goto(world.authorizeUrl());
  assert.equal(await page.locator('script').count(), 0);
  assert.match(response.headers()['content-security-policy'], /^default-src 'none';/);
  assert.doesNotMatch(response.headers()['content-security-policy'], /script-src/);
}));
