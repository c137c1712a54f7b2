// Signing in the browser, drafting and giving, as people do it: what follows is shown first, then it is asked, then it is done.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { check, same, test, until } from './suite.mjs';

const memorandum = 'us.flight-safety-ru', staff = 'ru.il-staff';

// The state of a party in an agreement, as the command line has it.
const standing = (centre, office, agreement) => centre.told(office, 'agreements', 'show', agreement).status.standing[office.split('/')[0]].state;

export const dialog = (party) => party.page.locator('dialog[open]');

export async function act(party, agreement, button) {
  await party.screen(`/agreements/${agreement}`);
  await party.page.getByRole('button', { name: button, exact: true }).click();
  await dialog(party).getByText('What is signed, exactly').waitFor();
}

export async function closed(party) {
  await dialog(party).getByText(': accepted.').waitFor();
  await party.page.waitForTimeout(600); // the page behind it is loaded again, and what is said stays
  check(await dialog(party).getByText(': accepted.').isVisible(), 'what followed went away');
  await party.page.keyboard.press('Escape');
}

export async function bringKey(party, centre, name) {
  await party.screen('/agreements/keys');
  await party.page.locator('input[type=file]').first().setInputFiles(join(centre.data, 'demo-keys', `${name}.key`));
  await party.page.getByText('is held in this browser now').first().waitFor();
}

// Two officers have one draft open: whoever stores second is told what the first one changed, and keeps what she wrote.
async function editedByTwo(ru, good) {
  const area = ru.page.locator('textarea');
  const store = async () => {
    await ru.page.getByRole('button', { name: 'Store the draft' }).first().click();
    await dialog(ru).getByRole('button', { name: 'Store the draft' }).click();
  };
  await ru.screen('/agreements/ru.weather/edit');
  await until('the draft is there', 10_000, async () => (await area.inputValue()).includes('Shared weather'));
  const first = JSON.parse(good);
  first.clauses.push({ id: 'of-the-first', type: 'text', text: 'Written by the first of them.' });
  const stored = await ru.fetch(`/console/api/v1/commands`, { kind: 'edit_draft', body: { agreement: 'ru.weather', text: first } });
  same(JSON.parse(stored.text).outcome, 'accepted', stored.text);
  const mine = (await area.inputValue()).replace('Shared weather', 'Weather that is shared');
  await area.fill(mine);
  await store();
  await ru.page.getByRole('alert').getByText('Clauses that were added: of-the-first.').waitFor();
  same(await area.inputValue(), mine, 'what was written');
  const there = async () => JSON.parse((await ru.fetch(`/console/api/v1/agreements/ru.weather`)).text);
  same((await there()).title, 'Shared weather', 'what is stored');
  await store();
  await ru.page.waitForURL('**/agreements/ru.weather');
  same((await there()).title, 'Weather that is shared', 'what is stored then');
}

