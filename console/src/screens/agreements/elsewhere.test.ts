import { expect, it } from 'vitest';
import { broughtOf } from './elsewhere';

const act = { kind: 'rotate_key', party: 'ru', keys: [{ key: 'AAEC', purpose: 'recovery' }], seq: 7 };
const signatures = [{ key: 'ed25519:1', value: 'x' }, { key: 'ed25519:2', value: 'y' }];

it('reads a signed act, and keeps every signature', () => {
  const one = broughtOf('a.json', JSON.stringify({ act, signatures }))!;
  expect(one.kind).toBe('rotate_key');
  expect(JSON.parse(one.text)).toEqual({ kind: 'rotate_key', act, signatures });
  expect(one.says).toContainEqual(['keys', '[{"key":"AAEC","purpose":"recovery"}]']);
});

it('reads what the command line kept, with the key under which it was sent', () => {
  const command = { kind: 'revoke_client', body: { client: 'ru/mfa/x' }, idempotency_key: 'k1' };
  const one = broughtOf('b.json', JSON.stringify({ command, centre: 'https://x', ruling: { outcome: 'accepted' } }))!;
  expect([one.kind, one.key, one.wasRefused]).toEqual(['revoke_client', 'k1', false]);
  expect(JSON.parse(one.text)).toEqual(command);
  expect(broughtOf('b.json', JSON.stringify({ command, ruling: { outcome: 'refused' } }))!.wasRefused).toBe(true);
});

it('takes nothing else', () => {
  for (const text of ['', '[]', '{}', '{"act":{"kind":"sign"}}', '{"kind":"sign"}', '{"kind":3,"body":{}}']) expect(broughtOf('c', text), text).toBeNull();
});
