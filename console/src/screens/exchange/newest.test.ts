import { afterEach, expect, it, vi } from 'vitest';
import { Newest, pageSize } from './newest';

// A centre with `n` items, whose tokens are numbers. What it was asked for, each time.
let asked: string[] = [];
function centre(n: () => number, epoch: () => string = () => 'a') {
  asked = [];
  vi.stubGlobal('fetch', async (url: string) => {
    const query = new URL(url, 'http://x').searchParams;
    const after = query.get('after') ?? `${epoch()}0`;
    asked.push(`${after}${query.get('type') ? ` ${query.get('type')}` : ''}`);
    if (!after.startsWith(epoch())) return new Response('{}', { status: 400 });
    const from = Number(after.slice(1)), until = Math.min(n(), from + pageSize);
    const items = Array.from({ length: until - from }, (_, i) => ({ id: `report--${from + i}` }));
    return new Response(JSON.stringify({ items, more: until < n(), next: `${epoch()}${until}` }));
  });
}
afterEach(() => void vi.unstubAllGlobals());

it('lists a short list whole', async () => {
  centre(() => 2500);
  expect(await new Newest({ role: 'received' }).read()).toMatchObject({ older: 0, beyond: false, rows: { length: 2500 } });
});

it('reaches the newest of a long list, counts what is older, and goes on from there', async () => {
  let n = 23_400;
  centre(() => n);
  const newest = new Newest({ role: 'received' });
  const first = await newest.read();
  expect([first.rows.length, first.older, first.rows.at(-1)?.id]).toEqual([19_400, 4000, 'report--23399']);
  asked = [];
  n = 24_100;
  const second = await newest.read();
  expect([second.rows.at(-1)?.id, second.older, asked[0], asked.length]).toEqual(['report--24099', 5000, 'a4000', 21]);
});

it('asks the centre for a type, and begins anew where a place is none any more', async () => {
  let epoch = 'a';
  centre(() => 21_000, () => epoch);
  const newest = new Newest({ role: 'received', type: 'report' });
  await newest.read();
  expect(asked[0]).toBe('a0 report');
  epoch = 'b';
  expect((await newest.read()).rows.length).toBe(20_000);
});
