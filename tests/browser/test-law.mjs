// The acts of the law from a draft to its end, and changes of keys, each signed in the browser by who may.
import { join } from 'node:path';

import { check, same, test, until } from './suite.mjs';
import { act, bringKey, closed, dialog } from './test-agreements.mjs';
import { hostSigns } from './test-machines.mjs';
import { officersOf } from './test-people.mjs';
import { byPassword, isIn } from './test-sign-in.mjs';

const id = 'ru.winds';

async function does(party, button, also) {
  await act(party, id, button);
  await also?.();
  await dialog(party).getByRole('button', { name: `Sign and send: ${button}` }).click();
  await closed(party);
}

export function testLaw(ground) {
  const { centre } = ground;
  const state = () => centre.told('ru/general-staff', 'agreements', 'show', id).status;
  const standing = (party) => state().standing[party].state;

  test('law: a text is sponsored, unsponsored and sponsored again in the browser', async () => {
    const { ru, iq } = ground;
    await bringKey(ru, centre, 'ru');
    await bringKey(iq, centre, 'iq');
    const { status: _, ...text } = centre.told('ru/general-staff', 'agreements', 'show', 'ru.baghdad-centre');
    const participants = text.participants.filter((one) => ['ru', 'iq'].includes(one.party));
    const ruling = await centre.command('ru/general-staff', 'draft_agreement', { text: { ...text, id, title: 'Winds aloft', participants, sponsors: ['ru'] } });
    same(ruling.outcome, 'accepted', JSON.stringify(ruling));
    await does(ru, 'Sponsor');
    await ru.page.getByText('has sponsored it').first().waitFor();
    await does(ru, 'Take sponsorship back');
    await ru.page.getByText('has not sponsored it yet').first().waitFor();
    same(state().state, 'draft', 'the text');
    await does(ru, 'Sponsor');
    await does(ru, 'Table');
    await does(iq, 'Sponsor');
    same(state().state, 'open', 'the text');
  });

  test('law: a new text is signed by both in their browsers, and says first that it comes into force', async () => {
    const { ru, iq } = ground;
    await does(ru, 'Sign');
    same(standing('ru'), 'contracting', 'ru');
    await does(iq, 'Sign', async () => {
      const said = await dialog(iq).innerText();
      check(/in force/.test(said), said);
    });
    same(state().state, 'in_force', 'the text');
    same(standing('iq'), 'party', 'iq');
  });

  test('law: two parties end a prohibition between them, each for itself', async () => {
    const { ru, iq } = ground;
    for (const [party, other] of [[ru, 'iq'], [iq, 'ru']]) {
      await does(party, 'End a prohibition', async () => {
        await dialog(party).getByLabel('Prohibition').selectOption('no-sources');
        await dialog(party).getByLabel('Between your party and').selectOption(other);
        await dialog(party).getByText('What is signed, exactly').waitFor();
      });
    }
    const acts = centre.told('ru/general-staff', 'agreements', 'acts', id).filter((one) => one.kind === 'end_prohibition');
    same(acts.length, 2, 'acts');
  });

  test('law: a withdrawal is given notice of, and taken back before it takes effect', async () => {
    const { iq } = ground;
    await does(iq, 'Withdraw');
    same(standing('iq'), 'withdrawing', 'iq');
    await does(iq, 'Take the withdrawal back');
    same(standing('iq'), 'party', 'iq');
  });

  test('law: a party puts a key that was made in its browser in the place of the one that signs', async () => {
    const tr = (ground.tr = await ground.browsers.of('tr'));
    const { page } = tr;
    await byPassword(tr, centre, 'tr/general-staff');
    await until('in', 8000, () => isIn(tr));
    await bringKey(tr, centre, 'tr');
    const { party } = JSON.parse((await tr.fetch('/console/api/v1/me')).text);
    const old = party.keys.find((one) => one.state === 'valid').key;
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByText('was made here').waitFor();
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await dialog(tr).getByLabel('In the place of').selectOption(old);
    await dialog(tr).getByText(`${old} signs nothing more`).waitFor();
    await dialog(tr).getByRole('button', { name: 'Sign and send: Register' }).click();
    await closed(tr);
    const now = JSON.parse((await tr.fetch('/console/api/v1/me')).text).party.keys;
    same(now.map((one) => one.state).sort(), ['revoked', 'valid'], 'the keys');
    same(now.find((one) => one.key === old).state, 'revoked', 'the old key');
  });

  test('law: recovery keys are registered by an act that was signed where they lie, and no other party sends it', async () => {
    const { tr } = ground;
    const made = ['safe-1', 'safe-2'].map((name) => join(centre.folder, `${name}.key`));
    for (const path of made) centre.cli('iq/defence', 'key', 'new', path);
    const text = centre.cli('iq/defence', 'recovery', 'set', ...made, '--needed', '2', '--key', join(centre.data, 'demo-keys/iq.key'), '--write');
    const file = { name: 'recovery.json', mimeType: 'application/json', buffer: Buffer.from(text) };
    const bring = async (party) => {
      await party.screen('/agreements/keys');
      await party.page.locator('section', { hasText: 'acts signed elsewhere' }).locator('input[type=file]').setInputFiles(file);
      await party.page.getByRole('button', { name: 'Send 1 as they are' }).click();
    };
    await bring(tr); // another party's
    await tr.page.getByRole('alert').getByText('Refused').waitFor();
    await bring(ground.iq);
    await ground.iq.page.getByText('✓ accepted').waitFor();
    await ground.iq.page.getByText('2 recovery keys change the keys together').waitFor();
    await ground.iq.shot('recovery-keys');
    same(JSON.parse((await ground.iq.fetch('/console/api/v1/me')).text).party.keys.map((one) => one.purpose).sort(), ['bind', 'recovery', 'recovery'], 'the keys');
  });

  test('law: two officers file a recovery, and the party that still holds a key objects', async () => {
    const { tr } = ground;
    const { host, second, keys } = await officersOf(ground);
    const made = join(centre.folder, 'tr-given.key');
    const given = centre.file('tr-given.pub', centre.cli('centre-host/operations', 'key', 'new', made));
    centre.cliWith(second, 'centre-host/operations', 'host', 'recover-key', 'tr', given);
    await host.screen('/people?tab=host');
    await host.page.getByRole('button', { name: 'Countersign…' }).click();
    await hostSigns(host, keys, 'It takes effect with your signature', 'Countersign');
    await tr.screen('/agreements/keys');
    await tr.page.getByText('The host is about to give your party another key').waitFor();
    await tr.shot('recovery');
    await tr.page.getByRole('button', { name: 'Object', exact: true }).click();
    await dialog(tr).getByText('the host’s recovery is void').waitFor();
    await dialog(tr).getByRole('button', { name: 'Sign and send: Object' }).click();
    await closed(tr);
    same(JSON.parse((await tr.fetch('/console/api/v1/recoveries')).text), [], 'recoveries');
    await tr.page.getByText('No recovery is under way').waitFor();
  });
}
