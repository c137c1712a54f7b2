import { expect, it } from 'vitest';
import { seenTimes, stixTime } from './seen';

const now = Date.parse('2026-03-01T14:30:00Z');
const read = (first: string, last: string) => {
  const seen = seenTimes({ first, last }, now);
  return { first: stixTime(seen.first), last: stixTime(seen.last), wrong: [seen.first.wrong, seen.last.wrong].map((one) => one !== '') };
};

it('what was seen this morning is of this morning', () => {
  expect(read('09:00', '11:00')).toEqual({ first: '2026-03-01T09:00:00.000Z', last: '2026-03-01T11:00:00.000Z', wrong: [false, false] });
});

it('what was seen over midnight began the day before, here of another month', () => {
  expect(read('23:00', '01:00')).toEqual({ first: '2026-02-28T23:00:00.000Z', last: '2026-03-01T01:00:00.000Z', wrong: [false, false] });
});

it('either may be left out', () => {
  expect(read('', '')).toEqual({ first: '', last: '', wrong: [false, false] });
  expect(read('', '14:30').last).toBe('2026-03-01T14:30:00.000Z');
});

it('what is ahead, ends before it begins or does not exist is wrong', () => {
  expect(read('2026-03-01 14:31', '').wrong).toEqual([true, false]);
  expect(read('11:00', '09:00').wrong).toEqual([false, true]);
  expect(read('2026-02-29 10:00', 'noon').wrong).toEqual([true, true]);
});
