import { expect, it } from 'vitest';
import { altitudeText, bandText, moved, readAltitude, type Altitude } from './altitudes';

it.each([
  ['6000m', { value: 6000, unit: 'm', reference: 'W84' }],
  ['6,000 m amsl', { value: 6000, unit: 'm', reference: 'AMSL' }],
  ['500 ft AGL', { value: 500, unit: 'ft', reference: 'AGL' }],
  ['FL240', { value: 240, unit: 'FL', reference: 'FL' }],
  ['sfc', { reference: 'GND' }],
  ['UNL', { reference: 'UNL' }],
])('%s is read', (text, altitude) => expect(readAltitude(text)).toEqual({ altitude }));

it.each(['6000', 'high', '12 km', '6000 m QNH', ''])('%s is refused, not guessed', (text) => expect(readAltitude(text)).toHaveProperty('wrong'));

it('what is shown is read as the same', () => {
  for (const text of ['6000 m', '500 ft AGL', 'FL090', 'GND', '6000 m AMSL'])
    expect(altitudeText((readAltitude(text) as { altitude: Altitude }).altitude)).toBe(text);
});

it('moves by at least what was asked, in the unit it has', () => {
  expect(moved({ value: 6000, unit: 'm', reference: 'W84' }, 1100).value).toBe(7100);
  expect(moved({ value: 1000, unit: 'ft', reference: 'AMSL' }, 100).value).toBe(1329);
  expect(moved({ value: 240, unit: 'FL', reference: 'FL' }, -310).value).toBe(220);
  expect(moved({ reference: 'GND' }, 500)).toEqual({ reference: 'GND' });
});

it('a band that is open says so', () => {
  expect(bandText(6144000, 7168000)).toBe('6,144–7,168 m');
  expect(bandText(undefined, 9000000)).toBe('GND–9,000 m');
});

it('between the lowest and the highest ground is on the ground', () => expect(bandText(-8_000_000, 9_000_000)).toBe('on the ground'));
