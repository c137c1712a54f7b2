// Reading back: the officer types what the notice says, the browser checks it, and what is sent is the digest of the content as this
// browser was given it, computed here and not copied.
import canonicalize from 'canonicalize';
import { fromWire, utcDay, utcDayTime, utcTime } from '../../lib/time';
import type { Content, Notice } from './told';

export async function digestOf(content: Content): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalize(content)!);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((octet) => octet.toString(16).padStart(2, '0')).join('');
}

export interface Asked {
  key: 'from' | 'until' | 'low';
  day?: true; // with the day
  expected: string[]; // its digits; what is shorter comes first
}

const digitsOf = (text: string) => text.replace(/[^\d-]/g, '');

// Of another day than today the day of the month goes before the time, as 1 14:00; the whole date does as well.
function askedTime(key: 'from' | 'until', at: number, now: number): Asked {
  const time = digitsOf(utcTime(at));
  if (utcDay(at) === utcDay(now)) return { key, expected: [time] };
  const day = utcDay(at).slice(8);
  return { key, day: true, expected: [day + time, `${Number(day)}${time}`, utcDayTime(at).replace(/\D/g, '')] };
}

// What is to be typed: when it begins and ends, and the lowest altitude, as far as the notice says them.
export function askedBack(content: Content, now: number): Asked[] {
  const box = wholeOf(content);
  const asked: Asked[] = [];
  if (box.from) asked.push(askedTime('from', box.from, now));
  if (box.until) asked.push(askedTime('until', box.until, now));
  if (box.low_m !== undefined) asked.push({ key: 'low', expected: [String(box.low_m)] });
  return asked;
}

export function agrees(asked: Asked, typed: string): boolean {
  const digits = digitsOf(asked.key === 'low' ? typed : typed.replaceAll('-', ''));
  return asked.expected.includes(digits);
}

// So much has been typed that it should agree.
export function isTyped(asked: Asked, typed: string): boolean {
  return digitsOf(typed).length >= asked.expected[0]!.length;
}

export interface Whole {
  from?: number;
  until?: number;
  low_m?: number;
  high_m?: number;
}

export function wholeOf(content: Content): Whole {
  const of = (values: (number | undefined)[], choose: (...all: number[]) => number) =>
    !values.length || values.includes(undefined) ? undefined : choose(...(values as number[]));
  const metres = (mm: number | undefined) => (mm === undefined ? undefined : Math.round(mm / 1000));
  const time = (text: string | undefined) => (text ? fromWire(text) : undefined);
  return {
    from: of(content.volumes.map((box) => time(box.from)), Math.min),
    until: of(content.volumes.map((box) => time(box.until)), Math.max),
    low_m: metres(of(content.volumes.map((box) => box.low_mm), Math.min)),
    high_m: metres(of(content.volumes.map((box) => box.high_mm), Math.max)),
  };
}

export function canBeReadBack(notice: Notice): notice is Notice & { content: Content; read_back: string } {
  return !!notice.content && !!notice.read_back;
}
