import { expect, it } from 'vitest';
import { agrees, askedBack, digestOf, isTyped } from './read-back';
import type { Content } from './told';

// A notice of a running centre, with the digest that it told beside it.
const content: Content = {
  notice: 1, about: 'intent', intent: '02da2688-c9fc-4a79-bf42-8f17cb6f675e', level: 'warning', contingent: false,
  volumes: [{ south_e7: 352321536, north_e7: 355467264, west_e7: 398458880, east_e7: 404750336, low_mm: 6144000, high_mm: 7168000, from: '2026-11-30T03:05:36.000000Z', until: '2026-11-30T04:13:52.000000Z' }],
};

const now = Date.parse('2026-11-30T02:00:00Z');

it('the digest is the one that the centre tells', async () => {
  expect(await digestOf(content)).toBe('bd9ad0a2de463b0813fd63d60b82529b66be303721a3244f70392e8d2ca5a9c6');
});

it('what is read back is compared by its digits', () => {
  const asked = askedBack(content, now);
  expect(asked.map((one) => one.expected)).toEqual([['0305'], ['0413'], ['6144']]);
  expect(agrees(asked[0]!, '03:05Z')).toBe(true);
  expect(agrees(asked[2]!, '6,144 m')).toBe(true);
  expect(agrees(asked[2]!, '6414')).toBe(false);
});

it('what the notice leaves open is not asked', () => {
  expect(askedBack({ ...content, volumes: [{ ...content.volumes[0]!, low_mm: undefined }] }, now).map((one) => one.key)).toEqual(['from', 'until']);
});

it('of another day than today the day is read back too, over a month’s end as well', () => {
  const [box] = content.volumes;
  const over = { ...content, volumes: [{ ...box!, from: '2026-11-30T23:30:00.000000Z', until: '2026-12-01T00:30:00.000000Z' }] };
  const [from, until] = askedBack(over, now);
  expect([from!.day, until!.day]).toEqual([undefined, true]);
  expect(agrees(from!, '23:30')).toBe(true);
  expect(['1 00:30', '01 0030Z', '2026-12-01 00:30Z'].map((typed) => agrees(until!, typed))).toEqual([true, true, true]);
  expect(['00:30', '2 00:30', '2026-11-01 00:30', '30 00:30'].map((typed) => agrees(until!, typed))).toEqual([false, false, false, false]);
  expect(['00:30', '1 00:30', '01 00:30'].map((typed) => isTyped(until!, typed))).toEqual([false, false, true]);
  expect(askedBack(over, now - 86_400_000).map((one) => one.day)).toEqual([true, true, undefined]);
});
