// The lists of the screen Exchange where they are long. The items are made here: the demo has not as many.
import { check, same, test, until } from './suite.mjs';
import { byLink } from './test-sign-in.mjs';

const made = 2300, page_rows = 1000;

// A centre's answer to /items: the newest first, with tokens that are numbers.
function answer(asked) {
  const query = new URL(asked).searchParams;
  const all = Array.from({ length: made }, (_, i) => ({
    id: `report--00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, type: i === 7 ? 'note' : 'report', version: '2015-10-01T00:00:00.000Z', form: 'whole',
    agreement: 'ru.il-staff', clause: 'reports', date_added: `2015-10-01T00:00:00.${String(i).padStart(6, '0')}Z`,
  })).reverse().filter((one) => !query.get('type') || one.type === query.get('type'));
  const from = Number(query.get('after') ?? 0), until = from + Number(query.get('limit'));
  return { items: all.slice(from, until), more: until < all.length, next: String(Math.min(until, all.length)) };
}

export function testExchange({ browsers, centre }) {
  test('exchange: of a long list the newest page is there with one question, older ones when they are asked for', async () => {
    const il = await browsers.of('il exchange');
    const { page } = il;
    await byLink(il, centre, 'il/general-staff');
    const asked = [];
    await page.route('**/console/api/v1/items/**', (route) => route.fulfill({ json: { type: 'report', name: 'A made one' } }));
    await page.route('**/console/api/v1/items?*', (route) => {
      asked.push(new URL(route.request().url()).searchParams.toString());
      return route.fulfill({ json: answer(route.request().url()) });
    });
    await il.screen('/exchange');
    await page.getByText('The newest 1,000 are listed, and there are older ones').waitFor();
    check(asked.every((one) => one === `role=received&order=newest&limit=${page_rows}`), asked.join(' | '));
    check((await page.locator('tbody tr').first().innerHTML()).includes(`${made - 1}`), 'the newest does not stand first');
    const found = await il.axe();
    check(found.length === 0, found.join('\n'));
    await il.shot('exchange-long');
    await page.getByRole('button', { name: 'List 1,000 older ones too' }).click();
    await page.getByText('The newest 2,000 are listed').waitFor();
    same(asked.at(-1), `role=received&order=newest&limit=${page_rows}&after=${page_rows}`, 'what was asked');
    same(await page.getByText('new', { exact: true }).count(), 0, 'older ones are marked as new');
    // What is not listed is found by what the centre is asked for.
    await page.getByLabel('Type').selectOption('note');
    await until('the centre finds it', 10_000, async () => (await page.locator('tbody').innerHTML()).includes('000000000007'));
    check(asked.some((one) => one.includes('type=note')), 'the centre was not asked for the type');
    await page.getByLabel('Type').selectOption('');
    await page.getByRole('button', { name: 'List 1,000 older ones too' }).click();
    await until('all are listed', 10_000, async () => !/there are older ones/.test(await il.text()));
    await il.context.close();
  });
}
