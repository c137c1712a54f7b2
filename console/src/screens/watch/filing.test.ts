import { expect, it } from 'vitest';
import { bodyOf, draftOf, emptyDraft, restated, withAlternative } from './filing';
import type { Intent } from './told';

const now = Date.parse('2026-01-31T12:00:00Z');
const draft = { ...emptyDraft(now), id: 'x', low: '6000 m', high: 'FL240', from: '14:30', until: '+180' };

it('a polygon is sent in 1e-7 degrees, altitudes as typed, times in UTC', () => {
  const { body, wrong } = bodyOf({ ...draft, places: '35 39\n35 40\n36 40\n35 39' }, now);
  expect(wrong).toEqual([]);
  expect(body).toEqual({
    id: 'x', state: 'Accepted', operation: 'flight',
    extents: [{
      polygon: [[390000000, 350000000], [400000000, 350000000], [400000000, 360000000]],
      low: { value: 6000, unit: 'm', reference: 'W84' }, high: { value: 240, unit: 'FL', reference: 'FL' },
      from: '2026-01-31T14:30:00.000000Z', until: '2026-01-31T15:00:00.000000Z',
    }],
  });
});

it('a square of MGRS goes as it was typed, for the server adds what a square leaves open', () => {
  const { body } = bodyOf({ ...draft, shape: 'circle', places: '37S ET 1234 5678', width_m: '500' }, now);
  expect(body.extents).toMatchObject([{ circle: { centre: '37S ET 1234 5678', radius_m: 500 } }]);
});

it('says what is wrong, field by field', () => {
  const { wrong } = bodyOf({ ...draft, shape: 'corridor', places: '35 39', width_m: '', low: '500 ft AGL', until: '13:00' }, now);
  expect(wrong.map((one) => one.field)).toEqual(['places', 'width_m', 'ground', 'ground', 'until']);
});

it('takes an alternative in the units that were typed', () => {
  expect(withAlternative(draft, { higher_m: 1100 }, now)).toMatchObject({ low: '7100 m', high: 'FL280' });
  expect(withAlternative(draft, { lower_m: 100 }, now)).toMatchObject({ low: '5900 m', high: 'FL230' });
  expect(withAlternative(draft, { later_s: 3661 }, now)).toMatchObject({ from: '2026-01-31 15:31:01', until: '2026-01-31 16:01:01' });
});

const intent: Intent = {
  id: 'x', ovn: 'o', version: 1, state: 'Accepted', operation: 'flight',
  extents: [1, 2].map((i) => ({ polygon: [[0, 0], [i, 0], [i, i]], low_mm: 6000000, high_mm: 7000001, from: `2026-01-31T1${i}:00:00.000000Z`, until: `2026-01-31T1${i + 1}:00:00.000000Z` })),
};

it('an intent of several volumes moves as a whole, and is never made smaller', () => {
  const { body, wrong } = bodyOf({ ...draftOf(intent), low: '6500 m', from: '2026-01-31 11:30' }, now);
  expect(wrong).toEqual([]);
  expect(body.at).toBe('o');
  expect(body.extents).toMatchObject([
    { low: { value: 6500 }, high: { value: 7501 }, from: '2026-01-31T11:30:00.000000Z' },
    { low: { value: 6500 }, high: { value: 7501 }, from: '2026-01-31T12:30:00.000000Z' },
  ]);
});

it('another state leaves the volumes where they are', () => {
  expect(restated(intent, 'Activated')).toMatchObject({ state: 'Activated', extents: [{ from: '2026-01-31T11:00:00.000000Z' }, {}] });
});
