// Every page that Connect has, each with the steps that lead there. They need a reset platform.
import { follow, signIn, turn } from './browser.mjs';

const permissions = [
  'required:read_vin', 'read_vehicle_info', 'read_battery', 'read_charge', 'read_odometer', 'read_location', 'control_charge',
  'control_security',
].join(' ');

const authorize = (parameters, steps = async () => {}) => async (world, page) => {
  await page.goto(world.authorizeUrl({ scope: permissions, approval_prompt: 'force', ...parameters }));
  await steps(page);
};
const signedIn = (username, parameters) => authorize({ make: 'TESLA', ...parameters }, (page) => signIn(page, { username }));

// Connects the one vehicle of that kind and opens a page about it.
const about = (fixture, open) => async (world, page) => {
  const { id } = await world.car(fixture);
  const { accessToken } = await world.sim('POST', '/connect', { vehicles: [fixture] });
  await open({ world, page, id, accessToken });
};
const reauthentication = (steps, parameters) => about('nissan-leaf-2020', async ({ world, page, id }) => {
  await page.goto(world.url('/oauth/reauthenticate', { response_type: 'vehicle_id', vehicle_id: id, ...parameters }));
  await steps(page);
});
const capacities = (steps) => about('nissan-leaf-2020', async ({ world, page, id, accessToken }) => {
  const { pathname, searchParams } = new URL((await world.read(accessToken, `/vehicles/${id}/battery/nominal_capacity`)).body.url);
  searchParams.set('redirect_uri', world.application.redirectUri);
  await page.goto(`${world.origin}${pathname}?${searchParams}`);
  await steps(page);
});

// `held` is an element that only this page has.
export const pages = [
  { name: 'who-asks', held: '#continue-button', open: authorize() },
  { name: 'brands', held: '#TESLA', open: authorize({}, (page) => follow(page, '#continue-button')) },
  { name: 'brands-none-found', held: '[role=status]', open: authorize({}, async (page) => {
    await follow(page, '#continue-button');
    await page.fill('#brand-search', 'zeppelin');
    await turn(page, () => page.press('#brand-search', 'Enter'));
  }) },
  { name: 'brands-unknown-make', held: '#TESLA', open: authorize({ make: 'TRABANT' }, (page) => follow(page, '#continue-button')) },
  { name: 'login', held: '#username', open: authorize({ make: 'TESLA' }, (page) => follow(page, '#continue-button')) },
  { name: 'login-complaint', held: '#username-error', open: signedIn(' ') },
  { name: 'consent', held: '#approval-button', open: signedIn('3-vehicles@smartcar.com') },
  { name: 'consent-one', held: 'input[type=radio]', open: signedIn('3-vehicles@smartcar.com', { single_select: 'true' }) },
  { name: 'consent-only-one-suits', held: 'input[name=vehicle]:disabled',
    open: signedIn('me', { make: 'BMW', scope: 'required:read_charge read_vin' }) },
  { name: 'consent-complaint', held: '#consent-error', open: authorize({ make: 'KIA' }, async (page) => {
    await signIn(page);
    await page.uncheck('input[name=vehicle]');
    await follow(page, '#approval-button');
  }) },
  { name: 'trouble', held: '#return-button', open: signedIn('0-vehicles@smartcar.com') },
  { name: 'trouble-incompatible', held: 'input[name=share]', open: signedIn('smartcar@vehicle-incompatible.com') },
  { name: 'reauthenticate', held: '#approval-button', open: reauthentication(async () => {}) },
  { name: 'done', held: 'h1:text("connected again")', open: reauthentication((page) => follow(page, '#approval-button'), { redirect_uri: '' }) },
  { name: 'capacity', held: 'input[name=capacity]', open: capacities(async () => {}) },
  { name: 'capacity-complaint', held: '#capacity-error', open: capacities(async (page) => {
    // As from a page that has been open since the battery was another.
    await page.locator('input[name=capacity]:checked').evaluate((input) => { input.value = '1'; });
    await follow(page, '#continue-button');
  }) },
  { name: 'not-in-order', held: '#return-link', open: authorize({ mode: 'dreamt' }) },
  { name: 'not-to-be-trusted', held: 'h1', open: authorize({ redirect_uri: `http://example.com/${'very-long-'.repeat(20)}` }) },
];
