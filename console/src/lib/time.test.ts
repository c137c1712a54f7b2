import { expect, it } from 'vitest';
import { countdown, durationOf, fromWire, span, toWire, typedTime, utcTime } from './time';

const now = Date.parse('2026-01-31T12:00:00Z');

it('times of the wire come back as they are', () => {
  expect(fromWire('2026-01-31T12:00:00.123456Z')).toBe(now + 123);
  expect(toWire(now + 123)).toBe('2026-01-31T12:00:00.123000Z');
  expect(fromWire(undefined)).toBeNaN();
});

it.each([
  ['now', 0], ['+90', 90], ['+2h', 120], ['14:30', 150], ['1430z', 150], ['2026-01-31 13:00', 60], ['2026-01-31T13:00:00Z', 60], ['1100', -60], ['0100', 13 * 60],
])('%s is read as UTC', (text, minutes) => expect((typedTime(text as string, now) - now) / 60_000).toBe(minutes));

it.each(['', '25:00', 'noon', '14.30'])('%s is no time', (text) => expect(typedTime(text, now)).toBeNaN());

it('lengths are short, countdowns have seconds and say when they are over', () => {
  expect([4_000, 720_000, 11_100_000, 200_000_000].map(span)).toEqual(['4 s', '12 min', '3 h 05', '2 d 7 h']);
  expect([271_000, -61_000, 3_729_000].map(countdown)).toEqual(['04:31', '−01:01', '1:02:09']);
  expect(durationOf('PT2H')).toBe(7_200_000);
  expect(durationOf('P1DT1M5S')).toBe(86_465_000);
  expect(utcTime(now, 'seconds')).toBe('12:00:00Z');
});
