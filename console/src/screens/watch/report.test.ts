import { expect, it } from 'vitest';
import { bodyOfReport, consequencesOf, emptyReport, foreseen } from './report';
import type { Intent } from './told';

const now = Date.parse('2026-01-31T12:00:00Z');
const intent = {
  id: 'x', ovn: 'o', version: 1, state: 'Activated', operation: 'flight',
  extents: [{ polygon: [[400000000, 350000000], [401000000, 350000000], [401000000, 351000000], [400000000, 351000000]], low_mm: 900_000, high_mm: 1_100_000, from: '2026-01-31T11:00:00.000000Z', until: '2026-01-31T13:00:00.000000Z' }],
} as Intent;
const report = { ...emptyReport(), at: '35.05 40.05', altitude: '1000 m', vertical_m: '20' };

it('a report is sent as it was typed, the next one by its time', () => {
  const { body, wrong } = bodyOfReport({ ...report, speed_mps: '70', track_deg: '90', next: '2', reach_m: '9000', reach_vertical_m: '100' }, 'x', now);
  expect(wrong).toEqual([]);
  expect(body).toEqual({
    id: 'x', measured_at: '2026-01-31T12:00:00.000000Z', position: [400500000, 350500000], accuracy_m: 10, altitude: { value: 1000, unit: 'm', reference: 'W84' },
    accuracy_vertical_m: 20, speed_mps: 70, track_deg: 90, next_by: '2026-01-31T12:02:00.000000Z', reach_m: 9000, reach_vertical_m: 100,
  });
});

it('on the ground nothing is said of altitudes; a square of MGRS goes as it was typed', () => {
  const { body, wrong } = bodyOfReport({ ...emptyReport(), at: '37S ET 1234 5678' }, 'x', now);
  expect(wrong).toEqual([]);
  expect(body).toEqual({ id: 'x', measured_at: '2026-01-31T12:00:00.000000Z', position: '37S ET 1234 5678', accuracy_m: 10 });
});

it('was measured in the past: a clock without a day is the last time that it showed so', () => {
  const midnight = Date.parse('2026-02-01T00:20:00Z');
  const at = (measured: string, when: number) => bodyOfReport({ ...report, measured }, 'x', when).body.measured_at;
  expect([at('23:50', midnight), at('09:00', now), at('12:10', now)]).toEqual(['2026-01-31T23:50:00.000000Z', '2026-01-31T09:00:00.000000Z', '2026-01-30T12:10:00.000000Z']);
});

it('says what is wrong, field by field', () => {
  const { wrong } = bodyOfReport({ ...emptyReport(), accuracy_m: '', altitude: '300 ft AGL', measured: 'soon', track_deg: '360', reach_m: '5' }, 'x', now);
  expect(wrong.map((one) => one.field).sort()).toEqual(['accuracy_m', 'at', 'groundHigh', 'groundLow', 'measured', 'next', 'track_deg', 'vertical_m']);
});

it.each([
  ['inside', {}], ['outside', { at: '35.05 40.45' }], ['border', { accuracy_m: '9000' }], ['border', { at: '35.05 40.1001', accuracy_m: '50' }], ['outside', { altitude: '3000 m' }],
  ['border', { altitude: '1090 m' }], ['border', { altitude: '3300 ft AMSL' }], ['outside', { measured: '2026-01-31 14:00' }], ['unknown', { at: 'here' }],
])('foresees %s', (what, more) => expect(foreseen({ ...report, ...more }, intent, now)).toBe(what));

it('only of what flies something follows; a planned one is told nothing of', () => {
  expect(consequencesOf({ ...intent, state: 'Accepted' }, 'outside')).toHaveLength(1);
  expect(consequencesOf(intent, 'inside')).toHaveLength(1);
  expect(consequencesOf(intent, 'outside')).toHaveLength(3);
  expect(consequencesOf(intent, 'border')).toHaveLength(4);
  expect(consequencesOf(intent, 'outside')[0]).not.toBe(consequencesOf({ ...intent, state: 'Nonconforming' }, 'outside')[0]);
});
