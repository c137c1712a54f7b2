// A clock that leaps is not believed until two officers say that it is right; and a key in the place of lost ones takes effect after 72 hours
// in which the centre was open. The centre's clock is held here (tests/conformance/held_clock.c).
import { execFileSync } from 'node:child_process';
import { closeSync, constants, cpSync, mkdtempSync, openSync, readdirSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { program, root, Served } from './centre.mjs';
import { check, same, skip, test, until } from './suite.mjs';
import { bringKey, closed, dialog } from './test-agreements.mjs';
import { hostSigns } from './test-machines.mjs';
import { byPassword, isIn } from './test-sign-in.mjs';

const office = 'centre-host/operations', minute_us = 60_000_000n;

// Microseconds since 1970 in a file that the preloaded library reads.
class HeldClock {
  constructor(folder) {
    this.path = join(folder, 'clock');
    this.library = join(folder, 'held_clock.so');
    this.set(BigInt(Date.now()) * 1000n);
    try {
      execFileSync(process.env.CC ?? 'clang-19', ['-O1', '-shared', '-fPIC', '-o', this.library, join(root, 'tests/conformance/held_clock.c')], { stdio: 'ignore' });
    } catch {
      skip('no compiler for the library that holds the clock: CC names one');
    }
  }
  set(us) {
    const octets = Buffer.alloc(8);
    octets.writeBigInt64LE((this.now = us));
    const file = openSync(this.path, constants.O_RDWR | constants.O_CREAT); // never shorter than it is: the centre reads it
    writeSync(file, octets, 0, 8, 0);
    closeSync(file);
  }
  environment() {
    return { LD_PRELOAD: this.library, HELD_CLOCK: this.path };
  }
}

// Credentials of the second officer, whose password the first one gives her.
function secondOfficer(centre, folder) {
  const toml = join(folder, 'second.toml'), password = join(folder, 'password'), name = 'second-officer@centre-host';
  writeFileSync(toml, `["${office}"]\nuser = "${name}"\npassword = "of the second officer"\nkey = "${centre.officers().keys.second}"\n`, { mode: 0o600 });
  writeFileSync(password, 'of the second officer\n', { mode: 0o600 });
  centre.cli(office, 'people', 'password', name, '--password-file', password);
  return toml;
}

export function testRecovery({ browsers }) {
  let folder, clock, centre, host, second;

  // Nothing wakes a centre whose clock is held, but a command: one that is refused.
  async function pass(us) {
    const nothing = { kind: 'delete_item', body: { id: 'tool--00000000-0000-4000-8000-000000000000' } };
    for (const until_us = clock.now + us; clock.now < until_us; ) {
      clock.set(clock.now + 9n * minute_us);
      await until('the centre goes on', 10_000, async () => (await centre.ask('sy/general-staff', '/api/v1/commands', nothing)).status === 422);
    }
  }
  // Where that moves the centre's time, what it answers may be that it catches up.
  function countersign(digest) {
    try {
      centre.cliWith(second, office, 'host', 'countersign', digest);
    } catch (error) {
      if (!/catching up/.test(String(error.stderr))) throw error;
    }
  }

  test('clock: an officer signs in to a centre that believes its clock no more, and two of them say that it is right', async () => {
    folder = mkdtempSync(join(tmpdir(), 'comity-recovery-'));
    clock = new HeldClock(folder);
    centre = await Served.load(folder, clock.environment());
    await centre.serve();
    const { person, password, keys } = centre.officers();
    second = secondOfficer(centre, folder);

    // Something that is due by then: without, there is nothing to be wrong about.
    writeFileSync(join(folder, 'iq.pub'), centre.cli(office, 'key', 'new', join(folder, 'iq-new.key')));
    countersign(/[0-9a-f]{64}/.exec(centre.cli(office, 'host', 'recover-key', 'iq', join(folder, 'iq.pub'), '--key', centre.officers().keys.first))[0]);
    clock.set(clock.now + 73n * 60n * minute_us);
    same((await centre.ask('ru/general-staff', '/api/v1/agreements')).status, 503, 'what is served');
    host = await browsers.of('officer');
    await byPassword(host, centre, office, { person, password });
    await until('the officer is in', 8000, () => isIn(host));
    await host.screen('/people?tab=host');
    await host.page.getByText('leapt ahead and is not believed').waitFor();
    await host.shot('host-clock');
    await host.page.getByRole('button', { name: 'Believe the clock…' }).click();
    const at = new Date(Number(clock.now / 1000n) + 3_600_000).toISOString();
    await host.page.getByLabel('Up to when, in UTC').fill(`${at.slice(0, 10)} ${at.slice(11, 16)}`);
    await hostSigns(host, keys, 'is believed up to', 'Sign and propose');
    await host.page.getByText('You have proposed it yourself').waitFor();
    countersign(JSON.parse((await host.fetch('/console/api/v1/host')).text).proposals[0].digest);
    await until('all are served', 5000, async () => (await centre.ask('ru/general-staff', '/api/v1/agreements')).status === 200);
    await host.context.close();
  });

  test('restore: of a backup nobody is served; a party presents what it took back, and two officers record what was lost', async () => {
    const place = mkdtempSync(join(tmpdir(), 'comity-restored-'));
    const officer = await browsers.of('officer'), ru = await browsers.of('ru again');
    const own = await Served.load(place, { COMITY_ACTS: join(place, 'acts') });
    try {
      await own.serve();
      const other = secondOfficer(own, place);
      const backup = join(place, 'backup'), { COMITY_ACTS: acts } = own.environment;
      execFileSync(program, ['backup', '--data', own.data, backup], { stdio: 'ignore' });
      own.cli('ru/general-staff', 'clients', 'revoke', 'ru/mfa/client');
      await own.stop();
      const first = join(place, 'first');
      renameSync(own.data, first);
      execFileSync(program, ['restore', backup, '--data', own.data, '--head', join(first, 'in-flight')], { stdio: 'ignore' });
      cpSync(join(first, 'demo-keys'), join(own.data, 'demo-keys'), { recursive: true });
      await own.serve();
      const served = async () => (await own.ask('ru/general-staff', '/api/v1/agreements')).status;
      same(await served(), 503, 'what is served');

      await byPassword(ru, own, 'ru/general-staff');
      await until('ru is in', 8000, () => isIn(ru));
      await ru.screen('/agreements/keys');
      const [kept] = readdirSync(acts).filter((name) => name.endsWith('-revoke_client.json'));
      await ru.page.locator('section', { hasText: 'acts signed elsewhere' }).locator('input[type=file]').setInputFiles(join(acts, kept));
      await ru.page.getByRole('button', { name: 'Send 1 as they are' }).click();
      await ru.page.getByText('✓ accepted').waitFor();

      const { person, password, keys } = own.officers();
      await byPassword(officer, own, office, { person, password });
      await until('the officer is in', 8000, () => isIn(officer));
      await officer.screen('/people?tab=host');
      await officer.page.getByText('The journal was put back here').waitFor();
      await officer.page.getByRole('button', { name: 'Record what was lost…' }).click();
      await officer.shot('host-restored');
      const dialogOf = officer.page.getByRole('dialog');
      check(Number(await dialogOf.getByLabel('Records that there were').inputValue()) > Number(await dialogOf.getByLabel('Records that are there').inputValue()), 'nothing is said to be lost');
      await hostSigns(officer, keys, 'for good, in the log that everybody checks', 'Sign and propose');
      await officer.page.getByText('You have proposed it yourself').waitFor();
      own.cliWith(other, office, 'host', 'countersign', JSON.parse((await officer.fetch('/console/api/v1/host')).text).proposals[0].digest);
      await until('all are served', 5000, async () => (await served()) === 200);
      same(JSON.parse((await own.ask('ru/general-staff', '/api/v1/clients')).text).find((one) => one.client === 'ru/mfa/client').state, 'revoked', 'what was presented');
    } finally {
      await officer.context.close();
      await ru.context.close();
      await own.stop();
      rmSync(place, { recursive: true, force: true });
    }
  });

  test('recovery: after 72 hours a party confirms in its browser the key that another was given', async () => {
    const ru = await browsers.of('ru later');
    try {
      await pass(73n * 60n * minute_us);
      await byPassword(ru, centre, 'ru/general-staff');
      await until('ru is in', 8000, () => isIn(ru));
      await bringKey(ru, centre, 'ru');
      const button = ru.page.getByRole('button', { name: 'Confirm a key' });
      await button.first().waitFor();
      await ru.shot('recovery-to-confirm');
      const before = await button.count();
      await button.first().click();
      await dialog(ru).getByText('The host gave iq another key').waitFor();
      await dialog(ru).getByText('What is signed, exactly').waitFor();
      await dialog(ru).getByRole('button', { name: 'Sign and send: Confirm a key' }).click();
      await closed(ru);
      await until('one waits for ru no more', 5000, async () => (await button.count()) === before - 1);
      const owed = JSON.parse((await ru.fetch('/console/api/v1/recoveries')).text);
      same(owed.filter((one) => one.waits_for?.includes('ru')).length, before - 1, 'what waits for ru');
    } finally {
      await ru.context.close();
      await centre.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
