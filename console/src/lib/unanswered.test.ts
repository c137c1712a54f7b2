import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { actFor, command, send } from './api';
import { forgetUnanswered, leftUnanswered, noteSent, rulingKey } from './unanswered';

let stored: Record<string, string> = {};
let answers: (() => Response)[] = [];
const status = (of: number) => () => Response.json({ outcome: of === 200 ? 'accepted' : 'refused', reasons: [] }, { status: of });
const lost = () => {
  throw new TypeError('failed to fetch');
};
const mine = 'anna@ru ru/mfa';

beforeEach(() => {
  [stored, answers] = [{}, []];
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => stored[name] ?? null,
    setItem: (name: string, value: string) => void (stored[name] = value),
    removeItem: (name: string) => void delete stored[name],
  });
  vi.stubGlobal('fetch', async () => answers.shift()!());
  actFor('ru/mfa', 'anna@ru');
});
afterEach(() => void vi.unstubAllGlobals());

const sent = (kind: string, body: object, key: string) => command(kind, body, key).catch(() => undefined);

it('keeps what had no answer, with its key, until it has one', async () => {
  answers = [lost, status(429), status(503), status(200)];
  await sent('log_call', { minutes: 2 }, 'k1');
  const [one] = leftUnanswered(mine);
  expect(one).toMatchObject({ key: 'k1', kind: 'log_call', many: 1, path: '/commands', text: '{"kind":"log_call","body":{"minutes":2}}' });
  for (let time = 0; time < 2; ++time) await send('POST', one!.path, one!.text, { 'Idempotency-Key': one!.key }).catch(() => undefined);
  expect(leftUnanswered(mine)).toEqual([one]); // too many requests, and a centre that is busy, say nothing of the first
  await send('POST', one!.path, one!.text, { 'Idempotency-Key': one!.key });
  expect(leftUnanswered(mine)).toEqual([]);
});

it('keeps nothing of what was answered, also by a refusal', async () => {
  answers = [status(200), status(422), status(403)];
  for (const key of ['k1', 'k2', 'k3']) await sent('log_call', {}, key);
  expect(stored).toEqual({});
});

it('keeps no password and no content of items, only under which key they went', async () => {
  answers = [lost, lost];
  await sent('register_person', { slug: 'boris', password: 'abc' }, 'k1');
  await send('POST', '/agreements/ru.x/items', '{"objects":[{"name":"secret of ours"}]}', { 'Idempotency-Key': 'k2' }).catch(() => undefined);
  expect(leftUnanswered(mine).map(({ kind, text }) => [kind, text])).toEqual([['register_person', undefined], ['contribute', undefined]]);
  expect(JSON.stringify(stored)).not.toMatch(/abc|of ours/);
});

it('is of one person and office, ends when she signs out or another signs in, and is bounded', () => {
  for (let i = 0; i < 20; ++i) noteSent(`k${i}`, '/commands', '{"kind":"log_call"}', mine);
  noteSent('other', '/commands', '{"kind":"log_call"}', 'anna@ru ru/staff');
  expect(leftUnanswered(mine)).toHaveLength(15);
  expect(leftUnanswered(mine)[0]!.key).toBe('k5');
  forgetUnanswered('anna@ru');
  expect(leftUnanswered(mine)).toHaveLength(15);
  forgetUnanswered('boris@ru');
  expect(stored).toEqual({});
});

it('asks after a list by the key of its first ruling', () => {
  noteSent('k1', '/commands', '[{"kind":"put_site"},{"kind":"put_site"}]', mine);
  noteSent('k2', '/agreements/ru.x/items', '{}', mine);
  noteSent('k3', '/commands', '{"kind":"sign"}', mine);
  expect(leftUnanswered(mine).map(rulingKey)).toEqual(['k1.0', 'k2.0', 'k3']);
  expect(leftUnanswered(mine)[0]!.many).toBe(2);
});
