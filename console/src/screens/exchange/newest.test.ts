import { afterEach, expect, it, vi } from 'vitest';
import type { ItemRow } from './forms';
import { cameSince, mostPages, Newest, pageSize } from './newest';

const row = (n: number) => ({ id: `report--${n}`, date_added: String(n).padStart(6, '0') }) as ItemRow;

// A centre with items 0 to n - 1, whose tokens are numbers. What it was asked for, each time.
let asked: string[] = [];
function centre(n: () => number, isPlace: (after: string) => boolean = () => true) {
  asked = [];
  vi.stubGlobal('fetch', async (url: string) => {
    const query = new URL(url, 'http://x').searchParams;
    const after = query.get('after') ?? '';
    asked.push([query.get('order'), after, query.get('type')].filter(Boolean).join(' '));
    if (!isPlace(after)) return new Response('{}', { status: 400 });
    const from = after ? Number(after) : n(), until = Math.max(0, from - pageSize);
    const items = Array.from({ length: from - until }, (_, i) => row(from - 1 - i));
    return new Response(JSON.stringify({ items, more: until > 0, next: String(until) }));
  });
}
afterEach(() => void vi.unstubAllGlobals());

it('lists a short list whole, and of a long one the newest page with one question', async () => {
  centre(() => 300);
  expect(await new Newest({ role: 'received' }).read()).toMatchObject({ more: false, rows: { length: 300 } });
  centre(() => 23_400);
  const { rows, more } = await new Newest({ role: 'received' }).read();
  expect([rows.length, rows[0]?.id, more, asked]).toEqual([pageSize, 'report--23399', true, ['newest']]);
});

it('goes on to older ones when asked to, as far as a browser keeps them', async () => {
  let n = 23_400;
  centre(() => n);
  const newest = new Newest({ role: 'received' });
  newest.widen();
  expect((await newest.read()).rows.at(-1)?.id).toBe('report--21400');
  n = 23_500;
  expect((await newest.read()).rows[0]?.id).toBe('report--23499');
  for (let i = 0; i < mostPages; ++i) newest.widen();
  expect([newest.isFull, (await newest.read()).rows.length]).toEqual([true, mostPages * pageSize]);
});

it('reads to the end of what is there, and no further', async () => {
  centre(() => 1500);
  const newest = new Newest({ role: 'received', type: 'report' });
  newest.widen();
  newest.widen();
  expect(await newest.read()).toMatchObject({ more: false, rows: { length: 1500 } });
  expect(asked).toEqual(['newest report', 'newest 500 report']);
});

it('begins anew where a place is none any more', async () => {
  let refusing = 1;
  centre(() => 3000, (after) => !after || refusing-- <= 0);
  const newest = new Newest({ role: 'contributed' });
  newest.widen();
  expect((await newest.read()).rows.length).toBe(2000);
});

it('what has only come into view has not come since', () => {
  const before = { rows: [row(9), row(8), row(7)], more: true };
  expect(cameSince(before, { rows: [row(10), row(9), row(7), row(6)], more: true })).toEqual([row(10)]);
  expect(cameSince(before, { rows: [row(6), row(5)], more: true })).toEqual([]);
  expect(cameSince({ rows: [row(9)], more: false }, { rows: [row(9), row(8)], more: false })).toEqual([row(8)]);
  expect(cameSince({ rows: [], more: false }, { rows: [row(1)], more: false })).toEqual([row(1)]);
});
