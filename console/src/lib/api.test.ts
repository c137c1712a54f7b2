import { expect, it, vi } from 'vitest';
import { command, GestureKey } from './api';

it('keeps the key of a gesture while its content stays, and makes another one when it is edited', () => {
  const key = new GestureKey();
  const first = key.of('{"words":"yes"}');
  expect(key.of('{"words":"yes"}')).toBe(first);
  const second = key.of('{"words":"no"}');
  expect(second).not.toBe(first);
  key.done();
  expect(key.of('{"words":"no"}')).not.toBe(second);
});

it('sends a command again under the same key until it is answered, and the next one under another', async () => {
  const keys: string[] = [];
  const answers = [() => Promise.reject(new TypeError('lost')), () => Promise.resolve(new Response('{}', { status: 503 })), ...Array.from({ length: 3 }, (_, i) => () =>
    Promise.resolve(new Response(JSON.stringify({ outcome: i === 1 ? 'refused' : 'accepted', reasons: [] }), { status: i === 1 ? 422 : 200 })))];
  vi.stubGlobal('fetch', (_: string, init: { headers: Record<string, string> }) => (keys.push(init.headers['Idempotency-Key']!), answers.shift()!()));
  const gesture = new GestureKey();
  for (let i = 0; i < 5; ++i) await command('revoke_client', { client: 'ru/a/b' }, gesture).catch(() => undefined);
  vi.unstubAllGlobals();
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(new Set(keys).size).toBe(3);
});