export function testAgreements(ground) {
  const { centre } = ground;

  test('a key that is brought in cannot be read again, and no request held it', async () => {
    const { ru } = ground;
    const sent = [];
    const note = (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`);
    ru.page.on('request', note);
    await bringKey(ru, centre, 'ru');
    const seed = readFileSync(join(centre.data, 'demo-keys/ru.key'), 'utf8').trim().split('\n').at(-1);
    ru.page.off('request', note);
    check(!sent.some((one) => one.includes(seed)), 'the key was sent');
    const kept = await ru.page.evaluate(
      () =>
        new Promise((then) => {
          const opened = indexedDB.open('comity-keys', 1);
          opened.onsuccess = () => {
            const all = opened.result.transaction('keys').objectStore('keys').getAll();
            all.onsuccess = async () => {
              const forms = await Promise.all(['pkcs8', 'jwk', 'raw'].map((form) => crypto.subtle.exportKey(form, all.result[0].secret).then(() => form, () => '')));
              then({ n: all.result.length, forms: forms.filter(Boolean) });
            };
          };
        }),
    );
    same(kept, { n: 1, forms: [] }, 'what is kept');
  });

  test('a suspension that is signed in the browser is accepted, and the page said first what stops', async () => {
    const { ru } = ground;
    await act(ru, memorandum, 'Suspend');
    const said = await dialog(ru).innerText();
    for (const words of ['The centre would accept this now.', 'Stops', 'airspace', 'military-line', 'is suspended in']) check(said.includes(words), `not said: ${words}`);
    check(!said.includes('safety-of-life'), 'a humanitarian clause is said to stop');
    await dialog(ru).getByRole('button', { name: 'Sign and send: Suspend' }).click();
    await closed(ru);
    same(standing(centre, 'ru/general-staff', memorandum), 'suspended', 'ru');
  });

  test('the command line signs what the page asks for, and another act is not sent', async () => {
    const { ru } = ground;
    await act(ru, memorandum, 'Resume');
    await dialog(ru).getByLabel('The command line, elsewhere').check();
    const [saved] = await Promise.all([ru.page.waitForEvent('download'), dialog(ru).getByRole('button', { name: /^Save / }).click()]);
    const file = join(centre.folder, 'act.json');
    await saved.saveAs(file);
    const signed = centre.cli('ru/general-staff', 'sign', file, '--key', join(centre.data, 'demo-keys/ru.key'));
    const bring = (name, text) => dialog(ru).locator('input[type=file]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await bring('other.json', signed.replace(memorandum, staff));
    await dialog(ru).getByText('says something else').waitFor();
    await bring('signed.json', signed);
    await dialog(ru).getByRole('button', { name: 'Send: Resume' }).click();
    await closed(ru);
    centre.cli('us/defense', 'agreements', 'resume', memorandum, '--yes');
    same(standing(centre, 'ru/general-staff', memorandum), 'party', 'ru');
  });

  test('a text is drafted, compiled while it is written, stored, sponsored and tabled', async () => {
    const { ru } = ground;
    await ru.screen('/agreements/new');
    await ru.page.getByLabel('Title').fill('Shared weather');
    await ru.page.getByLabel('Name, after ru.').fill('weather');
    await ru.page.getByRole('checkbox', { name: /^iq/ }).check();
    await ru.page.waitForTimeout(500);
    await ru.page.getByRole('button', { name: 'Make the text' }).click();
    await ru.page.getByText('It compiles.').waitFor();
    await ru.page.getByRole('button', { name: 'Put in founding keys' }).click();
    const area = ru.page.locator('textarea');
    const good = await area.inputValue();
    await area.fill(good.replace('"attribution": "named"', '"attribution": "nobody"'));
    await ru.page.getByRole('button', { name: '/clauses/0/attribution' }).waitFor();
    await area.fill(good);
    await ru.page.getByText('It compiles.').waitFor();
    await ru.page.getByRole('button', { name: 'Store the draft' }).first().click();
    await dialog(ru).getByRole('button', { name: 'Store the draft' }).click();
    await ru.page.waitForURL('**/agreements/ru.weather');
    await editedByTwo(ru, good);
    for (const verb of ['Sponsor', 'Table']) {
      await act(ru, 'ru.weather', verb);
      await dialog(ru).getByRole('button', { name: `Sign and send: ${verb}` }).click();
      await closed(ru);
    }
    same(centre.told('ru/general-staff', 'agreements', 'show', 'ru.weather').status.state, 'tabled', 'the text');
  });

  test('what il types is shown to il as it would go, then given, and stands on ru’s open page as new', async () => {
    const { il, ru } = ground;
    const word = `lapwing-${Date.now().toString(36)}`;
    await ru.screen('/exchange');
    await ru.page.getByRole('table').waitFor();
    await il.screen(`/exchange/give?as=write&under=${staff}`);
    await il.page.getByLabel('Title').fill(word);
    await il.page.getByRole('button', { name: 'See who would get what' }).click();
    await il.page.getByText('all of it, as you posted it').waitFor();
    await il.page.getByRole('button', { name: 'Give it…' }).click();
    await dialog(il).getByRole('button', { name: 'Give it' }).click();
    await il.page.getByText('1 object was given.').first().waitFor();
    const took = await until('ru’s page shows it', 3000, async () => ru.page.getByRole('row').filter({ hasText: word }).getByText('new').isVisible());
    check(took < 1500, `ru’s page took ${Math.round(took)} ms`);
    await ru.page.getByRole('link', { name: word }).click();
    await ru.page.getByLabel('Opinion').check();
    await ru.page.getByRole('button', { name: 'See who would get it' }).click();
    await ru.page.getByText('il/general-staff').first().waitFor();
    await ru.page.getByRole('button', { name: 'Give it…' }).click();
    await dialog(ru).getByRole('button', { name: 'Give it' }).click();
    await ru.page.getByText('1 object was given.').first().waitFor();
  });
}
