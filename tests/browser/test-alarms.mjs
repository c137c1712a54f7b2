// Alarms on whichever screen is open: an officer who reads an agreement hears of a distress notice as one does who watches the map.
import { randomUUID } from 'node:crypto';

import { check, same, test, until } from './suite.mjs';
import { byLink } from './test-sign-in.mjs';

const wire = (ms) => new Date(ms).toISOString().replace('Z', '000Z');

function notice(number, contingent) {
  const content = { about: 'contingent', intent: randomUUID(), level: 'warning', contingent, volumes: [] };
  return { notice: number, state: 'open', raised: wire(Date.now()), about: content.about, intent: content.intent, content, answer_by: wire(Date.now() + 3_600_000), overdue: false, escalations: 0, replies: [] };
}

export function testAlarms({ centre, browsers }) {
  // With a centre's list made here: how a notice comes to be is shown elsewhere.
  test('alarms: a distress notice is heard and seen on every screen, and shelved on all of them', async () => {
    const one = await browsers.of('officer');
    await byLink(one, centre, 'iq/defence');
    const { page } = one;
    let notices = [], asked = 0;
    await page.route(/\/console\/api\/v1\/notices\?/, (route) => (asked++, route.fulfill({ json: notices })));
    await one.screen('/exchange');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await until('the list was asked for', 5000, () => asked > 0);
    const link = page.locator('header').getByRole('link', { name: /alarm/i });
    same([await link.count(), await page.title()], [0, 'Exchange – Comity'], 'while nothing calls for anybody');

    notices = [notice(41, false), notice(42, true)];
    await one.screen('/agreements');
    await link.waitFor();
    check(/^3 alarms\. Notice 42: somebody in distress/.test(await link.getAttribute('aria-label')), await link.getAttribute('aria-label'));
    await until('it is announced', 3000, async () => /Notice 42: somebody in distress/.test(await page.locator('[aria-live=assertive]').innerText()));
    same(await page.title(), '(2) Agreements – Comity', 'the title');
    same(await one.axe(), [], 'axe');
    await one.shot('alarms-elsewhere');

    asked = 0;
    await link.click();
    await page.locator('#notice-42.selected').waitFor();
    same(await link.count(), 0, 'Watch lists them itself');
    await page.waitForTimeout(1500);
    check(asked <= 1, `one list was asked for ${asked} times`);
    same(await page.title(), '(2) Watch – Comity', 'the title of Watch');
    await page.getByRole('button', { name: /^Shelve.*42/ }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Exchange' }).click();
    await link.waitFor();
    check(/^2 alarms\. Notices wait and nobody is on watch/.test(await link.getAttribute('aria-label')), await link.getAttribute('aria-label'));
    await page.getByRole('navigation').getByRole('link', { name: 'Watch' }).click();
    await page.getByRole('button', { name: /1 shelved/i }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Agreements' }).click();

    await page.unroute(/\/console\/api\/v1\/notices\?/);
    await page.route(/\/console\/api\/v1\/notices\?/, (route) => route.fulfill({ status: 503, body: '{}' }));
    await one.screen('/exchange');
    await page.locator('header').getByRole('link', { name: 'Alarms not known' }).waitFor();
    await one.context.close();
  });
}
