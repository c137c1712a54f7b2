import { afterEach, expect, it, vi } from 'vitest';
import { consequenceOf, isToldOf, most, reasonsOf, rowsOf, type WouldTell } from './would-tell';

const met: WouldTell = { agreement: 'relief.sites', clause: 'sites', when: 'met', learns: 'warning', offices: ['ru/general-staff', 'us/defense'] };
const shown: WouldTell = { agreement: 'us.sky', clause: 'plans', when: 'filed', learns: 'details', offices: [], others: true };
const filings = (n: number) => Array.from({ length: n }, (_, i) => ({ kind: 'put_site', body: { id: i } }));
afterEach(() => void vi.unstubAllGlobals());

it('counts of how many filings a row is, and says first what is told at once', () => {
  expect(rowsOf([{ told: [met] }, { told: [met, shown] }, { told: [] }])).toEqual([{ ...shown, of: 1 }, { ...met, of: 2 }]);
  expect(rowsOf([{ told: [] }])).toEqual([]);
});

it('says each reason once', () => {
  const refused = { outcome: 'refused', reasons: [{ code: 'version_conflict' }] };
  expect(reasonsOf([refused, { outcome: 'accepted', reasons: [] }, refused])).toEqual([{ code: 'version_conflict' }]);
});

it('asks of the first of many, with the words of the clauses where they are read', async () => {
  let asked: { commands: unknown[]; questions: string[] } | undefined;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url.endsWith('/previews')) asked = JSON.parse(String(init.body));
    if (url.endsWith('/previews')) return new Response(JSON.stringify({ 'refused?': [], who_is_told: [{ command: 0, told: [met, shown] }] }));
    if (url.endsWith('/us.sky')) return new Response('{}', { status: 404 });
    return new Response(JSON.stringify({ clauses: [{ id: 'sites', text: 'Whoever flies there is told.' }] }));
  });
  const told = await consequenceOf(filings(most + 1));
  expect([asked?.commands.length, asked?.questions, told.asked]).toEqual([most, ['refused?', 'who_is_told'], most]);
  expect(told.told.map((one) => one.text)).toEqual(['', 'Whoever flies there is told.']);
});

it('what ends is told to nobody anew', () => {
  expect([isToldOf(filings(1)), isToldOf([{ kind: 'withdraw_site', body: {} }])]).toEqual([true, false]);
});
