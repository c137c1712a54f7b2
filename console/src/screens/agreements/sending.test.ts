// What was signed is sent once: after a lost answer the same octets under the same key, and no second act.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Act, SignedDocument } from '../../lib/signing';
import { Sending } from './sending.svelte';

const act = (seq: number, slug = 'a') => ({ kind: 'register_office', slug, party: 'jica', seq, key: 'k', not_after: `${seq}` }) as unknown as Act;
const document = (seq: number, slug?: string): SignedDocument => ({ act: act(seq, slug), signatures: [{ key: 'k', value: `v${seq}` }] });
let came: { body: string; key: string | null }[] = [];
let answers: (() => Response)[] = [];
const lost = () => {
  throw new TypeError('failed to fetch');
};
const done = () => Response.json({ outcome: 'accepted', reasons: [], effects: [] });
const status = (of: number) => () => Response.json({ title: 'no' }, { status: of });

beforeEach(() => {
  [came, answers] = [[], []];
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    came.push({ body: String(init.body), key: new Headers(init.headers).get('Idempotency-Key') });
    return answers.shift()!();
  });
});
afterEach(() => void vi.unstubAllGlobals());

it('sends the same octets with the same key while the first may have been recorded', async () => {
  const sending = new Sending();
  answers = [lost, status(502), status(429), () => new Response('{"outc'), done];
  expect(await sending.send('x', 'register_office', document(1), act(1))).toBeUndefined();
  expect(await sending.send('x', 'register_office', document(2), act(2))).toBeUndefined(); // no second act beside it
  for (let time = 0; time < 3; ++time) await sending.again();
  expect(sending.kept).toBeDefined();
  expect(await sending.again()).toMatchObject({ outcome: 'accepted' });
  expect(came).toHaveLength(5);
  expect(new Set(came.map((one) => one.body + one.key)).size).toBe(1);
  expect([sending.kept, sending.error]).toEqual([undefined, undefined]);
});

it('takes a new act after a refusal', async () => {
  const sending = new Sending();
  answers = [lost, status(422), done];
  await sending.send('x', 'register_office', document(1), act(1));
  await sending.again();
  expect([sending.kept, sending.error?.status]).toEqual([undefined, 422]);
  await sending.send('x', 'register_office', document(2), act(2));
  expect(came[2]!.key).not.toBe(came[0]!.key);
});

it('keeps what was sent for the question that it answered, and for no other', async () => {
  const sending = new Sending();
  answers = [lost];
  await sending.send('x', 'register_office', document(1), act(1));
  sending.turnTo('x');
  expect(sending.kept).toBeDefined();
  sending.turnTo('y');
  expect(sending.kept).toBeUndefined();
  sending.turnTo('x');
  expect(sending.kept?.act.seq).toBe(1);
});

it('sends nothing that says something else than what is asked for now', async () => {
  const sending = new Sending();
  await sending.send('x', 'register_office', document(1, 'a'), null);
  await sending.send('x', 'register_office', document(1, 'a'), act(1, 'b'));
  expect(came).toEqual([]);
  expect(sending.error?.title).toContain('slug');
});

it('has nothing to send again where a further signature failed', async () => {
  const sending = new Sending();
  await sending.send('x', 'rotate_key', document(1), act(1), async () => Promise.reject(new Error('no key')));
  expect([came, sending.kept, sending.working]).toEqual([[], undefined, false]);
  expect(sending.error?.title).toContain('no key');
});
