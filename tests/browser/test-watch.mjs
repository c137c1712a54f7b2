// What a watch officer files on the screen Watch beside flights: movements, positions, sites, zones, files of sites; and what it shows of the past.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './centre.mjs';
import { flight } from './made.mjs';
import { check, same, test, until } from './suite.mjs';
import { byLink, byPassword, isIn } from './test-sign-in.mjs';

const api = '/console/api/v1';
const vectors = join(root, 'tests/vectors/places');

async function get(party, path) {
  const answer = await party.fetch(api + path);
  check(answer.status === 200, `${path}: ${answer.status}`);
  return JSON.parse(answer.text);
}

async function say(party, kind, body) {
  const ruling = JSON.parse((await party.fetch(`${api}/commands`, { kind, body })).text);
  same(ruling.outcome, 'accepted', `${kind}: ${JSON.stringify(ruling.reasons)}`);
  return ruling;
}

// In the page: a browser that cannot draw the map. All that is on it also stands in the lists.
function withoutMap() {
  const before = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return /^webgl/.test(kind) ? null : before.call(this, kind, ...more);
  };
}

const withoutFindings = async (party, what) => {
  const found = await party.axe();
  check(found.length === 0, `${what}: ${found.join('\n')}`);
};

export function testWatch(ground) {
  const { centre, browsers } = ground;
  const seats = {};
  const map = 'map=4/35/40'; // far enough for the land that is read fast
  // One at the screen at a time, and without a map where none is needed: a page that draws one on a busy machine is late with everything.
  async function at(office, query = '', picture = 'lists') {
    const name = `${office} ${picture}`;
    for (const [other, party] of Object.entries(seats)) if (other !== name) await party.park();
    const party = (seats[name] ??= await browsers.of(name, { viewport: { width: 1100, height: 800 } }));
    if (party.page.url() === 'about:blank') {
      party.context.setDefaultTimeout(40_000);
      if (picture === 'lists') await party.context.addInitScript(withoutMap);
      await byLink(party, centre, office);
    }
    await party.screen(`/watch?${map}${query && `&${query}`}`);
    await party.page.getByRole('heading', { name: 'Notices' }).waitFor();
    return party;
  }
  const form = (party) => party.page.locator('section.panel form');

  test('watch: a movement is typed as a table by keyboard alone, previewed, filed, and moved again as it was said', async () => {
    const ru = await at('ru/general-staff');
    const { page } = ru;
    const before = (await get(ru, '/intents')).map((one) => one.id);
    await page.keyboard.press('n');
    const way = page.getByLabel('Way-points with times');
    await way.waitFor();
    await way.focus();
    await page.keyboard.press('Space');
    const cell = (what, n) => page.getByLabel(`${what} of way-point ${n}`);
    await cell('Place', 1).focus();
    for (const place of ['35.20N 40.60E', "35°20'00\"N 040°40'00\"E", '37S EV 7000 1000', '35.5 41.0']) {
      await page.keyboard.type(place);
      await page.keyboard.press('Enter');
    }
    check(await cell('Place', 5).evaluate((one) => one === document.activeElement), 'Enter has not made another row');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    same(await cell('Place', 3).inputValue(), '35.5 41.0', 'the row has not moved');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByText('Work the times out by a speed').focus();
    await page.keyboard.press('Enter');
    for (const [field, text] of [['Departs', '+60'], ['Speed, km/h', '40'], ['Earlier, later', '5']]) {
      await page.getByLabel(field).focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    }
    await page.getByRole('button', { name: 'Work out' }).focus();
    await page.keyboard.press('Enter');
    await until('the times are worked out', 30_000, async () => (await cell('Latest (UTC)', 4).inputValue()) !== '');
    await page.getByLabel('Half width of the way').focus();
    await page.keyboard.type('300');
    await withoutFindings(ru, 'the table');
    await page.keyboard.press('Enter');
    await until('the preview is there', 30_000, () => page.getByRole('button', { name: 'File it' }).isEnabled());
    await form(ru).getByLabel('What would follow of it').getByText('By the clauses that run now').waitFor();
    await ru.shot('movement');
    await page.getByRole('button', { name: 'File it' }).focus();
    await page.keyboard.press('Enter');
    let filed;
    await until('it is filed', 30_000, async () => (filed = (await get(ru, '/intents')).find((one) => !before.includes(one.id))));
    same([filed.operation, filed.said.movement.half_width_m, filed.said.movement.way_points.length, filed.extents.length], ['movement', 300, 4, 3], 'what was filed');
    same(filed.said.movement.way_points[2].at, '37S EV 7000 1000', 'a square of MGRS');
    await ru.screen(`/watch?${map}&file=${filed.id}`);
    await until('it stands in the table again', 30_000, async () => (await cell('Place', 3).inputValue().catch(() => '')) === '37S EV 7000 1000');
    await page.getByLabel('Half width of the way').fill('500');
    await page.getByRole('button', { name: 'Preview' }).click();
    await until('the preview is there', 30_000, () => page.getByRole('button', { name: 'File the change' }).isEnabled());
    await page.getByRole('button', { name: 'File the change' }).click();
    await until('it is changed', 30_000, async () => (await get(ru, '/intents')).find((one) => one.id === filed.id)?.said.movement.half_width_m === 500);
    Object.assign(ground, { movement: filed.id });
  });

  test('watch: way-points are drawn on the map', async () => {
    const ru = await at('ru/general-staff', 'file=new', 'map');
    const { page } = ru;
    await page.getByLabel('Way-points with times').check();
    await page.getByRole('button', { name: 'Draw on the map' }).click();
    await page.getByText('Click the way-points').waitFor();
    const canvas = page.locator('.maplibregl-canvas');
    const box = await canvas.boundingBox();
    const click = async (x, y) => {
      await page.mouse.move(box.x + x, box.y + y);
      await page.waitForTimeout(150);
      await page.mouse.click(box.x + x, box.y + y);
      await page.waitForTimeout(400);
    };
    await page.waitForTimeout(800);
    for (const [x, y] of [[120, 200], [250, 260], [380, 230]]) await click(x, y);
    await click(380, 230);
    await until('they are in the table', 30_000, async () => (await page.getByLabel('Place of way-point 3').inputValue()) !== '');
    const read = await page.getByLabel('Place of way-point 1').inputValue();
    check(/^\d\d\.\d{7}N \d\d\.\d{7}E$/.test(read), read);
    await page.keyboard.press('Escape');
  });

  test('watch: a position is picked on the map and reported; what a stray does is said first, and the state shown after', async () => {
    const ru = await at('ru/general-staff', '', 'map');
    const { page } = ru;
    const plan = flight(['34.90N 39.90E', '34.95N 40.20E'], 900, 1500, -10, 60);
    await say(ru, 'put_intent', plan);
    const planned = (await get(ru, '/intents')).find((one) => one.id === plan.id);
    await say(ru, 'put_intent', { ...plan, state: 'Activated', at: planned.ovn });
    await ru.screen(`/watch?${map}&sel=${plan.id}&report=${plan.id}`);
    const report = form(ru);
    await report.getByText('What follows hangs on where it is').waitFor();
    await page.getByRole('button', { name: 'Pick on the map' }).click();
    await page.getByText('Click the place; or move the map').waitFor();
    await page.waitForTimeout(600);
    await page.keyboard.press('Enter'); // its middle, 35 N 40 E
    await until('the place is there', 30_000, async () => /^3[45]\.\d{7}N (39|40)\.\d{7}E$/.test(await page.getByLabel('Where it is').inputValue()));
    await report.getByLabel(/^Altitude/).fill('1200 m');
    await page.getByLabel('Accuracy of the altitude').fill('20');
    check(!(await get(ru, '/intents')).find((one) => one.id === plan.id).telemetry, 'picking has sent a report');
    await report.getByText('By this page it lies outside').waitFor();
    await report.getByText('Outside, it becomes Nonconforming').waitFor();
    await withoutFindings(ru, 'the report');
    await ru.shot('report-outside');
    await page.getByRole('button', { name: 'Send the report' }).click();
    await report.getByText('Not surely inside of what is filed').waitFor();
    const now = async () => (await get(ru, '/intents')).find((one) => one.id === plan.id);
    await until('it is Nonconforming', 30_000, async () => (await now()).state === 'Nonconforming');
    await until('the page shows it', 30_000, async () => /outside since/.test(await report.innerText()) && /Nonconforming/.test(await report.innerText()));
    await ru.shot('report-sent');
    await page.waitForTimeout(1100); // one a second
    await page.getByLabel('Where it is').fill('34.925 40.05');
    await report.getByText('By this page it lies inside').waitFor();
    await page.getByRole('button', { name: 'Send the report' }).click();
    await report.getByText('Inside of what is filed', { exact: true }).waitFor();
    await until('nothing is off nominal any more', 30_000, async () => !(await now()).off_nominal?.length);
    await say(ru, 'delete_intent', { id: plan.id, at: (await now()).ovn });
  });

  test('watch: a site is filed after the centre has said who would be told of it; it is matched, confirmed and withdrawn', async () => {
    const relief = await at('relief/liaison', 'tab=places');
    const { page } = relief;
    const us = (ground.us ??= await browsers.of('us'));
    if (us.page.url() === 'about:blank') await byLink(us, centre, 'us/defense'); // it stays off the screen
    await page.getByRole('button', { name: 'File a protected site' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await form(relief).getByText('needed').first().waitFor();
    same(await page.getByRole('button', { name: 'File it' }).isEnabled(), false, 'it may be filed unseen');
    await page.getByLabel(/^Place/).fill('37S EV 5000 5000');
    await page.getByLabel('How far off it may be').fill('200');
    await page.getByLabel(/^Name/).fill('Ward of the north');
    await page.getByLabel(/^Source/).fill('its director');
    await page.getByLabel('Times of the week').fill('ANY 00:00-24:00');
    await page.getByRole('button', { name: 'Preview' }).click();
    const follows = form(relief).getByLabel('What would follow of it');
    await follows.getByText('ru/general-staff and us/defense').waitFor();
    const said = await follows.innerText();
    for (const part of ['Told where it meets what they have filed', 'a warning alone', '“Whoever will fly where a medical site is, is told so.”']) check(said.includes(part), `${part}: not in ${said}`);
    await withoutFindings(relief, 'the form of a site');
    await relief.shot('site');
    const now = async () => (await get(relief, '/sites')).find((one) => one.name === 'Ward of the north');
    check(!(await now()), 'asking has filed it');
    await page.getByLabel(/^Source/).fill('its new director');
    await until('what says something else is asked about anew', 30_000, async () => !(await page.getByRole('button', { name: 'File it' }).isEnabled()) && !(await follows.isVisible()));
    await page.getByLabel(/^Source/).fill('its director');
    await follows.getByText('ru/general-staff and us/defense').waitFor(); // as it was
    await page.getByRole('button', { name: 'File it' }).click();
    await until('it is filed', 30_000, now);
    const site = await now();
    same([site.kind, site.version, site.said.extents[0].point, site.said.schedule.periods], ['hospital', 1, { at: '37S EV 5000 5000', uncertainty_m: 200 }, [{ days: ['ANY'], from: '00:00', until: '24:00' }]], 'what was filed');
    const [lng, lat] = site.extents[0].polygon[0].map((one) => one / 1e7);
    const plan = flight([`${lat.toFixed(4)}N ${(lng - 0.1).toFixed(4)}E`, `${lat.toFixed(4)}N ${(lng + 0.1).toFixed(4)}E`], 2000, 2500, 100, 140);
    await say(us, 'put_intent', plan);
    const ofIt = async () => (await get(us, '/notices?limit=1000')).find((one) => one.intent === plan.id && one.about === 'site');
    await until('us is told of it', 30_000, async () => (await ofIt())?.state === 'open');
    check(!(await us.sent()).includes('Ward of the north'), 'us was sent its name');
    await page.getByRole('row', { name: /Ward of the north/ }).getByRole('button', { name: 'Confirm' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('You say that it is still there').waitFor();
    await dialog.getByLabel('Confirm again by').fill('2027-12-24');
    await withoutFindings(relief, 'confirming');
    await relief.shot('site-confirm');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await until('it is confirmed', 30_000, async () => (await now()).reconfirm_by === '2027-12-24T00:00:00.000000Z' && (await now()).version === 2);
    await until('the page shows it', 30_000, async () => /2027-12-24/.test(await page.getByRole('row', { name: /Ward of the north/ }).innerText()));
    await page.getByRole('row', { name: /Ward of the north/ }).getByRole('button', { name: 'Change' }).click();
    await until('it is said again', 30_000, async () => (await page.getByLabel(/^Name/).inputValue()) === 'Ward of the north');
    await say(relief, 'reconfirm_site', { id: site.id, at: 2, reconfirm_by: '2027-12-25T00:00:00.000000Z' }); // somebody else of the office
    await page.getByRole('button', { name: 'Preview' }).click();
    await follows.getByText('It would be refused:').waitFor();
    await relief.shot('site-refused');
    await form(relief).locator('xpath=ancestor::section[1]').getByRole('button', { name: 'Cancel' }).click();
    await until('the page shows what was confirmed', 30_000, async () => /2027-12-25/.test(await page.getByRole('row', { name: /Ward of the north/ }).innerText()));
    await page.getByRole('row', { name: /Ward of the north/ }).getByRole('button', { name: 'Withdraw' }).click();
    await dialog.getByText('Nobody is warned of it any more').waitFor();
    await dialog.getByText('The centre would accept it as things are now.').waitFor();
    await dialog.getByRole('button', { name: 'Withdraw' }).click();
    await until('it is gone', 30_000, async () => !(await now()));
    await until('its notice is over', 30_000, async () => (await ofIt()).state !== 'open');
    await say(us, 'delete_intent', { id: plan.id, at: (await get(us, '/intents')).find((one) => one.id === plan.id).ovn });
  });

  test('watch: a zone is filed, changed and ended; the centre says before that no clause shows it', async () => {
    const relief = await at('relief/liaison', 'tab=places');
    const { page } = relief;
    await page.getByRole('button', { name: 'File a zone' }).click();
    await page.getByLabel(/^Corners/).fill('35.20N 39.30E\n35.20N 39.50E\n35.40N 39.50E');
    await page.getByLabel('Lowest altitude').fill('GND');
    await page.getByLabel('Highest altitude').fill('120 m AGL');
    await page.getByLabel('Lowest ground').fill('180 m AMSL');
    await page.getByLabel('Highest ground').fill('420 m AMSL');
    await page.getByRole('button', { name: 'Preview' }).click();
    await form(relief).getByText('No clause in force shows it to anybody').waitFor();
    await withoutFindings(relief, 'the form of a zone');
    await relief.shot('zone');
    await page.getByRole('button', { name: 'File it' }).click();
    const own = async () => (await get(relief, '/constraints')).find((one) => one.office === 'relief/liaison');
    await until('it is filed', 30_000, own);
    const zone = await own();
    const row = page.getByRole('row', { name: new RegExp(zone.id.slice(0, 8)) });
    await row.getByRole('button', { name: 'Change' }).click();
    await until('it is said again', 30_000, async () => (await page.getByLabel('Highest altitude').inputValue()) === '120 m AGL');
    const before = await row.innerText();
    await page.getByLabel('Highest altitude').fill('200 m AGL');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'File the change' }).click();
    await until('it is changed', 30_000, async () => (await own()).said.extents[0].high.value === 200);
    await until('its row says so', 30_000, async () => (await row.innerText()) !== before); // until then it would be ended as it was
    await row.getByRole('button', { name: 'End' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
    await until('it has ended', 30_000, async () => !(await own()));
  });

  test('watch: files of sites make here what the command line makes of them, after what the checks found was looked at', async () => {
    const relief = await at('relief/liaison', 'tab=places&place=import');
    const { page } = relief;
    const office = 'relief/liaison';
    const input = page.locator('section.panel input[type=file]');
    const dry = (name, ...more) => {
      try {
        return centre.told(office, 'sites', 'import', join(vectors, name), '--dry-run', ...more);
      } catch (refused) {
        return JSON.parse(refused.stdout);
      }
    };
    await input.setInputFiles(join(vectors, 'points.geojson'));
    await form(relief).getByText('Road').waitFor();
    same(await page.getByRole('button', { name: /^File \d+ of it/ }).isEnabled(), false, 'what is refused may be filed');
    const said = await form(relief).innerText();
    check(/is a line: a site is a point or an area/.test(said) && /has a hole, which would be filled/.test(said), said);
    await withoutFindings(relief, 'an import');
    await relief.shot('import-refused');
    for (const [name, fill, options] of [
      ['sites.csv', {}, []], ['sites.geojson', {}, []], ['sites.kmz', { Source: 'town plan' }, ['--source', 'town plan']], ['plain.csv', {}, []],
      ['zones-ed269.json', { 'Ground, m': '350..900', 'on a schedule: until': '2095-12-31' }, ['--ground', '350..900', '--until', '2095-12-31', '--reconfirm-by', '2027-12-01']],
      ['zones-ed318.json', { 'Ground, m': '100..2500', 'on a schedule: until': '2095-12-20' }, ['--ground', '100..2500', '--until', '2095-12-20', '--reconfirm-by', '2027-12-01']],
    ]) {
      const asked = dry(name, ...options);
      await input.setInputFiles(join(vectors, name));
      await form(relief).getByText(asked.places[0].name).waitFor();
      await form(relief).locator('.places li').nth(asked.places.length - 1).waitFor(); // the checks have run
      if (!(await page.getByLabel(/^Source/).isVisible())) await page.getByText('For what the file does not say').click();
      if (options.includes('--reconfirm-by')) await page.getByLabel('Confirm again by').fill('2027-12-01');
      for (const [field, text] of Object.entries(fill)) await page.getByLabel(new RegExp(field)).fill(text);
      const count = asked.places.length;
      await form(relief).locator('.badge', { hasText: `${count} new` }).waitFor();
      const accept = page.getByLabel(/I have looked at what was found/);
      same(await accept.isVisible(), asked.findings.length > 0, `${name}: findings, of ${JSON.stringify(asked.findings)}`);
      if (asked.findings.length) await accept.check();
      if (name === 'zones-ed318.json') await relief.shot('import-asked');
      await page.getByRole('button', { name: `File ${count} of it` }).click();
      await form(relief).getByText(`${count} new, 0 changed, 0 as they were.`).waitFor();
      same(dry(name, ...options).places.map((one) => one.doing), Array(count).fill('as it is'), `${name} by the command line`);
    }
    await input.setInputFiles({ name: 'sites.csv', mimeType: 'text/csv', buffer: Buffer.from(readFileSync(join(vectors, 'sites.csv'), 'utf8').replace('Primary school 4', 'Primary school 4a')) });
    await form(relief).locator('.badge', { hasText: '3 as they were' }).waitFor();
    await page.getByRole('button', { name: 'File 1 of it' }).click();
    await form(relief).getByText('0 new, 1 changed, 3 as they were.').waitFor();
    await relief.shot('import-done');
    const sites = (await get(relief, '/sites')).filter((one) => one.id !== '00000000-0000-4000-8000-0000000b0001');
    check(sites.some((one) => one.name === 'Primary school 4a' && one.version === 2), 'the change is not there');
    const commands = sites.map((one) => ({ kind: 'withdraw_site', body: { id: one.id, at: one.version } }));
    same((await relief.fetch(`${api}/commands`, commands)).status, 200, 'withdrawing all');
  });

  test('watch: the time shown drives map, lists, timeline and log: before a notice was raised it is in none of them', async () => {
    const ru = await at('ru/general-staff');
    const { page } = ru;
    const [notice] = (await get(ru, '/notices?limit=1000')).filter((one) => one.state === 'open' && one.content?.level === 'warning');
    check(notice, 'ru has no open notice');
    const raised = Date.parse(notice.raised.slice(0, 23) + 'Z');
    const show = (ms, more = '') => ru.screen(`/watch?${map}&at=${new Date(ms).toISOString()}${more}`);
    const bars = () => page.locator('.timeline .span.cell').allInnerTexts();
    const there = async () => ({ notice: await page.locator(`#notice-${notice.notice}`).count(), bar: (await bars()).filter((one) => one.trim() === `conflict ${notice.notice}`).length });
    await show(raised + 5000);
    await page.locator(`#notice-${notice.notice}`).waitFor();
    await until('its bar is there', 30_000, async () => (await there()).bar === 1);
    same(await page.getByRole('button', { name: 'Acknowledge' }).count(), 0, 'the past can be answered');
    await page.getByText('As filed now: when an intent was filed').waitFor();
    await withoutFindings(ru, 'the past');
    await ru.shot('past');
    await show(raised - 60_000);
    await page.getByText('None was open then').waitFor();
    same(await there(), { notice: 0, bar: 0 }, 'before it was raised');
    await page.getByRole('tab', { name: 'Log' }).click();
    check(!(await page.getByRole('tabpanel').innerText()).includes(`Notice ${notice.notice} was raised`), 'the log has it before its time');
    await show(raised - 20_000, '&speed=10');
    await page.getByText('None was open then').waitFor();
    await until('the replay comes to it', 40_000, async () => (await there()).notice === 1);
    await page.keyboard.press('l');
    await page.getByRole('button', { name: 'Acknowledge' }).first().waitFor();
  });

  test('watch: the log of a day and the card print with the day and the local time, and with what the office itself filed', async () => {
    const us = await at('us/defense', 'tab=log');
    const { page } = us;
    const plan = flight(['30.05N 40.27E', '30.11N 40.33E'], 2000, 2500, 24 * 60 - 30, 24 * 60 + 60);
    await say(us, 'put_intent', plan);
    await page.getByRole('tabpanel').getByText('put intent: accepted').first().waitFor();
    await page.evaluate(() => (globalThis.print = () => (globalThis.__printed = (globalThis.__printed ?? 0) + 1)));
    const day = new Date().toISOString().slice(0, 10);
    const paper = page.locator('article.sheet');
    await page.getByRole('button', { name: 'Print the day' }).click();
    await page.emulateMedia({ media: 'print' });
    const log = await paper.innerText();
    check(log.includes(`Log of ${day} (UTC)`) && !log.includes('Without the commands'), log.slice(0, 400));
    check(new RegExp(`${day} \\d\\d:\\d\\d:\\d\\dZ\\n20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d \\+0[23]:00\\s+put intent: accepted`).test(log), log.slice(0, 2000));
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'Fallback card' }).click();
    await page.emulateMedia({ media: 'print' });
    const row = await paper.getByRole('row', { name: new RegExp(plan.id) }).innerText();
    const said = (at) => `${at.slice(0, 10)} ${at.slice(11, 16)}Z`;
    check(row.includes(`${said(plan.extents[0].from)} – ${said(plan.extents[0].until)}`) && /\+0[23]:00 – .*\+0[23]:00/.test(row), row);
    same(await page.evaluate(() => globalThis.__printed), 2, 'printed');
    await page.emulateMedia({ media: null });
    await say(us, 'delete_intent', { id: plan.id, at: (await get(us, '/intents')).find((one) => one.id === plan.id).ovn });
  });

  test('watch: what is sent again after a lost answer is done once', async () => {
    const ru = await at('ru/general-staff', 'tab=lines');
    const { page } = ru;
    const calls = async () => (await get(ru, '/watch')).lines.flatMap((one) => one.calls).filter((one) => one.words === 'said once').length;
    await page.evaluate(() => {
      const before = globalThis.fetch;
      globalThis.sent = 0;
      globalThis.fetch = async (url, init) => {
        const answer = await before(url, init);
        if (/\/commands$/.test(url) && ++globalThis.sent === 1) throw new TypeError('the answer is lost');
        return answer;
      };
    });
    await page.getByRole('button', { name: 'Log a call' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Words to go with it').fill('said once');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByRole('alert').waitFor();
    same(await calls(), 1, 'the first was done');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.waitFor({ state: 'hidden' });
    same([await page.evaluate(() => globalThis.sent), await calls()], [2, 1], 'sent, done');
  });

  // With a centre's answer made here: which of them know the note is not for the page to find out.
  test('watch: a hand-over note goes with the offer, and is read by whom it is offered to and after', async () => {
    const ru = await at('ru/general-staff');
    const { page } = ru;
    const me = centre.access['ru/general-staff'].person;
    const told = await get(ru, '/watch');
    const note = 'Line to us was down at 02:10Z.\nTested again at 02:40Z.';
    const since = new Date().toISOString().replace('Z', '000Z');
    let on = [{ person: me, since, contacts: [] }, { person: 'anna@ru', since, contacts: [] }];
    let sent;
    await page.route('**/console/api/v1/watch', (route) => route.fulfill({ json: { ...told, on_watch: on } }));
    await page.route('**/console/api/v1/commands', (route) => {
      sent = route.request().postDataJSON();
      return route.fulfill({ json: { outcome: 'accepted', reasons: [], effects: [] } });
    });
    await ru.screen(`/watch?${map}`);
    await page.getByRole('button', { name: 'Hand over' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^To whom/ }).fill('anna@ru');
    await dialog.getByRole('textbox', { name: /^Hand-over note/ }).fill(note);
    await withoutFindings(ru, 'handing over');
    await ru.shot('hand-over');
    await dialog.getByRole('button', { name: 'Hand over' }).click();
    await dialog.waitFor({ state: 'hidden' });
    same(sent, { kind: 'hand_over', body: { to: 'anna@ru', note } }, 'what was sent');
    on = [{ person: 'anna@ru', since, contacts: [], offered_to: me, offered_note: note }];
    await ru.screen(`/watch?${map}`);
    await page.getByRole('button', { name: 'Take over' }).click();
    await dialog.getByText('Line to us was down').waitFor();
    await ru.shot('take-over');
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await dialog.waitFor({ state: 'hidden' });
    same([sent.kind, sent.body.from, 'note' in sent.body], ['hand_over', 'anna@ru', false], 'what was sent');
    on = [{ person: me, since, contacts: [], note: { from: 'anna@ru', at: since, text: note } }];
    await ru.screen(`/watch?${map}`);
    await page.getByText(`Note of anna@ru to ${me}`).waitFor();
    await page.getByText('Tested again at 02:40Z.').waitFor();
    await ru.shot('hand-over-note');
    for (const path of ['**/console/api/v1/watch', '**/console/api/v1/commands']) await page.unroute(path);
    for (const party of Object.values(seats)) await party.context.close();
  });

  test('watch: an overlay and the numbers to be called by are kept for one person in one office, and shown to nobody else there', async () => {
    const one = await browsers.of('shared');
    const { page } = one;
    const kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>ours</name><Point><coordinates>39,35</coordinates></Point></Placemark></Document></kml>';
    const asWhom = async (office) => {
      await byPassword(one, centre, office, { then: '?another=1&then=/account', person: centre.access[office].person, password: centre.access[office].person_password });
      await until(`${office} is in`, 8000, () => isIn(one));
      await one.goto(`${new URL(page.url()).origin}/watch`);
      await page.getByRole('button', { name: 'Layers' }).click();
    };
    const drawn = () => page.getByRole('button', { name: /ours\.kml/ });
    const asked = async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^(Take the watch|Change my contacts|Contacts)/ }).first().click();
      const typed = page.getByRole('dialog').locator('input').first();
      return typed;
    };
    await asWhom('ru/general-staff');
    await page.locator('input[type="file"]').first().setInputFiles({ name: 'ours.kml', mimeType: 'application/vnd.google-earth.kml+xml', buffer: Buffer.from(kml) });
    await drawn().waitFor();
    await (await asked()).fill('me@ru.example');
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await asWhom('ru/mfa');
    await page.waitForTimeout(500);
    same(await drawn().count(), 0, 'what another office of hers opened');
    await asWhom('ru/general-staff');
    await drawn().waitFor();
    same(await (await asked()).inputValue(), 'me@ru.example', 'what she typed');
    const kept = await page.evaluate(async () => [Object.keys(localStorage).filter((key) => key.startsWith('watch-contacts')), await new Promise((then) => {
      const opening = indexedDB.open('comity-overlay');
      opening.onsuccess = () => (opening.result.transaction('overlay').objectStore('overlay').getAllKeys().onsuccess = (event) => then(event.target.result));
    })]);
    const { person } = centre.access['ru/general-staff'];
    same(kept, [[`watch-contacts ${person} ru/general-staff`], [`${person} ru/general-staff`]], 'the names of what is kept');
    await one.context.close();
  });
}
