import { afterEach, expect, it, vi } from 'vitest';
import { makeKey } from '../../lib/keys';
import { OfficerActs } from './officer';

interface Sent { key: string; act: { seq: number } }
let sent: Sent[] = [];
let seq = 0;

// What becomes of each command: an answer, or a status of one that is none, 0 for a lost one.
function centre(...becomes: number[]) {
  sent = [];
  vi.stubGlobal('fetch', async (url: string, init: { body?: string; headers: Record<string, string> }) => {
    if (url.endsWith('/me')) {
      const party = { party: 'centre-host', founding_key: 'f', last_seq: ++seq };
      return new Response(JSON.stringify({ centre: { origin: 'x' }, time: '2026-01-01T00:00:00.000000Z', office: 'centre-host/operations', party }));
    }
    sent.push({ key: init.headers['Idempotency-Key']!, act: JSON.parse(init.body!).act });
    const status = becomes.shift()!;
    if (status === 0) throw new TypeError('lost');
    return new Response(JSON.stringify({ outcome: status === 200 ? 'accepted' : 'refused', reasons: [] }), { status });
  });
}
afterEach(() => void vi.unstubAllGlobals());

it('an act whose answer was lost goes again as it was signed, until it is known what became of it', async () => {
  const acts = new OfficerActs();
  const key = await makeKey('officer a@centre-host');
  centre(0, 429, 503, 200, 422, 200);
  for (let i = 0; i < 6; ++i) await acts.send('allow_issuer', { issuer: 'ru/login', url: 'https://a', allowed: 'yes' }, key).catch(() => undefined);
  expect(sent.slice(1, 4)).toEqual([sent[0], sent[0], sent[0]]);
  expect(new Set(sent.map((one) => one.key)).size).toBe(3);
});

it('another act is signed anew', async () => {
  const acts = new OfficerActs();
  const key = await makeKey('officer a@centre-host');
  centre(0, 200);
  for (const allowed of ['yes', 'no']) await acts.send('allow_issuer', { issuer: 'ru/login', url: 'https://a', allowed }, key).catch(() => undefined);
  expect(sent[0]!.key).not.toBe(sent[1]!.key);
});
