import { expect, it } from 'vitest';
import { placeIn, queryOf, readConductor, shownTime, ticksOf, timeToGo, windowAround } from './conductor';

const noon = Date.parse('2026-01-31T12:00:00Z');

it('what stands in the address is what is shown, and the other way round', () => {
  for (const query of [{}, { at: '2026-01-31T12:00:00Z' }, { at: '2026-01-31T12:00:00Z', speed: '60', span: '24' }] as Record<string, string>[]) {
    const back = Object.fromEntries(Object.entries(queryOf(readConductor(query))).filter(([, value]) => value !== null));
    expect(back).toEqual(query);
  }
});

it('nonsense in the address is live', () => {
  expect(readConductor({ at: 'yesterday', speed: '7', span: '999' })).toMatchObject({ mode: 'live', hours: 6 });
  expect(readConductor({ at: '2026-01-31T12:00:00Z', speed: '7' }).mode).toBe('fixed');
});

it('live is now, fixed stands, replay runs', () => {
  expect(shownTime(readConductor({}), noon, 0)).toBe(noon);
  const fixed = readConductor({ at: '2026-01-31T12:00:00Z' });
  expect(shownTime(fixed, noon + 5000, noon)).toBe(noon);
  expect(shownTime({ ...fixed, mode: 'replay', speed: 60 }, noon + 5000, noon)).toBe(noon + 300_000);
});

it('is sent ahead by a clock without a day, and back while it replays', () => {
  const fixed = readConductor({ at: '2026-01-31T12:00:00Z' });
  expect(timeToGo(fixed, '09:00', noon)).toBe(noon + 21 * 3_600_000);
  expect(timeToGo({ ...fixed, mode: 'replay' }, '09:00', noon)).toBe(noon - 3 * 3_600_000);
  expect(timeToGo({ ...fixed, mode: 'replay' }, '13:00', noon)).toBe(noon - 23 * 3_600_000);
});

it('the window holds the time, and stands still for a while', () => {
  const window = windowAround(noon, 6);
  expect(placeIn(window, noon)).toBeGreaterThan(0.2);
  expect(placeIn(window, noon)).toBeLessThan(0.4);
  expect(windowAround(noon + 60_000, 6)).toEqual(window);
  expect(ticksOf(window).length).toBe(6);
});
