// A watch officer's two gestures without a mouse: filing with its preview, and acknowledging with a read-back.
import { flight } from './made.mjs';
import { check, same, test, until } from './suite.mjs';

const api = '/console/api/v1';
const most_tabs = 120;

// What has the focus, as it is called: of a field its label, else its text.
function focused(page) {
  return page.evaluate(() => {
    const one = document.activeElement;
    const label = one?.labels?.[0]?.querySelector('span')?.textContent ?? one?.labels?.[0]?.textContent;
    return (one?.getAttribute('aria-label') ?? label ?? one?.textContent ?? '').trim();
  });
}

async function tabTo(page, name) {
  for (let count = 0; count < most_tabs; count++) {
    if (new RegExp(`^${name}`).test(await focused(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to ${name} by Tab`);
}

async function type(page, name, text) {
  await tabTo(page, name);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

// A time is read back with the day of the month, unless that is today.
function asTyped(wire) {
  const clock = wire.slice(11, 16);
  return wire.slice(0, 10) === new Date().toISOString().slice(0, 10) ? clock : `${wire.slice(8, 10)} ${clock}`;
}

export function testKeyboard(ground) {
  test('keyboard only: a flight is filed, with its preview first', async () => {
    const { us } = ground;
    const { page } = us;
    await page.setViewportSize({ width: 1100, height: 700 });
    await us.screen('/watch');
    await page.getByRole('heading', { name: 'Notices' }).waitFor();
    const before = JSON.parse((await us.fetch(`${api}/intents`)).text).map((one) => one.id);
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'File an intent' }).waitFor();
    await until('the corners have the focus', 2000, async () => (await focused(page)).startsWith('Corners'));
    await page.keyboard.type('36.05N 40.27E\n36.05N 40.33E\n34.91N 40.33E\n34.91N 40.27E');
    await type(page, 'Lowest altitude', '11100 m');
    await type(page, 'Highest altitude', '11600 m');
    await type(page, 'From', '+130');
    await type(page, 'Until', '+190');
    await tabTo(page, 'Preview');
    await page.keyboard.press('Enter');
    await until('the preview is there', 5000, () => page.getByRole('button', { name: 'File it' }).isEnabled());
    await us.shot('filing');
    let answered = 0;
    page.on('response', (one) => /\/conflicts\/preview$/.test(one.url()) && answered++);
    await tabTo(page, 'Preview'); // the same once more: what is known of it holds, and it can be filed still
    await page.keyboard.press('Enter');
    await until('it is looked at again', 5000, () => answered);
    await until('it may still be filed', 5000, () => page.getByRole('button', { name: 'File it' }).isEnabled());
    await tabTo(page, 'File it');
    await page.keyboard.press('Enter');
    let filed;
    await until('it is filed', 5000, async () => (filed = JSON.parse((await us.fetch(`${api}/intents`)).text).find((one) => !before.includes(one.id))));
    ground.filed = filed;
    check(filed.extents[0].polygon.length >= 4, JSON.stringify(filed.extents[0]));
  });

  test('keyboard only: the notice of a crossing is read back and acknowledged', async () => {
    const { us, ru, filed } = ground;
    const { page } = us;
    const plan = flight(['35.3179N 39.6171E', '35.3391N 40.9013E'], 11_300, 12_200, 135, 180);
    same(JSON.parse((await ru.fetch(`${api}/commands`, { kind: 'put_intent', body: plan })).text).outcome, 'accepted', 'ru’s flight');
    const ofIt = async () => JSON.parse((await us.fetch(`${api}/notices?limit=1000`)).text).find((one) => one.state === 'open' && one.intent === filed.id);
    let notice;
    await until('us has a notice', 5000, async () => (notice = await ofIt()));
    const row = page.locator(`#notice-${notice.notice}`);
    await row.waitFor();
    await page.keyboard.press('Escape');
    for (let count = 0; count < 50; count++) {
      if (/selected/.test((await row.getAttribute('class')) ?? '')) break;
      await page.keyboard.press('j');
    }
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: `Acknowledge notice ${notice.notice}` });
    await dialog.waitFor();
    const [volume] = notice.content.volumes;
    const said = await dialog.locator('.said').innerText();
    for (const at of [volume.from, volume.until]) check(said.includes(`${at.slice(0, 10)} ${at.slice(11, 16)}Z`), `${at}: not in ${said}`);
    check(/\+0[23]:00/.test(said), `no local time in ${said}`);
    await type(page, 'Begins', asTyped(volume.from));
    await type(page, 'Ends', asTyped(volume.until));
    await type(page, 'Lowest altitude', String(Math.round(volume.low_mm / 1000)));
    await us.shot('read-back');
    await tabTo(page, 'Acknowledge');
    await page.keyboard.press('Enter');
    await until('it is acknowledged', 5000, async () => (await ofIt())?.replies.some((one) => one.answer === 'acknowledged' && one.read_back_agrees));
    await dialog.waitFor({ state: 'hidden' });
    for (const [party, id] of [[us, filed.id], [ru, plan.id]]) {
      const { ovn } = JSON.parse((await party.fetch(`${api}/intents`)).text).find((one) => one.id === id);
      await party.fetch(`${api}/commands`, { kind: 'delete_intent', body: { id, at: ovn } });
    }
    await us.park();
  });
}
