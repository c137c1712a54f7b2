// Coming in: by a link that works once, by password, and being kept out without a word about why.
import { check, same, test, until } from './suite.mjs';

// Goes on to a screen without a map, which would draw all the time.
const then = '?then=/account';

export function isIn(party) {
  return new URL(party.page.url()).pathname === '/account';
}

export async function byPassword(party, centre, office, more = {}) {
  const who = centre.access[office] ?? more;
  const { page } = party;
  await party.goto(`${centre.at(office.split('/')[0])}/sign-in${more.then ?? then}`);
  await page.getByLabel('Person').fill(more.person ?? who.person);
  await page.getByLabel('Password').fill(more.password ?? who.person_password);
  await page.getByLabel('Office, if you act for several').fill(office);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function byLink(party, centre, office) {
  const links = await centre.links();
  await party.goto(links[office].replace('#', `${then}#`));
  await until(`${office} is in`, 8000, () => isIn(party));
}

export function testSignIn(ground) {
  const { centre, browsers } = ground;

  test('a link signs in once, and its token is gone from the address', async () => {
    const ru = (ground.ru = await browsers.of('ru'));
    const link = (await centre.links())['ru/general-staff'];
    await ru.goto(link);
    await until('in', 5000, () => /\/watch$/.test(ru.page.url()));
    check(!(await ru.page.evaluate(() => location.href + JSON.stringify(history.state))).includes('#'), 'the fragment is still there');
    await ru.page.getByRole('button', { name: /ru\/general-staff/ }).waitFor();
    const other = await browsers.of('thief');
    await other.goto(link);
    await other.page.getByRole('alert').waitFor();
    ground.saidToLink = await other.page.getByRole('alert').innerText();
    check(!other.page.url().includes('#'), 'the fragment of a used link is still there');
    await other.context.close();
    await ru.park();
  });

  test('a password signs in; whatever is wrong, the answer is one sentence', async () => {
    const il = (ground.il = await browsers.of('il'));
    const said = [];
    for (const wrong of [{ password: 'not this one' }, { person: 'nobody@il' }, { person: 'duty@ru' }]) {
      await byPassword(il, centre, 'il/general-staff', wrong);
      await il.page.getByRole('alert').waitFor();
      said.push(await il.page.getByRole('alert').innerText());
    }
    same([...new Set([...said, ground.saidToLink])].length, 1, 'different answers');
    await byPassword(il, centre, 'il/general-staff');
    await until('in', 8000, () => isIn(il));
    check(!JSON.stringify(await il.context.cookies()).includes('"httpOnly":false'), 'a script can read the cookie');
  });

  test('parties in one browser have sessions of their own', async () => {
    const both = await browsers.of('both');
    await byLink(both, centre, 'us/defense');
    await byLink(both, centre, 'ir/general-staff');
    await both.goto(`${centre.at('us')}/account`);
    await both.page.getByRole('button', { name: /us\/defense/ }).waitFor();
    await both.context.close();
    for (const [name, office] of [['us', 'us/defense'], ['ir', 'ir/general-staff'], ['iq', 'iq/defence']]) {
      ground[name] = await browsers.of(name);
      await byLink(ground[name], centre, office);
    }
  });

  test('a screen that needs a session asks for one and goes on to itself', async () => {
    const guest = await browsers.of('guest');
    const deep = '/agreements?view=list&q=a+%26+b';
    await guest.goto(centre.at('tr') + deep);
    await until('asked', 5000, () => guest.page.url().includes('/sign-in'));
    const who = centre.access['tr/general-staff'];
    await guest.page.getByLabel('Person').fill(who.person);
    await guest.page.getByLabel('Password').fill(who.person_password);
    await guest.page.keyboard.press('Enter');
    await until('there', 5000, () => guest.page.url() === centre.at('tr') + deep);
    await guest.context.close();
  });

  test('what does not work is said where it was asked for: signing out, another office', async () => {
    const one = await browsers.of('tr');
    await byLink(one, centre, 'tr/general-staff');
    const { page } = one;
    const menu = page.getByRole('button', { name: /^Signed in as/ });
    const out = page.locator('.drop').getByRole('button', { name: 'Sign out', exact: true });
    await page.route('**/console/session', (route) => (route.request().method() === 'DELETE' ? route.fulfill({ status: 503, body: '{}' }) : route.continue()));
    await menu.click();
    await out.click();
    await page.locator('.drop').getByRole('alert').waitFor();
    check(isIn(one) && /Live/.test(await one.text()), 'it looks signed out');
    await page.keyboard.press('Escape');
    await menu.click();
    same(await page.locator('.drop').getByRole('alert').count(), 0, 'what was said the last time');
    await page.getByRole('button', { name: 'Sign out here' }).click();
    await page.locator('main').getByRole('alert').waitFor();
    await page.unroute('**/console/session');
    await menu.click();
    await out.click();
    await until('out', 5000, () => /\/sign-in$/.test(page.url()));
    await one.context.close();
  });

  test('a menu gives the focus back, after a choice and after the dialog of one', async () => {
    const one = await browsers.of('ru');
    await byLink(one, centre, 'ru/general-staff');
    const { page } = one;
    const menu = page.getByRole('button', { name: /^Signed in as/ });
    const hasFocus = () => menu.evaluate((button) => document.activeElement === button);
    const choose = async (name) => {
      await menu.focus();
      await page.keyboard.press('Enter');
      await page.locator('.drop').getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
    };
    await choose(/ru\/mfa/);
    await page.getByRole('button', { name: /for ru\/mfa/ }).waitFor();
    await until('after a choice', 2000, hasFocus);
    await choose('Sign out everywhere');
    await page.getByRole('dialog').waitFor();
    check(!(await hasFocus()), 'the dialog has it');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await until('after its dialog', 2000, hasFocus);
    await one.context.close();
  });

  test('who signs out in one tab is out in all of them, and what they showed is gone', async () => {
    const one = await browsers.of('tr');
    await byLink(one, centre, 'tr/general-staff');
    const other = await one.context.newPage();
    await other.goto(`${centre.at('tr')}/exchange`);
    await other.getByRole('button', { name: /tr\/general-staff/ }).waitFor();
    await one.page.getByRole('button', { name: 'Sign out here' }).click();
    await until('the other one too', 3000, () => /\/sign-in/.test(other.url()));
    check(!/tr\/general-staff/.test(await other.locator('body').innerText()), 'it shows who was here');
    await one.context.close();
  });

  test('a session that nears its end, or has ended, is begun anew beside the page, which keeps what is being written', async () => {
    const one = await browsers.of('ru');
    await byLink(one, centre, 'ru/general-staff');
    const { page } = one;
    const { person, person_password: password } = centre.access['ru/general-staff'];
    const told = JSON.parse((await one.fetch('/console/session')).text);
    let asked = 0;
    const near = (route) => (asked++, route.fulfill({ json: { ...told, until: new Date(Date.now() + 14 * 60_000).toISOString().replace('Z', '000Z') } }));
    await page.route('**/console/session', near);
    await one.screen('/agreements/new?view=text');
    const text = page.getByLabel('Title');
    await text.waitFor();
    await text.fill('what is being written');
    const near_end = page.getByRole('alert').filter({ hasText: 'Your session ends at' });
    await near_end.waitFor();
    await until('more is asked for', 4000, () => asked >= 2);
    const again = async (banner) => {
      const [tab] = await Promise.all([one.context.waitForEvent('page'), banner.getByRole('link', { name: 'Sign in' }).click()]);
      await tab.getByLabel('Person').fill(person);
      await tab.getByLabel('Password').fill(password);
      same(await tab.getByLabel('Office, if you act for several').inputValue(), 'ru/general-staff', 'for which office');
      await tab.getByRole('button', { name: 'Sign in' }).click();
      await until('it comes back to where one was', 8000, () => tab.url() === page.url());
      await tab.close();
    };
    await page.unroute('**/console/session');
    await again(near_end);
    await near_end.waitFor({ state: 'hidden' });
    same(await text.inputValue(), 'what is being written', 'after the first');

    await one.context.clearCookies();
    const ended = page.getByRole('alert').filter({ hasText: 'Your session has ended' });
    await page.evaluate(() => void new BroadcastChannel('comity-session').postMessage('in'));
    await ended.waitFor();
    await again(ended);
    await ended.waitFor({ state: 'hidden' });
    same(await text.inputValue(), 'what is being written', 'after the second');
    await one.context.close();
  });
}
