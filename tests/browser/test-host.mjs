// What two officers of the host do, from the first one's browser to the second one's command line; and what a party's admin says of its
// providers, destinations and certificates.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { check, same, test, until } from './suite.mjs';
import { hostSigns } from './test-machines.mjs';
import { officersOf } from './test-people.mjs';
import { byPassword, isIn } from './test-sign-in.mjs';

const office = 'centre-host/operations';

export function testHost(ground) {
  const { centre, browsers } = ground;
  const told = async (party) => JSON.parse((await party.fetch('/console/api/v1/host')).text);
  const newKey = (name) => {
    const secret = join(centre.folder, `${name}.key`);
    return { secret, publicHalf: centre.file(`${name}.pub`, centre.cli(office, 'key', 'new', secret)) };
  };

  // The first officer proposes what the dialog shows, the second one countersigns what then waits.
  async function bothSign(consequence, confirm = 'Sign and propose') {
    const { host, second, keys } = await officersOf(ground);
    await hostSigns(host, keys, consequence, confirm);
    await host.page.getByText('You have proposed it yourself').waitFor();
    const { proposals } = await told(host);
    same(proposals.map((one) => one.by), ['first-officer@centre-host'], 'what waits');
    check((await host.text()).includes(proposals[0].digest), 'its digest is not shown');
    centre.cliWith(second, office, 'host', 'countersign', proposals[0].digest);
    await host.screen('/people?tab=host');
    await host.page.getByText('None waits.').waitFor();
  }

  async function proposing(kind) {
    const { host } = await officersOf(ground);
    await host.screen('/people?tab=host');
    await host.page.getByRole('button', { name: 'Propose an act…' }).click();
    const dialog = host.page.getByRole('dialog');
    await dialog.getByLabel('What two officers are to do').selectOption(kind);
    return { host, dialog };
  }

  test('host: limits are proposed in the browser, and hold once another officer has countersigned', async () => {
    const { host } = await officersOf(ground);
    const drafts = async () => (await told(host)).limits.find((one) => one.limit === 'drafts').value;
    const before = await drafts();
    await host.screen('/people?tab=host');
    await host.page.getByRole('button', { name: 'Change limits…' }).click();
    const dialog = host.page.getByRole('dialog');
    await dialog.getByLabel('drafts').fill('60');
    await host.shot('host-propose');
    same(await host.axe(), [], 'axe');
    await bothSign(`drafts: 60 instead of ${before}`);
    same(await drafts(), 60, 'the limit');
  });

  test('host: a party is admitted, and its first admin signs in with the password that was shown once', async () => {
    const { host, dialog } = await proposing('register_party');
    const { secret, publicHalf } = newKey('ge');
    ground.geKey = secret;
    await dialog.getByLabel('Its short name').fill('ge');
    await dialog.getByLabel('Its whole name').fill('Georgia');
    await dialog.getByLabel('File of the public key').setInputFiles(publicHalf);
    await dialog.getByText(/This is ed25519:[0-9a-f]{16}\. Compare it/).waitFor();
    await dialog.getByRole('textbox', { name: 'Office' }).fill('mfa');
    await dialog.getByRole('textbox', { name: 'First admin' }).fill('nino');
    await host.shot('host-admit');
    const { keys } = await officersOf(ground);
    await hostSignsAndKeeps(host, keys);
    const shown = host.page.getByRole('dialog', { name: 'The password of nino@ge' });
    await shown.waitFor();
    const password = (await shown.locator('code').innerText()).trim();
    await host.page.keyboard.press('Escape');
    const { proposals } = await told(host);
    check(!JSON.stringify(proposals).includes(password), 'the password stands in the act');
    centre.cliWith((await officersOf(ground)).second, office, 'host', 'countersign', proposals[0].digest);
    const nino = (ground.nino = await browsers.of('nino'));
    await byPassword(nino, centre, 'ge/mfa', { person: 'nino@ge', password });
    await until('in', 8000, () => isIn(nino));
  });

  test('host: a party is suspended in an emergency, the parties read why, and it ends before its time', async () => {
    const { host, dialog } = await proposing('emergency_suspend');
    await dialog.getByLabel('A party, or an agreement').fill('ge');
    await dialog.getByLabel('For how many hours').fill('2');
    await dialog.getByLabel('Reason').fill('its releasing machine is in wrong hands');
    await bothSign('ge is suspended for 2 hours');
    await host.page.getByText('its releasing machine is in wrong hands').waitFor();
    await host.shot('host-suspended');
    await host.page.getByRole('button', { name: 'End the suspension of ge' }).click();
    await bothSign('Nothing happens until another officer');
    same((await told(host)).emergencies, [], 'what is suspended');
  });

  test('host: another key for a party that has lost its own is filed from the browser', async () => {
    const { host, dialog } = await proposing('recover_key');
    await dialog.getByRole('combobox').nth(1).selectOption('ge');
    await dialog.getByLabel('File of the public key').setInputFiles(newKey('ge-new').publicHalf);
    await dialog.getByText('For three days nothing changes').waitFor();
    await bothSign('For three days nothing changes');
    await ground.nino.screen('/agreements/keys');
    await ground.nino.page.getByText('The host is about to give your party another key').waitFor();
    await host.park();
  });

  test('host: a third officer is made by two, with a key of her own', async () => {
    const { host } = await officersOf(ground);
    same((await host.fetch('/console/api/v1/commands', { kind: 'register_person', body: { slug: 'third-officer', office, roles: ['watch'] } })).status, 200, 'the person');
    const person = 'third-officer@centre-host';
    const { dialog } = await proposing('set_roles');
    await dialog.getByLabel('Person').fill(person);
    await dialog.getByLabel('File of the public key').setInputFiles(newKey('third').publicHalf);
    await dialog.getByText(/This is ed25519:/).waitFor();
    await bothSign(`In ${office}, ${person} has these roles`);
    const { roles } = JSON.parse((await host.fetch('/console/api/v1/people')).text).find((one) => one.person === person);
    same(roles, { [office]: ['host'] }, 'her roles');
  });

  test('host: a framework is allowed by two from the browser, and loaded object by object with its proofs', async () => {
    const { host, dialog } = await proposing('allow_framework');
    const tool = (n) => ({ type: 'tool', spec_version: '2.1', id: `tool--00000000-0000-4000-8000-00000000000${n}`, created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z', name: `tool ${n}` });
    const bundle = centre.file('tools.json', JSON.stringify({ type: 'bundle', id: 'bundle--00000000-0000-4000-8000-000000000000', objects: [3, 1, 2].map(tool) }, null, 1));
    const { root, objects } = centre.told(office, 'frameworks', 'digest', bundle);
    await dialog.getByLabel('Name, the same for every bundle').fill('tools');
    await dialog.getByLabel('Title').fill('Tools 1');
    await dialog.getByLabel('File of the bundle').setInputFiles(bundle);
    await dialog.getByText(`${objects} objects, root ${root}`).waitFor();
    await bothSign('The 3 objects of this bundle, and no others');
    await host.page.getByRole('button', { name: 'Load tools' }).click();
    const loading = host.page.getByRole('dialog');
    await loading.getByLabel('File of the bundle').setInputFiles(bundle);
    await loading.getByRole('button', { name: 'Load…' }).click();
    await loading.waitFor({ state: 'hidden' });
    same(centre.told(office, 'frameworks', 'list').map((one) => [one.framework, one.loaded]), [['tools', 3]], 'what is loaded');
    await host.page.getByText('3 / 3').waitFor();
    await host.shot('host-frameworks');
    await host.page.getByRole('button', { name: 'Take tools out of the reference set' }).click();
    await bothSign('Nothing happens until another officer');
    same(centre.told(office, 'frameworks', 'list'), [], 'what is allowed');
  });

  test('providers: an issuer gives roles to people, one of whom is named there, and takes them back', async () => {
    const { ru } = ground;
    const { page } = ru;
    const dialog = page.getByRole('dialog');
    const set = centre.file('people-jwks.json', JSON.stringify({ keys: [{ ...ground.issuerKey.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' }] }));
    const form = async (button, name, role) => {
      await page.getByRole('button', { name: button }).first().click();
      if (name) await dialog.getByLabel('Name in the party').fill(name);
      if (name) await dialog.getByLabel(/“iss”/).fill('https://people.example/ru');
      await dialog.getByLabel('File of its public keys').setInputFiles(set);
      await dialog.getByText('k1').waitFor();
      await role();
    };
    const roles = () => centre.told('ru/general-staff', 'issuers', 'list').find((one) => one.issuer === 'people').roles;
    await ru.screen('/people?tab=tokens');
    await form('Register an issuer', 'people', async () => {
      await dialog.getByRole('checkbox', { name: 'read', exact: true }).uncheck();
      for (const role of [/^watch/, /^signing/]) await dialog.getByRole('checkbox', { name: role }).check();
      check((await dialog.innerText()).includes('with no more of their roles than: watch, signing'), 'what it gives is not said');
      await ru.shot('issuer-roles');
      await dialog.getByRole('button', { name: 'Register an issuer' }).click();
    });
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('people: watch, signing').waitFor();
    await form('Change ru/people', '', async () => {
      await dialog.getByRole('checkbox', { name: /^signing/ }).uncheck();
      await dialog.getByText('loses there: signing').waitFor();
      await dialog.getByRole('button', { name: 'Change' }).click();
    });
    await dialog.waitFor({ state: 'hidden' });
    same(roles(), ['watch'], 'the roles');

    await ru.screen('/people?tab=people');
    await page.getByRole('button', { name: 'By whom boris@ru signs in' }).click();
    await dialog.getByLabel('By whom she signs in').selectOption('people');
    await dialog.getByLabel(/“sub”/).fill('boris-at-home');
    await dialog.getByText('Whoever ru/people says is boris-at-home signs in as boris@ru').waitFor();
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('by ru/people as').waitFor();
    const row = () => centre.told('ru/general-staff', 'people', 'list').find((one) => one.person === 'boris@ru');
    same([row().issuer, row().subject], ['people', 'boris-at-home'], 'who he is there');
    await ru.shot('people');
    same(await ru.axe(), [], 'axe');
    await page.getByRole('button', { name: 'By whom boris@ru signs in' }).click();
    await dialog.getByLabel('By whom she signs in').selectOption('');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.waitFor({ state: 'hidden' });
    same(row().issuer, undefined, 'who he is there');
  });

  test('calls: feeds are attached to a destination that the host allows with an address of its own, and detached', async () => {
    const { ru } = ground;
    const { page } = ru;
    const dialog = page.getByRole('dialog');
    await ru.screen('/people?tab=calls');
    await page.getByRole('button', { name: 'Add a destination' }).click();
    await dialog.getByLabel('Name in the party').fill('siem');
    await dialog.getByLabel('Address, https').fill('https://siem.example/comity');
    await dialog.getByRole('button', { name: 'Add a destination' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const feeds = () => centre.told('ru/general-staff', 'destinations', 'list')[0].feeds.sort();
    const change = async (said, ...names) => {
      await page.getByRole('button', { name: 'What siem is rung for' }).click();
      for (const name of names) await dialog.getByRole('checkbox', { name }).click();
      await dialog.getByText(said).waitFor();
      await dialog.getByRole('button', { name: 'Confirm' }).click();
      await dialog.waitFor({ state: 'hidden' });
    };
    await change('is rung when something is added to: all, ru.baghdad-centre', /^all/, 'ru.baghdad-centre');
    same(feeds(), ['all', 'ru.baghdad-centre'], 'feeds');
    await page.getByText('all, ru.baghdad-centre').waitFor();
    await change('is no longer rung for: all', /^all/);
    same(feeds(), ['ru.baghdad-centre'], 'feeds');
    await ru.shot('calls');

    const { host, keys } = await officersOf(ground);
    await host.screen('/people?tab=host');
    await host.page.getByRole('listitem').filter({ hasText: 'ru/siem' }).getByRole('button', { name: 'Allow' }).click();
    await host.page.getByRole('dialog').getByLabel(/Addresses that may be called/).fill('10.1.2.3');
    await hostSigns(host, keys, 'The centre may open connections', 'Allow');
    same((await told(host)).destinations.map((one) => [one.destination, one.allowed, one.addresses]), [['ru/siem', true, ['10.1.2.3']]], 'what is allowed');
  });

  test('machines: one comes in with the key of a certificate, of which a hash alone is sent', async () => {
    const { ru } = ground;
    const { page } = ru;
    const at = (name) => join(centre.folder, name);
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', at('radar.key'), '-out', at('radar.pem'), '-subj', '/CN=radar'], { stdio: 'ignore' });
    await ru.screen('/people?tab=machines');
    await page.getByRole('button', { name: 'A certificate for ru/general-staff/radar' }).click();
    const dialog = page.getByRole('dialog');
    const file = dialog.getByLabel('File of the certificate, PEM');
    await file.setInputFiles({ name: 'both.pem', mimeType: 'application/x-pem-file', buffer: Buffer.concat([readFileSync(at('radar.key')), readFileSync(at('radar.pem'))]) });
    await dialog.getByText('A private key is in it').waitFor();
    await file.setInputFiles(at('radar.pem'));
    const info = execFileSync('sh', ['-c', `openssl x509 -in '${at('radar.pem')}' -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum`], { encoding: 'utf8' }).slice(0, 64);
    await dialog.getByText(`certificate-sha256:${info}`).waitFor();
    await dialog.getByRole('button', { name: 'Certificate', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  });
}

async function hostSignsAndKeeps(host, keys) {
  const dialog = host.page.getByRole('dialog', { name: 'Propose an act' });
  await dialog.getByText('Your own key').waitFor();
  await host.page.waitForTimeout(300);
  if (await dialog.getByLabel('File of the key').count()) await dialog.getByLabel('File of the key').setInputFiles(keys.first);
  await dialog.getByRole('button', { name: 'Sign and propose' }).click();
}
