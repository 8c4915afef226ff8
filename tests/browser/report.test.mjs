// The pages of --report html, as a colleague opens them: from a file, on a phone or a desk, by day or night, on paper.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { violations } from './browser.mjs';

const limit = { timeout: 120_000 };
const { CHROMIUM: executablePath, PICTURES: pictures = 'build/browser' } = process.env;
const reports = ['report', 'audit'];
const addressOf = (name) => pathToFileURL(`tests/golden/report/${name}.html`).href;

let browser;
before(async () => {
  await mkdir(pictures, { recursive: true });
  browser = await chromium.launch({ executablePath, args: ['--disable-dev-shm-usage'] });
});
after(() => browser?.close());

// Lets somebody read a report. Whatever the page asks for, says on the console or does with a script of theirs fails it.
async function read(name, look, options = {}) {
  const objections = [];
  const context = await browser.newContext(options);
  context.on('console', (message) => objections.push(`console: ${message.text()}`));
  context.on('dialog', (dialog) => objections.push(`dialog: ${dialog.message()}`));
  context.on('request', (request) => {
    if (request.url() !== addressOf(name) && !request.url().startsWith('data:')) objections.push(`asked: ${request.url()}`);
  });
  try {
    const page = await context.newPage();
    await page.goto(addressOf(name));
    await look(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(objections, []);
}

const openEverything = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((each) => { each.open = true; }));

// How far the page can be scrolled sideways, and what stands out of the window without a box that scrolls.
const sideways = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const outside = [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && !each.closest('.hidden')
    && each.getBoundingClientRect().right > width + 0.5).map((each) => each.outerHTML.slice(0, 120));
  return [document.documentElement.scrollWidth - width, ...outside];
});

// The elements with text of their own that take no room.
const unseen = (page) => page.evaluate(() => [...document.querySelectorAll('main *, header *')].filter((each) => {
  const says = [...each.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim() !== '');
  return says && (!each.checkVisibility({ contentVisibilityAuto: true }) || each.getBoundingClientRect().height === 0);
}).map((each) => each.outerHTML.slice(0, 120)));

describe('a report fits and is accessible', () => {
  for (const name of reports) {
    for (const colorScheme of ['light', 'dark']) {
      for (const [device, viewport] of [['phone', { width: 360, height: 740 }], ['desk', { width: 1280, height: 800 }]]) {
        test(`${name}, ${device}, ${colorScheme}`, limit, () => read(name, async (page) => {
          await page.screenshot({ path: `${pictures}/${name}-${device}-${colorScheme}.png`, fullPage: true });
          assert.deepEqual(await sideways(page), [0]);
          await openEverything(page);
          assert.deepEqual(await sideways(page), [0], 'with everything open');
          assert.deepEqual(await violations(page), []);
          // WCAG 2.2 asks for each of these by itself (1.4.4, 1.4.10).
          await page.setViewportSize({ width: 320, height: 640 });
          await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
          assert.deepEqual(await sideways(page), [0], 'narrow, with large text');
        }, { viewport, colorScheme, bypassCSP: true }));  // for the checker is a script
      }
    }
  }
});

for (const name of reports) {
  test(`${name} has every word on paper, and dark on light`, limit, () => read(name, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.deepEqual(await unseen(page), []);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(20, 33, 43)');
    await page.pdf({ path: `${pictures}/${name}.pdf`, format: 'A4' });
  }));

  test(`${name} needs no script`, limit, () => read(name, async (page) => {
    const open = page.locator('details[open]');
    const before = await open.count();
    await page.locator('details:not([open]) > summary').first().click();
    assert.equal(await open.count(), before + 1);
  }, { javaScriptEnabled: false }));
}

test('a mark leads to its check, though that is folded away', limit, () => read('audit', async (page) => {
  const passed = page.locator('#check-challenge-answered');
  assert.equal(await passed.isVisible(), false);
  await page.click('a[href="#check-challenge-answered"]');
  await passed.waitFor({ state: 'visible' });
}));

test('what these tests look for would be found', limit, () => read('audit', async (page) => {
  assert.ok((await unseen(page)).length > 0, 'on a screen much is folded away');
  await page.evaluate(() => { document.querySelector('h1').style.width = '3000px'; });
  assert.ok((await sideways(page)).length > 1);
}));
