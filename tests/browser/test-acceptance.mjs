// What must hold of theatre-2015, from the browsers of its parties at once. The numbers are those of the scenario's list.

import { across, flight, pastTheHospital, report, wordsOf } from './made.mjs';
import { check, same, test, until } from './suite.mjs';

const api = '/console/api/v1';
const staff = 'ru.il-staff', joint = 'ru.baghdad-centre', memorandum = 'us.flight-safety-ru';

async function get(party, path) {
  const answer = await party.fetch(api + path);
  check(answer.status === 200, `${path}: ${answer.status}`);
  return JSON.parse(answer.text);
}

async function say(party, kind, body) {
  return JSON.parse((await party.fetch(`${api}/commands`, { kind, body })).text);
}

async function received(party, agreement) {
  return (await get(party, `/items?role=received&agreement=${agreement}&limit=1000`)).items.map((one) => one.id);
}

export function testAcceptance(ground) {
  const { centre } = ground;

  test('acceptance 1: what il gives ru is never visible to ir or iq, also not when ru passes it on', async () => {
    const { il, ru, ir, iq } = ground;
    for (const one of [ru, ir, iq]) await one.screen('/exchange');
    const word = `nightjar-${Date.now().toString(36)}`;
    const secret = report(`Note of the staff: ${word}`);
    const given = await say(il, 'contribute', { agreement: staff, object: secret });
    same(given.outcome, 'accepted', 'il’s report');
    await until('ru’s page shows it', 3000, async () => (await ru.text()).includes(word) || (await ru.text()).includes(secret.id.slice(0, 20)));
    check((await received(ru, staff)).includes(secret.id), 'ru has not got it');
    const copy = { ...secret, id: report('').id };
    for (const object of [secret, copy, report('Something else', { object_refs: [secret.id] })]) {
      const ruling = await say(ru, 'contribute', { agreement: joint, object });
      same([ruling.outcome, ruling.reasons[0].code, ruling.reasons[0].agreement], ['refused', 'third_party_rule', staff], 'ru passes it on');
    }
    for (const one of [ir, iq]) {
      for (const path of ['/exchange', '/agreements', '/watch']) {
        await one.screen(path);
        await one.page.waitForTimeout(300);
      }
      const all = (await one.sent()) + (await one.text());
      for (const needle of [word, secret.id, copy.id, staff, Buffer.from(word).toString('base64').slice(0, 12)]) check(!all.includes(needle), `${one.name} was sent ${needle}`);
      await one.park();
      const absent = await one.fetch(`${api}/items/${report('').id}`);
      same(await one.fetch(`${api}/items/${secret.id}`), absent, 'told apart from what nobody has');
    }
  });

  test('acceptance 2: before its grants are in force members see no items; at that moment they do, in an open page', async () => {
    const { ru, iq, il } = ground;
    const shown = centre.told('ru/general-staff', 'agreements', 'show', joint);
    const at = new Date(Date.now() + 9000);
    const when = at.toISOString().replace(/\.\d{3}Z$/, '.000000Z');
    const { status: _, template: __, ...text } = shown;
    const draft = { ...text, id: 'ru.second-centre', title: 'Second centre', version: 1, sponsors: ['ru', 'iq'], min_parties: { n: 2, effect: 'suspend' },
      participants: text.participants.filter((one) => ['ru', 'iq'].includes(one.party)),
      clauses: text.clauses.map((one) => (one.type === 'grant' ? { ...one, applies_from: { date: when } } : one)) };
    const file = centre.file('second.json', JSON.stringify(draft));
    const [first, second] = ['ru/general-staff', 'iq/defence'];
    centre.cli(first, 'agreements', 'draft', file);
    for (const [office, verb] of [[first, 'sponsor'], [second, 'sponsor'], [first, 'table'], [first, 'sign'], [second, 'sign']]) centre.cli(office, 'agreements', verb, 'ru.second-centre');
    const word = `waits-${Date.now().toString(36)}`;
    const object = report(word);
    same((await say(ru, 'contribute', { agreement: 'ru.second-centre', object })).outcome, 'accepted', 'ru’s report');
    await iq.screen('/exchange');
    await iq.page.waitForTimeout(500);
    check(Date.now() < Date.parse(when), 'the moment came too early for this test');
    check(!(await received(iq, 'ru.second-centre')).includes(object.id) && !(await iq.text()).includes(word), 'iq has it before the time');
    await until('iq’s page shows it', 15_000, async () => (await iq.text()).includes(object.id.slice(0, 20)) || (await iq.text()).includes(word));
    check(Date.now() >= Date.parse(when), 'iq had it before the time');
    check(!(await il.sent()).includes('second-centre'), 'il knows of it');
  });

  test('acceptance 4: two flights that cross: both are warned, neither is sent the other’s plan', async () => {
    const { us, ru } = ground;
    for (const one of [us, ru]) await one.screen('/watch');
    const plans = { us: flight(across.us, 9100, 9600, 125, 180), ru: flight(across.ru, 9300, 10_200, 130, 170) };
    Object.assign(ground, { plans });
    same((await say(us, 'put_intent', plans.us)).outcome, 'accepted', 'us’s flight');
    const before = new Set((await get(us, '/notices?limit=1000')).map((one) => one.notice));
    same((await say(ru, 'put_intent', plans.ru)).outcome, 'accepted', 'ru’s flight');
    const offices = { us: 'us/defense', ru: 'ru/general-staff' }; // asked beside the browsers, whose pages draw maps
    const warned = async (party, id) => (await centre.ask(offices[party.name], '/api/v1/notices?limit=1000')).json().find((one) => one.state === 'open' && one.intent === id && one.agreement === memorandum);
    await until('us is warned', 1000, () => warned(us, plans.us.id));
    await until('ru is warned', 1000, () => warned(ru, plans.ru.id));
    const ofUs = await warned(us, plans.us.id);
    check(!before.has(ofUs.notice), 'it was warned before');
    const squares = async (party) => (await get(party, '/conflicts')).filter((one) => one.agreement === memorandum).flatMap((one) => one.volumes.map((volume) => JSON.stringify(volume))).sort();
    same([...new Set(await squares(us))], [...new Set(await squares(ru))], 'the squares');
    for (const one of [us, ru]) await until(`${one.name}’s page shows it`, 15_000, async () => /military-line/.test(await one.text()));
    const own = { us: (await get(us, '/intents')).filter((one) => one.id === plans.us.id), ru: (await get(ru, '/intents')).filter((one) => one.id === plans.ru.id) };
    for (const [party, other] of [[us, 'ru'], [ru, 'us']]) {
      const all = (await party.sent()) + (await party.text());
      for (const word of own[other].flatMap(wordsOf)) check(!new RegExp(`(?<![0-9])${word.replace('.', '\\.')}(?![0-9])`).test(all), `${party.name} was sent ${word} of ${other}`);
      check(own[party.name].flatMap(wordsOf).some((word) => all.includes(word)), `${party.name} was not even sent its own plan`);
    }
  });

  test('acceptance 4: a change of either side is told to both, and an answer to the other', async () => {
    const { us, ru, plans } = ground;
    const open = async (party) => (await get(party, '/conflicts')).filter((one) => one.agreement === memorandum && one.intent === plans[party.name].id);
    const open_of_us = (await get(us, '/notices?limit=1000')).filter((one) => one.state === 'open' && one.agreement === memorandum);
    for (const one of open_of_us) same((await say(us, 'acknowledge', { notice: one.notice, read_back: one.read_back })).outcome, 'accepted', 'us acknowledges');
    await until('ru learns that us has answered', 2000, async () => (await open(ru))[0]?.other_side === 'acknowledged');
    const { ovn } = (await get(ru, '/intents')).find((one) => one.id === plans.ru.id);
    const away = flight(['34.7111N 37.2171E', '34.7391N 37.9013E'], 9300, 10_200, 130, 170, plans.ru.id);
    same((await say(ru, 'put_intent', { ...away, at: ovn })).outcome, 'accepted', 'ru moves away');
    for (const party of [us, ru]) await until(`${party.name} is told that it is over`, 2000, async () => (await open(party)).length === 0);
    await ru.park();
  });

  test('acceptance 5: a flight past a hospital raises a notice that names neither it nor its place', async () => {
    const { us } = ground;
    const plan = flight(pastTheHospital, 3100, 3600, 140, 170);
    same((await say(us, 'put_intent', plan)).outcome, 'accepted', 'us’s flight');
    await until('us is told', 1000, async () => (await centre.ask('us/defense', '/api/v1/notices?limit=1000')).json().some((one) => one.state === 'open' && one.intent === plan.id && one.about === 'site' && one.content.site === 'hospital'));
    await until('its page shows it', 15_000, async () => /hospital/i.test(await us.text()));
    const all = (await us.sent()) + (await us.text());
    for (const word of ['east bank', '392000000', '352800000', '39.2000000', '35.2800000']) check(!all.includes(word), `us was sent ${word}`);
    const { ovn } = (await get(us, '/intents')).find((one) => one.id === plan.id);
    same((await say(us, 'delete_intent', { id: plan.id, at: ovn })).outcome, 'accepted', 'us ends it');
    await us.park();
  });

  test('acceptance 7: ru suspends its part: the open pages of both show it within a second, and the hospital stays', async () => {
    const { us, ru } = ground;
    for (const one of [us, ru]) await one.screen(`/agreements/${memorandum}`);
    const standing = (party) => party.page.locator('section').filter({ has: party.page.getByRole('heading', { name: 'Standing of each party' }) });
    const says = async (party) => /suspended/i.test(await standing(party).innerText());
    for (const one of [us, ru]) await standing(one).waitFor();
    check(!(await says(us)) && !(await says(ru)), 'the page speaks of a suspension before there is one');
    centre.cli('ru/general-staff', 'agreements', 'suspend', memorandum, '--yes');
    const began = performance.now();
    await Promise.all([us, ru].map((one) => until(`${one.name} sees it`, 1000, () => says(one))));
    console.log(`    both pages show it ${Math.round(performance.now() - began)} ms after the command line had its answer`);
    check((await get(ru, '/notices?limit=1000')).some((one) => one.state === 'open' && one.about === 'site'), 'the notice of the hospital is gone');
    check((await get(us, '/conflicts')).every((one) => one.agreement !== memorandum), 'us is still told of conflicts');
    for (const office of ['ru/general-staff', 'us/defense']) centre.cli(office, 'agreements', 'resume', memorandum, '--yes');
  });

  test('acceptance 8, without recall: ru withdraws: its page loses what it had, the others lose what comes from it', async () => {
    const { ru, iq } = ground;
    const [ofRu, ofIq] = [await received(ru, joint), await received(iq, joint)];
    check(ofRu.length > 0 && ofIq.length > 0, 'there is nothing to lose');
    const name = 'Fuel convoys west of Mosul'; // of iq
    await ru.screen('/exchange');
    await ru.page.getByText(name).first().waitFor();
    centre.cli('ru/general-staff', 'agreements', 'withdraw', joint, '--yes');
    await until('ru has nothing of it any more', 1000, async () => (await received(ru, joint)).length === 0);
    const took = await until('its open page shows nothing of it', 3000, async () => !(await ru.text()).includes(name));
    console.log(`    ru’s open page has lost it ${Math.round(took)} ms after it could not be asked for any more`);
    const left = await received(iq, joint);
    check(left.length < ofIq.length && left.every((id) => ofIq.includes(id)), 'iq has as much as before');
    centre.cli('ru/general-staff', 'agreements', 'take-back-withdrawal', joint, '--yes');
    await until('it is there again', 2000, async () => (await received(ru, joint)).length === ofRu.length);
  });
}

