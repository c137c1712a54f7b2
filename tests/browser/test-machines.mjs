// What is sent again after a lost answer is done once; and issuers of tokens, from the file of their keys to a machine that comes in.
import { createHash, createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';

import { check, same, test, until } from './suite.mjs';
import { officersOf } from './test-people.mjs';
import { byPassword, isIn } from './test-sign-in.mjs';

const commands = '**/console/api/v1/commands';

// The next command reaches the centre, and its answer never reaches the page; or it is lost before the centre has it. What was sent of that
// kind, each time.
export async function loseOneAnswer(page, kind, how = 'after') {
  const sent = [];
  let lost = false;
  await page.route(commands, async (route) => {
    const request = route.request();
    if (JSON.parse(request.postData()).kind !== kind) return route.continue();
    sent.push({ key: request.headers()['idempotency-key'], body: request.postData() });
    if (lost) return route.continue();
    lost = true;
    if (how === 'before') return route.abort('connectionreset');
    // Only a browser knows that all of *.localhost is this machine.
    const { host, port, pathname } = new URL(request.url());
    const answer = await route.fetch({ url: `http://127.0.0.1:${port}${pathname}`, headers: { ...(await request.allHeaders()), host } });
    same(answer.status(), 200, 'what the centre answered');
    return route.abort('connectionreset');
  });
  return sent;
}

export async function recordsOf(party, kind) {
  const { records } = JSON.parse((await party.fetch('/console/api/v1/records?limit=1000')).text);
  return records.filter((one) => one.kind === kind && one.outcome === 'accepted').length;
}

export function testMachines(ground) {
  const { centre, browsers } = ground;

  test('lost answer: a person who is added again after it is there once, and the password that is shown signs in', async () => {
    const { ru } = ground;
    const { page } = ru;
    await ru.screen('/people');
    const before = await recordsOf(ru, 'register_person');
    const sent = await loseOneAnswer(page, 'register_person');
    await page.getByRole('button', { name: 'Add a person' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name in the party').fill('boris');
    await dialog.getByRole('combobox').selectOption('ru/general-staff');
    await dialog.getByRole('checkbox', { name: /^watch/ }).check();
    await dialog.getByRole('button', { name: 'Add a person' }).click();
    await dialog.getByText('sending it again does it once only').waitFor();
    await dialog.getByRole('button', { name: 'Add a person' }).click();
    const shown = page.getByRole('dialog', { name: 'The password of boris@ru' });
    await shown.waitFor();
    const password = (await shown.locator('code').innerText()).trim();
    await page.unroute(commands);
    same(sent.length, 2, 'how often it was sent');
    same(sent[0], sent[1], 'what was sent again');
    same(await recordsOf(ru, 'register_person'), before + 1, 'records');
    const boris = await browsers.of('boris');
    await byPassword(boris, centre, 'ru/general-staff', { person: 'boris@ru', password });
    await until('boris is in', 8000, () => isIn(boris));
    await boris.context.close();
    await page.keyboard.press('Escape');
  });

  test('lost answer: after a reload the page says that it stands, or sends the very same again', async () => {
    const { ru } = ground;
    const { page } = ru;
    const banner = page.getByRole('region', { name: 'Sent before this page was loaded' });
    const change = async (how) => {
      await ru.screen('/people');
      const sent = await loseOneAnswer(page, 'set_roles', how);
      await page.getByRole('button', { name: 'Roles of boris@ru' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('checkbox', { name: /^audit/ }).click();
      await dialog.getByRole('button', { name: 'Confirm' }).click();
      await dialog.getByText('sending it again does it once only').waitFor();
      await page.reload();
      await banner.waitFor();
      return sent;
    };
    const before = await recordsOf(ru, 'set_roles');
    await change('after');
    await banner.getByText('It arrived and stands').waitFor();
    await ru.shot('unanswered');
    same(await ru.axe(), [], 'axe');
    await banner.getByRole('button', { name: 'Close' }).click();
    await page.unroute(commands);
    same(await recordsOf(ru, 'set_roles'), before + 1, 'records');

    const sent = await change('before');
    await banner.getByText('The centre has no record of it').waitFor();
    await banner.getByRole('button', { name: 'Send the same again' }).click();
    await banner.getByText('It arrived and stands').waitFor();
    await page.unroute(commands);
    same(sent[1], sent[0], 'what was sent again');
    same(await recordsOf(ru, 'set_roles'), before + 2, 'records');
    await page.reload();
    await page.getByRole('button', { name: 'Roles of boris@ru' }).waitFor();
    same(await banner.count(), 0, 'what is said once it is answered');
    same(await page.evaluate(() => sessionStorage.length), 0, 'what is kept then');
  });

  test('issuers: one is registered from a key set that is read in the browser, and waits for the host', async () => {
    const { ru } = ground;
    const { page } = ru;
    const pair = (ground.issuerKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    const set = { keys: [{ ...pair.privateKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' }, { ...pair.publicKey.export({ format: 'jwk' }), kid: 'enc', use: 'enc' }] };
    const bodies = [];
    page.on('request', (request) => bodies.push(request.postData() ?? ''));
    await ru.screen('/people?tab=tokens');
    await page.getByText('No issuer: machines come in with passwords').waitFor();
    await page.getByRole('button', { name: 'Register an issuer' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name in the party').fill('login');
    await dialog.getByLabel(/“iss”/).fill('https://login.example/ru');
    await dialog.getByLabel('File of its public keys').setInputFiles({ name: 'jwks.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(set)) });
    const id = `sha256:${createHash('sha256').update(pair.publicKey.export({ type: 'spki', format: 'der' })).digest('hex').slice(0, 16)}`;
    await dialog.getByText(id).waitFor();
    await dialog.getByText('Left out: enc, not for signatures').waitFor();
    await dialog.getByText('Beware: the file has the private half of k1').waitFor();
    await dialog.getByRole('checkbox', { name: 'ru/general-staff' }).check();
    const said = await dialog.innerText();
    for (const words of ['for ru/general-staff, with no more than: read', 'once an officer of the host has allowed']) check(said.includes(words), `not said: ${words}`);
    await ru.shot('issuer-form');
    await dialog.getByRole('button', { name: 'Register an issuer' }).click();
    await page.getByText('waits to be allowed').waitFor();
    check((await ru.text()).includes(id), 'the centre names the key otherwise');
    check(!bodies.some((one) => one.includes(set.keys[0].d)), 'the private half was sent');
  });

  test('issuers: the host allows it, consequence first, and a machine comes in by its token', async () => {
    const { ru } = ground;
    const { host, keys } = await officersOf(ground);
    await host.screen('/people?tab=host');
    const { page } = host;
    await page.getByRole('listitem').filter({ hasText: 'ru/login' }).getByRole('button', { name: 'Allow' }).click();
    await hostSigns(host, keys, 'Tokens that say https://login.example/ru stand for machines that ru has registered', 'Allow');
    await page.getByRole('button', { name: 'Allow tokens of ru/login no more' }).waitFor();
    await ru.screen('/people?tab=machines');
    await ru.page.getByRole('button', { name: 'Add a machine' }).click();
    const dialog = ru.page.getByRole('dialog');
    await dialog.getByRole('combobox').first().selectOption('ru/general-staff');
    await dialog.getByLabel('Name in the office').fill('radar');
    await dialog.getByLabel('How it comes in').selectOption('login');
    await dialog.getByLabel(/“sub”/).fill('radar-7');
    await dialog.getByText('Tokens of ru/login about radar-7 stand for ru/general-staff/radar').waitFor();
    await dialog.getByRole('button', { name: 'Add a machine' }).click();
    await ru.page.getByText('ru/general-staff/radar').first().waitFor();
    same((await byToken(ground, 'radar-7')).status, 200, 'the machine');
    same((await byToken(ground, 'radar-8')).status, 401, 'another machine');
  });

  test('issuers: the host allows it no more, and ru ends it; its tokens count for nothing', async () => {
    const { ru } = ground;
    const { host, keys } = await officersOf(ground);
    await host.screen('/people?tab=host');
    await host.page.getByRole('button', { name: 'Allow tokens of ru/login no more' }).click();
    await hostSigns(host, keys, 'count for nothing from then on', 'Allow it no more');
    await host.page.getByRole('listitem').filter({ hasText: 'ru/login' }).getByRole('button', { name: 'Allow', exact: true }).waitFor();
    same((await byToken(ground, 'radar-7')).status, 401, 'the machine');
    await ru.screen('/people?tab=tokens');
    await ru.page.getByRole('button', { name: 'End ru/login' }).click();
    const dialog = ru.page.getByRole('dialog');
    check((await dialog.innerText()).includes('count for nothing from then on'), 'no consequence is said');
    await dialog.getByRole('button', { name: 'End' }).click();
    await ru.page.getByText('cut off').waitFor();
  });
}

// The dialog of an officer's act: what follows is read, the key is brought if this browser has none, then it is signed.
export async function hostSigns(host, keys, consequence, confirm) {
  const dialog = host.page.getByRole('dialog');
  await dialog.getByText(consequence).waitFor();
  await dialog.getByText('Your own key').waitFor();
  await host.page.waitForTimeout(300);
  if (await dialog.getByLabel('File of the key').count()) await dialog.getByLabel('File of the key').setInputFiles(keys.first);
  await dialog.getByText('This browser holds').waitFor();
  await dialog.getByRole('button', { name: confirm, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

// RFC 7519, signed by ES256 as the issuer would.
async function byToken({ centre, issuerKey }, sub) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const { json } = await centre.ask('ru/general-staff', '/api/v1/me');
  const text = `${part({ alg: 'ES256', kid: 'k1' })}.${part({ iss: 'https://login.example/ru', sub, aud: json().centre.origin, jti: randomUUID(), iat: now, exp: now + 300 })}`;
  const value = sign('sha256', Buffer.from(text), { key: createPrivateKey(issuerKey.privateKey.export({ type: 'pkcs8', format: 'pem' })), dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const response = await fetch(`${centre.url}/api/v1/me`, { headers: { Authorization: `Bearer ${text}.${value}`, Accept: 'application/json' } });
  return { status: response.status, text: await response.text() };
}
