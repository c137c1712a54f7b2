// Small texts of files that people and programs write: numbers, times, words. Each gives nothing for what it does not take.
import { toWire } from '../../../lib/time';
import { siteKinds, type SiteKind } from '../told';
import type { Limit } from './draft';

export function readNumber(text: string): number | undefined {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

export type Edge = 'begins' | 'ends';

function offsetOf(text: string): number | undefined {
  if (/^z$/i.test(text)) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  if (!sign || Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

// RFC 3339 with Z or an offset, or a date alone: its first moment or, for the end of something, its last in UTC.
export function readMoment(text: string, edge: Edge): string | undefined {
  const plain = text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) {
    const day = Date.parse(`${plain}T00:00:00Z`);
    if (Number.isNaN(day) || toWire(day).slice(0, 10) !== plain) return undefined;
    return edge === 'begins' ? toWire(day) : `${plain}T23:59:59.999999Z`;
  }
  const [, day, minutes, seconds = ':00', fraction = '', zone] = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2})?(?:\.(\d+))?(\S+)$/.exec(plain) ?? [];
  const offset = zone === undefined ? undefined : offsetOf(zone);
  const local = Date.parse(`${day}T${minutes}${seconds}Z`);
  if (offset === undefined || Number.isNaN(local) || toWire(local).slice(0, 10) !== day) return undefined;
  const at = new Date(local - offset * 60_000);
  return at.getUTCFullYear() > 9999 ? undefined : at.toISOString().slice(0, 20) + fraction.slice(0, 6).padEnd(6, '0') + 'Z';
}

export interface Clock {
  minutes: number;
  offset: number; // of local clocks from UTC, in minutes
}

// A time of day of a schedule, seconds outward.
export function readClock(text: string, edge: Edge): Clock | undefined {
  const [, hours, minutes, seconds = '00', fraction = '', zone] = /^\s*(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|z|[+-]\d{2}:?\d{2})\s*$/.exec(text) ?? [];
  const offset = zone === undefined ? undefined : offsetOf(zone);
  if (offset === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const begun = Number(seconds) > 0 || Number(fraction) > 0 ? 1 : 0;
  const all = Number(hours) * 60 + Number(minutes) + (edge === 'ends' ? begun : 0);
  return Number(hours) * 60 + Number(minutes) + begun > 24 * 60 ? undefined : { minutes: all, offset };
}

const kinds: Record<SiteKind, string> = {
  hospital: 'hospital|clinic|health|health facility|health post|ambulance station', school: 'school|education|kindergarten|college|university',
  water: 'water|water point|water plant|wash|pumping station', camp: 'camp|idp camp|idp site|refugee camp',
  heritage: 'heritage|monument|museum|place of worship|church|mosque', shelter: 'shelter|collective shelter', temporary_restriction: 'temporary restriction', other: 'other',
};

export const plainWord = (text: string) => text.trim().toLowerCase().replace(/[_-]/g, ' ');

export function readKind(text: string): SiteKind | undefined {
  return siteKinds.find((kind) => kinds[kind].split('|').includes(plainWord(text)));
}

const units: Record<string, Limit['unit']> = { m: 'm', metre: 'm', metres: 'm', meters: 'm', ft: 'ft', feet: 'ft', foot: 'ft', fl: 'FL', '': 'm' };
const references: Record<string, Limit['reference']> = { agl: 'AGL', sfc: 'AGL', gnd: 'AGL', amsl: 'AMSL', msl: 'AMSL', w84: 'W84', wgs84: 'W84', hae: 'W84' };
const own = <T>(of: Record<string, T>, word: string): T | undefined => (Object.hasOwn(of, word) ? of[word] : undefined);

export const readUnit = (text: string) => own(units, text.trim().toLowerCase());
export const readReference = (text: string) => own(references, text.trim().toLowerCase());

// `120 m AGL`, `FL95`, `400ft AMSL`, `GND`; without a reference nothing: above what it is would be guessed.
export function readLimit(text: string): Limit | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === 'gnd' || typed === 'sfc') return { value: 0, unit: 'm', reference: 'AGL' };
  if (typed.startsWith('fl')) {
    const level = readNumber(typed.slice(2));
    return level === undefined ? undefined : { value: level, unit: 'FL', reference: 'AMSL' };
  }
  const [, digits = '', first = '', rest = ''] = /^([\d.-]*)\s*(\S*)\s*(.*)$/.exec(typed) ?? [];
  const value = readNumber(digits), unit = readUnit(first);
  const reference = readReference(unit && first ? rest : `${first} ${rest}`);
  if (value === undefined || !reference || unit === 'FL') return undefined;
  return { value, unit: unit ?? 'm', reference };
}
