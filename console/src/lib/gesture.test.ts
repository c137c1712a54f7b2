import { afterEach, expect, it, vi } from 'vitest';
import { command, GestureKey } from './api';
import { sendAll } from './gesture';

let keys: (string | undefined)[] = [];

function answers(...all: (Response | Error)[]) {
  keys = [];
  vi.stubGlobal('fetch', (_: string, init: { headers: Record<string, string> }) => {
    keys.push(init.headers['Idempotency-Key']);
    const next = all.shift()!;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
}
const says = (status: number, body: object) => new Response(JSON.stringify(body), { status });
const accepted = () => says(200, { outcome: 'accepted', reasons: [] });
const tried = (key: GestureKey, body: object) => command('log_call', body, key).then(() => 'done', () => 'not');

afterEach(() => vi.unstubAllGlobals());

it('what is sent again after a lost answer has the same key; the next one has another', async () => {
  const key = new GestureKey();
  answers(new TypeError('lost'), says(503, {}), accepted(), accepted());
  const results = [await tried(key, { n: 1 }), await tried(key, { n: 1 }), await tried(key, { n: 1 }), await tried(key, { n: 1 })];
  expect(results).toEqual(['not', 'not', 'done', 'done']);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(keys[3]).not.toBe(keys[0]);
});

it('what was refused is asked anew, and so is what says something else', async () => {
  const key = new GestureKey();
  answers(says(422, { outcome: 'refused', reasons: [{ code: 'last_on_watch' }] }), accepted(), new TypeError('lost'), accepted());
  for (const n of [1, 1, 2, 3]) await tried(key, { n });
  expect(new Set(keys).size).toBe(4);
});

it('of a list the rulings come back, also where some refuse; what cannot be read is thrown', async () => {
  const key = new GestureKey();
  const commands = [{ kind: 'withdraw_site', body: { id: 'a', at: 1 } }, { kind: 'withdraw_site', body: { id: 'b', at: 1 } }];
  answers(says(422, [{ outcome: 'accepted', reasons: [] }, { outcome: 'refused', reasons: [{ code: 'stale_ovn' }] }]), says(422, { title: 'not read', problems: [] }));
  expect((await sendAll(key, commands)).map((one) => one.outcome)).toEqual(['accepted', 'refused']);
  await expect(sendAll(key, commands)).rejects.toMatchObject({ status: 422 });
  expect(keys[0]).not.toBe(keys[1]);
});
