import { expect, it } from 'vitest';
import { offsetOf, offsetText, readSchedule, scheduleText } from './schedule';

it('reads days and times as they are written, and writes them so again', () => {
  const text = 'MON-FRI 08:00-16:00\nSAT,SUN SR-SS\nANY 22:00-24:00\nSUN-MON 23:00-02:00';
  const read = readSchedule(text, '+2');
  expect(read).toEqual({ schedule: { utc_offset_minutes: 120, periods: [
    { days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: '08:00', until: '16:00' }, { days: ['SAT', 'SUN'], from: 'SR', until: 'SS' },
    { days: ['ANY'], from: '22:00', until: '24:00' }, { days: ['SUN', 'MON'], from: '23:00', until: '02:00' },
  ] } });
  expect(scheduleText('schedule' in read ? read.schedule : undefined)).toBe('MON-FRI 08:00-16:00\nSAT,SUN SR-SS\nANY 22:00-24:00\nSUN,MON 23:00-02:00');
});

it('no line is no schedule, and then no offset is asked for', () => expect(readSchedule(' \n', '')).toEqual({}));

it.each(['MON 8-16', 'MON 08:00-24:01', 'MON,MON 08:00-09:00', 'ANY,MON 08:00-09:00', 'FUNDAY 08:00-09:00', '08:00-09:00', 'MON 08:60-09:00'])('%s is none', (line) => {
  expect(readSchedule(line, '+00:00')).toHaveProperty('wrong');
});

it('offsets', () => {
  expect(['+02:00', '-0330', '5', '+14', '-0'].map(offsetOf)).toEqual([120, -210, 300, 840, 0]);
  expect(['', '+15', '2.5', '+01:60'].map(offsetOf)).toEqual([NaN, NaN, NaN, NaN]);
  expect([120, -210, 0].map(offsetText)).toEqual(['+02:00', '-03:30', '+00:00']);
  expect(readSchedule('MON 08:00-09:00', 'x')).toHaveProperty('wrong');
});
