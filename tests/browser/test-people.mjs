// Who may come in is changed in the console; whoever loses it loses the open page within a second.
import { check, same, test, until } from './suite.mjs';
import { byPassword, isIn } from './test-sign-in.mjs';

export function testPeople(ground) {
  const { centre, browsers } = ground;

  test('people: an admin adds a person, consequence first; the password is shown once and signs in', async () => {
    const { ru } = ground;
    const { page } = ru;
    await ru.screen('/people');
    await page.getByRole('button', { name: 'Add a person' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name in the party').fill('anna');
    await dialog.getByRole('combobox').selectOption('ru/general-staff');
    await dialog.getByRole('checkbox', { name: /^watch/ }).check();
    check((await dialog.innerText()).includes('anna@ru may sign in from then on'), 'no consequence is said');
    await dialog.getByRole('button', { name: 'Add a person' }).click();
    const shown = page.getByRole('dialog', { name: 'The password of anna@ru' });
    await shown.waitFor();
    ground.password = (await shown.locator('code').innerText()).trim();
    await page.keyboard.press('Escape');
    await page.getByText('anna@ru').first().waitFor();
    const anna = (ground.anna = await browsers.of('anna'));
    await byPassword(anna, centre, 'ru/general-staff', { person: 'anna@ru', password: ground.password });
    await until('anna is in', 8000, () => isIn(anna));
    await anna.screen('/exchange');
  });

  test('people: a change of roles that was thought of on an older page brings back nothing that another admin took away', async () => {
    const { ru } = ground;
    const { page } = ru;
    const rolesNow = async () => JSON.parse((await ru.fetch('/console/api/v1/people')).text).find((one) => one.person === 'mira@ru').roles['ru/general-staff'];
    const say = async (kind, body) => same(JSON.parse((await ru.fetch('/console/api/v1/commands', { kind, body })).text).outcome, 'accepted', kind);
    const set = (roles) => say('set_roles', { person: 'mira@ru', office: 'ru/general-staff', roles });
    await say('register_person', { slug: 'mira', office: 'ru/general-staff', roles: ['watch', 'releasing'], password: 'three words of hers' });
    await ru.screen('/people');
    await page.getByRole('button', { name: 'Roles of mira@ru' }).click();
    const dialog = page.getByRole('dialog', { name: 'Roles of mira@ru' });
    await dialog.getByRole('checkbox', { name: /^audit/ }).check();
    await set(['watch']); // another admin, in another place
    await dialog.locator('button[type="submit"]').click();
    await dialog.getByRole('alert').getByText('gained nothing, lost releasing').waitFor();
    same(await rolesNow(), ['watch'], 'what was sent');
    same(await dialog.getByRole('checkbox', { name: /^releasing/ }).isChecked(), false, 'what another took away');
    same(await dialog.getByRole('checkbox', { name: /^audit/ }).isChecked(), true, 'what was chosen here');
    await dialog.getByText('mira@ru gets audit and loses nothing').waitFor();
    await dialog.locator('button[type="submit"]').click();
    await dialog.waitFor({ state: 'hidden' });
    same(await rolesNow(), ['watch', 'audit'], 'both');
    await say('revoke_person', { person: 'mira@ru' });
  });

  test('live revocation: cut off by an admin, an open page says so within a second and gets nothing more', async () => {
    const { ru, anna } = ground;
    await until('her page is live', 15_000, async () => /Live/.test(await anna.text()));
    await ru.page.getByRole('button', { name: 'Cut off anna@ru' }).click();
    const dialog = ru.page.getByRole('dialog');
    check((await dialog.innerText()).includes('signed out everywhere at once'), 'no consequence is said');
    await dialog.getByRole('button', { name: 'Cut off' }).click();
    const took = await until('her page says it', 1000, async () => /session has ended/i.test(await anna.text()));
    console.log(`    ${Math.round(took)} ms after the click`);
    const answer = await anna.fetch('/console/api/v1/notices');
    check(answer.status === 401, `the cookie still opens: ${answer.status}`);
    await byPassword(anna, centre, 'ru/general-staff', { person: 'anna@ru', password: ground.password });
    await anna.page.getByRole('alert').filter({ hasText: 'Not signed in' }).waitFor();
    await anna.context.close();
  });

  test('account: a second factor is drawn here, counts from its first code, and out everywhere ends other browsers', async () => {
    const one = await browsers.of('sy one'), two = await browsers.of('sy two');
    for (const each of [one, two]) {
      await byPassword(each, centre, 'sy/general-staff');
      await until('in', 8000, () => isIn(each));
    }
    const { page } = one;
    await one.screen('/account');
    await page.getByRole('button', { name: 'Set one up' }).click();
    await page.getByRole('img', { name: /secret as a picture/ }).waitFor();
    const secret = (await page.locator('code.secret').innerText()).replace(/\s/g, '');
    check(/^[A-Z2-7]{26,64}$/.test(secret), `no base32: ${secret}`);
    await one.shot('account');
    await page.getByLabel('The code that it shows now').fill(await codeOf(secret));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Your other sessions and tokens have ended').waitFor();
    await until('the other page has ended', 2000, async () => /session has ended/i.test(await two.text()));
    await byPassword(two, centre, 'sy/general-staff');
    await two.page.getByRole('alert').filter({ hasText: 'Not signed in' }).waitFor();
    await page.getByRole('button', { name: 'Sign out everywhere' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await until('out', 5000, () => /\/sign-in/.test(page.url()));
    for (const each of [one, two]) await each.context.close();
  });

  test('host: an officer reads what another proposed and countersigns with a key that this browser holds', async () => {
    const { host, second, keys } = await officersOf(ground);
    const { page } = host;
    centre.cliWith(second, 'centre-host/operations', 'host', 'limits', 'drafts=50');
    await host.screen('/people?tab=host');
    await page.getByText('proposed by second-officer@centre-host').waitFor();
    check((await host.text()).includes('body.drafts'), 'the proposal is not shown to its last word');
    await host.shot('host');
    await page.getByRole('button', { name: 'Countersign…' }).click();
    await page.getByLabel('File of the key').setInputFiles(keys.first);
    await page.getByText('This browser holds').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Countersign' }).click();
    await page.getByText('None waits. What one officer proposes').waitFor();
    const { limits } = JSON.parse((await host.fetch('/console/api/v1/host')).text);
    check(limits.find((one) => one.limit === 'drafts').value === 50, 'the limit is as it was');
  });
}

// The first officer of the host in a browser, and a file of credentials for the second one, whose password is made here.
export async function officersOf(ground) {
  if (ground.officers) return ground.officers;
  const { centre, browsers } = ground;
  const { person, password, keys } = centre.officers();
  const host = (ground.host = await browsers.of('host'));
  const { page } = host;
  await byPassword(host, centre, 'centre-host/operations', { person, password });
  await until('in', 8000, () => isIn(host));
  await host.screen('/people?tab=people');
  const name = 'second-officer@centre-host';
  await page.getByRole('button', { name: `A new password for ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'New password' }).click();
  const shown = page.getByRole('dialog', { name: `The password of ${name}` });
  await shown.waitFor();
  const other = (await shown.locator('code').innerText()).trim();
  const second = centre.file('second.toml', `["centre-host/operations"]\nuser = "${name}"\npassword = "${other}"\nkey = "${keys.second}"\n`);
  return (ground.officers = { host, second, keys });
}

// RFC 6238, as an application on a telephone computes it.
async function codeOf(base32) {
  const { createHmac } = await import('node:crypto');
  const bits = [...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
