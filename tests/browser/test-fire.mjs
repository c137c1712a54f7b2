// What must hold of rodopi-fire from the browsers of its services at once: numbers 2 to 4 of the scenario's list, with gridco at a console
// and not at a system of its own (that one is in tests/conformance/test_fire.py).
import { randomUUID } from 'node:crypto';

import { Centre } from './centre.mjs';
import { check, same, test, until } from './suite.mjs';
import { byLink } from './test-sign-in.mjs';

const api = '/console/api/v1';
const minute = 60_000;
const in_time_ms = 15_000; // of a page, drawn by software
const ground_m = { low: { value: 20, unit: 'm', reference: 'AMSL' }, high: { value: 450, unit: 'm', reference: 'AMSL' } };
const circuit = [[26.06, 41.32], [26.12, 41.32], [26.12, 41.585], [26.06, 41.585]];
const beside = [[26.1237155, 41.45], [26.17, 41.45], [26.17, 41.58], [26.1237155, 41.58]]; // 310 m east of it

// Of the scenario's day, whose hour 12 is the one in which it was loaded.
const at = (hour, minutes) => new Date(Math.floor(began / (60 * minute)) * 60 * minute + ((hour - 12) * 60 + minutes) * minute).toISOString().replace('Z', '000Z');
let began = Date.now();

function extent(ring, from, until) {
  return { polygon: ring.map((place) => place.map((one) => Math.round(one * 1e7))), low: { reference: 'GND' }, high: { value: 3000, unit: 'ft', reference: 'AMSL' }, ground: ground_m, from, until };
}

async function get(party, path) {
  return JSON.parse((await party.fetch(api + path)).text);
}

async function say(party, kind, body) {
  const ruling = JSON.parse((await party.fetch(`${api}/commands`, { kind, body })).text);
  same(ruling.outcome, 'accepted', `${kind} of ${party.name}: ${JSON.stringify(ruling.reasons)}`);
  return ruling;
}

// As it is filed, said anew: of the extents what a form takes back.
function again(intent, change = {}) {
  const extents = intent.extents.map((one) => ({ polygon: one.polygon, from: one.from, until: one.until,
    low: { value: Math.floor(one.low_mm / 1000), unit: 'm', reference: 'W84' }, high: { value: Math.ceil(one.high_mm / 1000), unit: 'm', reference: 'W84' }, ...change.extent }));
  return { id: intent.id, at: intent.ovn, state: change.state ?? intent.state, extents };
}

export function testFire(ground) {
  const { browsers } = ground;
  const offices = { grid: 'gridco/drones', it: 'it-fire/bombers', amb: 'airamb/flight', bg: 'bg-fire/aerial', mil: 'gr-airforce/transport' };
  const crew = {};
  // Asked beside the browsers: a page that draws a map on a busy machine is late with everything.
  const told = async (office, is) => (await ground.fire.ask(office, '/api/v1/notices?limit=1000')).json().some((one) => one.state === 'open' && is(one));
  const open = async (party, other) => (await get(party, '/notices?limit=1000')).filter((one) => one.state === 'open' && (!other || one.other?.office === other));

  test('fire 2: gridco’s open page shows that the bombers come, not where; it ends earlier, and the notice closes', async () => {
    began = Date.now();
    ground.fire = await Centre.start('fire');
    for (const [name, office] of Object.entries(offices)) {
      crew[name] = await browsers.of(`fire ${name}`, { viewport: { width: 1000, height: 700 } });
      await byLink(crew[name], ground.fire, office);
    }
    const { grid, it } = crew;
    await grid.screen('/watch');
    await grid.page.getByRole('heading', { name: 'Notices' }).waitFor();
    await until('its page is live', 15_000, async () => /Live/.test(await grid.text()));
    check(!(await grid.text()).includes('it-fire'), 'it speaks of the bombers before they file');
    const id = randomUUID();
    await say(it, 'put_intent', { id, state: 'Accepted', extents: [extent(circuit, at(13, 45), at(15, 30))] });
    await until('gridco is told', 1000, async () => told(offices.grid, (one) => one.other?.office === offices.it));
    const took = await until('its page shows it', in_time_ms, async () => (await grid.page.locator('ol').allInnerTexts()).join().includes('it-fire/bombers'));
    console.log(`    ${Math.round(took)} ms after the ruling`);
    await grid.shot('fire-notice');
    const [[ofCrew], [ofDrone]] = [await open(it, offices.grid), await open(grid, offices.it)];
    same([ofCrew.content.level, ofDrone.content.level], ['details', 'reference'], 'levels');
    check(ofCrew.other.extents && !ofDrone.other.extents, 'crews learn the drone’s volume, drones only whose it is, when, and whom to call');
    const all = (await grid.sent()) + (await grid.text());
    for (const word of ['413200000', '41.3200000', '415850000', '41.5850000']) check(!all.includes(word), `gridco was sent ${word}`);
    const [drone] = await get(grid, '/intents');
    await say(grid, 'put_intent', again(drone, { extent: { until: at(13, 32) } }));
    for (const [party, other] of [[it, offices.grid], [grid, offices.it]]) await until(`${party.name} is told that it is over`, 2000, async () => (await open(party, other)).length === 0);
    await until('the page too', in_time_ms, async () => !(await grid.page.locator('ol').allInnerTexts()).join().includes('it-fire/bombers'));
    await grid.park();
  });

  test('fire 3: the transport above and the helicopter 310 m beside raise nothing, and the ruling says that cells touch', async () => {
    const { bg, mil } = crew;
    const ruling = await say(bg, 'put_intent', { id: randomUUID(), state: 'Accepted', extents: [extent(beside, at(13, 50), at(14, 10))] });
    same([ruling.filing.conflicts, ruling.filing.by], ['none new disclosed to you', 'exact volumes'], 'the ruling');
    check(ruling.filing.cells_shared_with >= 1, 'no cell is shared');
    for (const party of [bg, mil]) same(await open(party), [], `notices of ${party.name}`);
  });

  test('fire 4: an ambulance in distress is on the page of all it touches at once, and of nobody else', async () => {
    const { it, amb, grid } = crew;
    await it.screen('/tour');
    await it.page.getByText('This demonstration plays another scenario').waitFor();
    await it.screen('/watch');
    await it.page.getByRole('heading', { name: 'Notices' }).waitFor();
    await until('its page is live', 15_000, async () => /Live/.test(await it.text()));
    check(!/distress/i.test((await it.page.locator('ol').allInnerTexts()).join()), 'it speaks of distress before there is one');
    const [flight] = await get(amb, '/intents');
    await say(amb, 'put_intent', again(flight, { state: 'Contingent' }));
    await until('it-fire is told', 1000, async () => told(offices.it, (one) => one.content.contingent));
    const took = await until('its page says it', in_time_ms, async () => /distress/i.test((await it.page.locator('ol').allInnerTexts()).join()));
    console.log(`    ${Math.round(took)} ms after the ruling`);
    await it.shot('fire-distress');
    same((await open(grid)).filter((one) => one.content.contingent), [], 'gridco is told');
    for (const party of Object.values(crew)) await party.context.close();
    ground.fire.stop();
    ground.fire = undefined;
  });
}
