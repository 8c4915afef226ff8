// How every page looks: pictures in build/browser/ for people, and what can be said without eyes.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, beforeEach, describe, test } from 'node:test';
import { World, violations } from './browser.mjs';
import { pages } from './pages.mjs';

const limit = { timeout: 60_000 };
const { PICTURES: pictures = 'build/browser' } = process.env;
const world = new World();
before(() => Promise.all([world.start(), mkdir(pictures, { recursive: true })]));
after(() => world.stop());
beforeEach(() => world.reset());

const widths = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };

// How far the page can be scrolled sideways; what is cut off by its own box counts too.
const sideways = (page) => page.evaluate(() => Math.max(
  ...[...document.querySelectorAll('html, body *')].map((each) => (
    each.checkVisibility() ? Math.max(each.scrollWidth - each.clientWidth, 0) * (getComputedStyle(each).display !== 'inline') : 0))));

// The controls smaller than what WCAG 2.2 (2.5.8) asks for, 24 px each way; a link in a line of text may be.
const tooSmall = (page) => page.locator('button, input:not([type=hidden]), a.button').evaluateAll((all) => all
  .filter((each) => {
    const { width, height } = (each.closest('label') ?? each).getBoundingClientRect();
    return width < 24 || height < 24;
  })
  .map((each) => each.outerHTML));

for (const colorScheme of ['light', 'dark']) {
  for (const [device, viewport] of Object.entries(widths)) {
    describe(`${colorScheme}, ${viewport.width} px`, () => {
      for (const { name, held, open } of pages) {
        test(name, limit, () => world.browse(async (page) => {
          await open(world, page);
          await page.waitForSelector(held);
          await page.screenshot({ path: `${pictures}/${name}-${device}-${colorScheme}.png`, fullPage: true });
          assert.equal(await sideways(page), 0, 'scrolls sideways');
          assert.deepEqual(await tooSmall(page), []);
          assert.deepEqual(await violations(page), []);
        }, { viewport, colorScheme }));
      }
    });
  }
}

test('the narrowest screen, with text twice as large, still needs no scrolling sideways', limit, async () => {
  for (const { open } of pages) {
    await world.reset();
    await world.browse(async (page) => {
      await open(world, page);
      await page.addStyleTag({ content: ':root{font-size:200%}' });
      assert.equal(await sideways(page), 0, page.url());
    }, { viewport: { width: 320, height: 640 }, bypassCSP: true });
  }
});
