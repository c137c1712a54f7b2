import { expect, it } from 'vitest';
import { bodyOf, draftOf, emptyDraft, restated, withAlternative } from './filing';
import type { Intent } from './told';
import { legsOf, paced, rowsOfSaid, shortTime, withPlaces } from './way';

const now = Date.parse('2026-01-31T12:00:00Z');
const rows = [{ at: '35 39', from: '13:00', until: '13:10' }, { at: '37S ET 1234 5678', from: '13:50', until: '14:30' }, { at: '', from: '', until: '' }, { at: '35.2 39.4', from: '14:00', until: '15:00' }];
const draft = { ...emptyDraft(now), id: 'x', shape: 'way' as const, width_m: '200', way: rows };

it('a movement is sent as way-points with their windows; rows that nobody filled in are passed over', () => {
  const { body, wrong } = bodyOf(draft, now);
  expect(wrong).toEqual([]);
  expect(body).toEqual({
    id: 'x', state: 'Accepted', operation: 'movement', movement: {
      half_width_m: 200,
      way_points: [
        { at: [390000000, 350000000], from: '2026-01-31T13:00:00.000000Z', until: '2026-01-31T13:10:00.000000Z' },
        { at: '37S ET 1234 5678', from: '2026-01-31T13:50:00.000000Z', until: '2026-01-31T14:30:00.000000Z' },
        { at: [394000000, 352000000], from: '2026-01-31T14:00:00.000000Z', until: '2026-01-31T15:00:00.000000Z' },
      ],
    },
  });
});

it('altitudes go with it where they are said', () => {
  expect(bodyOf({ ...draft, low: 'GND', high: '500 ft AGL', groundLow: '200 m AMSL', groundHigh: '300 m AMSL' }, now).body.movement).toMatchObject({
    low: { reference: 'GND' }, high: { value: 500, unit: 'ft', reference: 'AGL' }, ground: { low: { value: 200 }, high: { value: 300 } },
  });
  expect(bodyOf({ ...draft, high: '900 m' }, now).body.movement).not.toHaveProperty('low');
});

it('says which cell is wrong, and why', () => {
  const way = [{ at: '95 39', from: '13:00', until: '13:10' }, { at: '35 40', from: '12:50', until: 'soon' }];
  const { wrong } = bodyOf({ ...draft, way, width_m: '0' }, now);
  expect(wrong.map((one) => [one.field, one.row, one.part])).toEqual([['way', 0, 'at'], ['way', 1, 'from'], ['way', 1, 'until'], ['width_m', undefined, undefined]]);
  expect(bodyOf({ ...draft, way: way.slice(0, 1) }, now).wrong[0]).toMatchObject({ field: 'way' });
});

it('a leg says how far it is and how fast at the least', () => {
  const legs = legsOf([{ at: '35 39', from: '13:00', until: '13:10' }, { at: '36 39', from: '13:50', until: '15:00' }, { at: '36 39', from: '12:50', until: '13:40' }], now);
  expect(legs[0]).toBeUndefined();
  expect(legs[1]!.km).toBeCloseTo(111.2, 1);
  expect(legs[1]!.kmh).toBeCloseTo(55.6, 1);
  expect(legs[2]!.kmh).toBe(Infinity);
});

it('times by a speed are whole minutes, outward', () => {
  const timed = paced([{ at: '35 39', from: '', until: '' }, { at: '36 39', from: '', until: '' }], { depart: '13:00', kmh: '60', slack_min: '5' }, now);
  expect(timed).toEqual([{ at: '35 39', from: '12:55', until: '13:05' }, { at: '36 39', from: '14:46', until: '14:57' }]);
  expect(paced(rows, { depart: '13:00', kmh: '', slack_min: '5' }, now)).toBeUndefined();
});

it('a short time is read as the same instant, else the day stands before it', () => {
  expect(shortTime(Date.parse('2026-01-31T13:00:00Z'), now)).toBe('13:00');
  expect(shortTime(Date.parse('2026-02-02T13:00:00Z'), now)).toBe('2026-02-02 13:00');
});

const movement = { half_width_m: 200, high: { value: 900, unit: 'm', reference: 'AMSL' }, way_points: [{ at: [390000000, 350000000], from: '2026-01-31T13:00:00.500000Z', until: '2026-01-31T13:10:00.500000Z' }, { at: '37S ET 1234 5678', from: '2026-01-31T13:50:00.000000Z', until: '2026-01-31T14:30:00.000000Z' }] };
const intent = { id: 'x', ovn: 'o', version: 1, state: 'Accepted', operation: 'movement', said: { movement }, extents: [{ polygon: [[0, 0], [1, 0], [1, 1]], from: '2026-01-31T13:00:00.000000Z', until: '2026-01-31T14:30:00.000000Z' }] } as Intent;

it('a movement that is moved is as it was said, whole seconds outward; flown, exactly as it was said', () => {
  expect(rowsOfSaid(movement as never)[0]).toEqual({ at: '35.0000000N 39.0000000E', from: '2026-01-31 13:00', until: '2026-01-31 13:10:01' });
  const { body, wrong } = bodyOf(withAlternative(draftOf(intent), { later_s: 600 }, now), now);
  expect(wrong).toEqual([]);
  expect(body).toMatchObject({ at: 'o', operation: 'movement', movement: { half_width_m: 200, high: movement.high, way_points: [{ until: '2026-01-31T13:20:01.000000Z' }, { at: '37S ET 1234 5678', from: '2026-01-31T14:00:00.000000Z' }] } });
  expect(restated(intent, 'Activated')).toEqual({ id: 'x', at: 'o', state: 'Activated', operation: 'movement', movement });
});

it('drawn places take the times of the rows that are there', () => {
  expect(withPlaces(rows, [[390000000, 350000000], [391000000, 350000000]])).toEqual([{ ...rows[0], at: '35.0000000N 39.0000000E' }, { ...rows[1], at: '35.0000000N 39.1000000E' }]);
});
