// How every page looks: pictures in build/browser/ for people, and what can be said without eyes.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, beforeEach, describe, test } from 'node:test';
import { World, violations } from './browser.mjs';
import { pages } from './pages.mjs';

const limit = { timeout: 120_000 };
const { PICTURES: pictures = 'build/browser' } = process.env;
const world = new World();
before(() => Promise.all([world.start(), mkdir(pictures, { recursive: true })]));
after(() => world.stop());
beforeEach(() => world.reset());

const looks = ['light', 'dark'].flatMap((colorScheme) => [
  { colorScheme, device: 'phone', viewport: { width: 360, height: 740 } },
  { colorScheme, device: 'desk', viewport: { width: 1280, height: 800 } },
]);

// How far the page can be scrolled sideways, or how much a box cuts off; a field's own text may be longer than the field.
const sideways = (page) => page.evaluate(() => Math.max(...[...document.querySelectorAll('html, body :not(input)')]
  .filter((each) => each.checkVisibility() && getComputedStyle(each).display !== 'inline')
  .map((each) => each.scrollWidth - each.clientWidth)));

// The controls smaller than what WCAG 2.2 (2.5.8) asks for, 24 px each way; a link in a line of text may be.
const tooSmall = (page) => page.locator('button, input:not([type=hidden]), a.button').evaluateAll((all) => all
  .filter((each) => {
    const { width, height } = (each.closest('label') ?? each).getBoundingClientRect();
    return width < 24 || height < 24;
  })
  .map((each) => each.outerHTML));

async function take(page, name, { colorScheme, device, viewport }) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${pictures}/${name}-${device}-${colorScheme}.png`, fullPage: true });
}

// WCAG 2.2 asks for each of these by itself (1.4.4, 1.4.10).
async function narrowWithLargeText(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
}

describe('light and dark, on a phone and on a desk, nothing is cut off, too small or inaccessible', () => {
  for (const { name, held, open } of pages) {
    test(name, limit, () => world.browse(async (page) => {
      await open(world, page);
      assert.ok(await page.isVisible(held));
      for (const look of looks) {
        const here = `${look.device}, ${look.colorScheme}`;
        await take(page, name, look);
        assert.equal(await sideways(page), 0, here);
        assert.deepEqual(await tooSmall(page), [], here);
        assert.deepEqual(await violations(page), [], here);
      }
      await narrowWithLargeText(page);
      assert.equal(await sideways(page), 0, 'narrow, with large text');
    }));
  }
});

test('what these tests look for would be found', limit, () => world.browse(async (page) => {
  await page.setContent('<main style="width:3000px"><h1>Wide</h1><button style="width:9px"></button></main>');
  assert.ok(await sideways(page) > 1000);
  assert.equal((await tooSmall(page)).length, 1);
  assert.match((await violations(page)).join(), /button-name/);
}));
