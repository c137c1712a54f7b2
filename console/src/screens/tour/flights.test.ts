import { expect, it } from 'vitest';

import { areAmong, areNotAmong, intentAt, type Intent, isAhead, planWords, saidIn } from './flights';

const intent: Intent = {
  id: '4dc9c611-1f77-44e8-ad2d-76cb2c49a739',
  ovn: 'x',
  state: 'Accepted',
  extents: [{ polygon: [[388962171, 352578638], [-12, 5]], from: '2026-01-01T10:00:00.000000Z', until: '2026-01-01T11:00:00.000000Z' }],
};

it('says a flight along a meridian, and its present ovn when it is moved', () => {
  const body = intentAt(39.2, 'id', 'a', 'b', 'ovn') as { at: string; extents: { corridor: { along: string[] } }[] };
  expect(body.extents[0]!.corridor.along).toEqual(['36.1000N 39.2000E', '34.7000N 39.2000E']);
  expect(body.at).toBe('ovn');
  expect('at' in intentAt(39.2, 'id', 'a', 'b')).toBe(false);
});

it('finds what of a plan stands in a text, in integers and in degrees', () => {
  const words = planWords(intent);
  expect(saidIn('[388962171,1]', words)).toEqual(['388962171']);
  expect(saidIn('38.8962171,35', words)).toEqual(['38.8962171']);
  expect(saidIn('"1388962171"', words)).toEqual([]);
  expect(saidIn(`"intent":"${intent.id}"`, words)).toEqual([intent.id]);
});

it('knows what lies ahead', () => {
  expect(isAhead(intent, Date.parse('2026-01-01T10:30:00Z'))).toBe(true);
  expect(isAhead(intent, Date.parse('2026-01-01T10:50:00Z'))).toBe(false);
});

it('compares squares, and none are among none', () => {
  const one = { south_e7: 1, north_e7: 2, west_e7: 3, east_e7: 4, low_mm: 5, high_mm: 6, from: 'a', until: 'b' };
  const higher = { ...one, low_mm: 7 };
  expect(areAmong([one], [higher, { ...one }])).toBe(true);
  expect(areAmong([one, higher], [one])).toBe(false);
  expect(areAmong([], [one])).toBe(false);
  expect(areNotAmong([one], [higher])).toBe(true);
  expect(areNotAmong([one, higher], [higher])).toBe(false);
});
