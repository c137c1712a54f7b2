// Altitudes as officers type them: value, unit and what they are above. They are sent as typed; the server makes millimetres above
// the ellipsoid of them, outward. What is told is always above the ellipsoid.

import { run, t } from '../../lib/strings';

export type Unit = 'm' | 'ft' | 'FL';
export type Reference = 'W84' | 'AMSL' | 'AGL' | 'FL' | 'GND' | 'UNL';
export interface Altitude {
  value?: number;
  unit?: Unit;
  reference: Reference;
}
export type ReadAltitude = { altitude: Altitude } | { wrong: string };

const feet_m = 0.3048;

export function readAltitude(text: string): ReadAltitude {
  const typed = text.trim().toUpperCase().replace(/,(?=\d{3}\b)/g, '');
  if (typed === 'GND' || typed === 'SFC') return { altitude: { reference: 'GND' } };
  if (typed === 'UNL') return { altitude: { reference: 'UNL' } };
  const level = /^FL\s*(\d{1,3})$/.exec(typed);
  if (level) return { altitude: { value: Number(level[1]), unit: 'FL', reference: 'FL' } };
  const found = /^(-?\d{1,6})\s*(M|FT|METRES|FEET)\s*(W84|WGS84|HAE|AMSL|MSL|AGL)?$/.exec(typed);
  if (!found) return { wrong: t(/^-?\d+$/.test(typed) ? 'watch.altitude.unit' : 'watch.altitude.wrong') };
  const same = { HAE: 'W84', WGS84: 'W84', MSL: 'AMSL' } as Record<string, Reference>;
  const reference = same[found[3] ?? 'W84'] ?? (found[3] as Reference | undefined) ?? 'W84';
  return { altitude: { value: Number(found[1]), unit: found[2]!.startsWith('M') ? 'm' : 'ft', reference } };
}

function aboveOf(reference: Reference): string {
  return t(`watch.altitude.above.${reference}`);
}

export function thousands(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export function altitudeText(one: Altitude): string {
  if (one.value === undefined) return one.reference;
  if (one.unit === 'FL') return `FL${String(one.value).padStart(3, '0')}`;
  return `${one.value} ${one.unit}${one.reference === 'W84' ? '' : ` ${one.reference}`}`;
}

// What was understood, said at length.
export function altitudeMeaning(one: Altitude): string {
  if (one.value === undefined) return aboveOf(one.reference);
  if (one.unit === 'FL') return t('watch.altitude.level', { n: one.value, above: aboveOf('FL') });
  return `${thousands(one.value)} ${one.unit} ${aboveOf(one.reference)}`;
}

export function takesGround(one: Altitude | undefined): boolean {
  return one?.reference === 'AGL' || one?.reference === 'GND';
}

// Without it a lowest altitude that is the ground is as low as any ground.
export function needsGround(low: Altitude | undefined, high: Altitude | undefined): boolean {
  return low?.reference === 'AGL' || takesGround(high);
}

// The same altitude moved by whole metres in its own unit, away from where it was: never less than asked.
export function moved(one: Altitude, by_m: number): Altitude {
  if (one.value === undefined) return one;
  const step = one.unit === 'm' ? 1 : one.unit === 'ft' ? feet_m : feet_m * 100;
  const steps = Math.ceil(Math.abs(by_m) / step - 1e-9);
  const whole = one.unit === 'FL' ? Math.ceil(steps / 10) * 10 : steps;
  return { ...one, value: one.value + Math.sign(by_m) * whole };
}

export function metresOf(mm: number | undefined): string {
  return mm === undefined ? '–' : `${thousands(mm / 1000)} m`;
}

// Of what moves on the ground, where nothing was said: between these all ground lies.
const ground_mm = { low: -8_000_000, high: 9_000_000 };

export function bandText(low_mm: number | undefined, high_mm: number | undefined): string {
  if (low_mm === ground_mm.low && high_mm === ground_mm.high) return t('watch.altitude.ground');
  if (low_mm === undefined && high_mm === undefined) return t('watch.altitude.all');
  const number = (mm: number | undefined, open: string) => (mm === undefined ? open : thousands(mm / 1000));
  return run(t('range.metres', { low: number(low_mm, 'GND'), high: number(high_mm, 'UNL') }));
}
