// Times as the server writes them and as people read them: UTC always, local beside it, ages, and when a datum is stale.

export const stale_after_ms = 25_000; // a live view that has heard nothing for so long says so

let skew_ms = 0; // the server's clock minus this browser's, as far as answers told it

export function noteServerTime(date: string | null) {
  const server = date ? Date.parse(date) : NaN;
  if (Number.isNaN(server)) return;
  const off = server + 500 - Date.now(); // whole seconds, cut off
  skew_ms = Math.abs(off) < 1500 ? 0 : off;
}

// The server's time, in milliseconds.
export function now_ms(): number {
  return Date.now() + skew_ms;
}

export function skewOfBrowser_ms(): number {
  return skew_ms;
}

const pad = (n: number, digits = 2) => String(Math.abs(n)).padStart(digits, '0');

// 2026-01-31T12:00:00.000000Z
export function toWire(ms: number): string {
  return new Date(ms).toISOString().replace(/\.(\d{3})Z$/, '.$1000Z');
}

export function fromWire(text: string | undefined | null): number {
  return text ? Date.parse(text.replace(/(\.\d{3})\d*Z$/, '$1Z')) : NaN;
}

export function utcTime(ms: number, how: 'minutes' | 'seconds' = 'minutes'): string {
  const at = new Date(ms);
  const text = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
  return (how === 'seconds' ? `${text}:${pad(at.getUTCSeconds())}` : text) + 'Z';
}

export function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function utcDayTime(ms: number): string {
  return `${utcDay(ms)} ${utcTime(ms)}`;
}

// The offset from UTC at that instant, as +03:00.
export function offsetOf(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset();
  return `${minutes < 0 ? '-' : '+'}${pad(Math.trunc(minutes / 60))}:${pad(minutes % 60)}`;
}

export function localTime(ms: number): string {
  const at = new Date(ms);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

export function localDayTime(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${localTime(ms)} ${offsetOf(ms)}`;
}

// Both, as a form says what it has understood of a time.
export function bothTimes(ms: number): string {
  return `${utcDayTime(ms)} = ${localDayTime(ms)}`;
}

// From when until when, in both; what is open is a dash.
export function bothSpans(from: number | undefined, until: number | undefined): { utc: string; local: string } {
  const of = (text: (ms: number) => string) => [from, until].map((ms) => (ms === undefined || !Number.isFinite(ms) ? '–' : text(ms))).join(' – ');
  return { utc: of(utcDayTime), local: of(localDayTime) };
}

// "4 s", "12 min", "3 h 05", "2 d 4 h": a length of time, short.
export function span(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${pad(minutes % 60)}`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

// A countdown with seconds: 04:31, 1:02:09; with a minus once it is over.
export function countdown(ms: number): string {
  const seconds = Math.trunc(Math.abs(ms) / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `${ms < 0 ? '−' : ''}${hours ? `${hours}:` : ''}${rest}`;
}

// ISO 8601 durations without months, in milliseconds.
export function durationOf(text: string): number {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(text);
  if (!found) return NaN;
  const [d = 0, h = 0, m = 0, s = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return (((d * 24 + h) * 60 + m) * 60 + s) * 1000;
}

// As an officer would type it, with seconds where there are any.
export function timeText(ms: number): string {
  return `${utcDay(ms)} ${utcTime(ms).slice(0, -1)}${ms % 60_000 ? `:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}` : ''}`;
}

// What an officer types: 14:30, 1430Z, 2026-01-31 14:30, +90 or -90 (minutes from now), now. Always UTC. NaN if it is none. A clock without a
// day is of what is to come, unless it is asked for of what has been.
export function typedTime(text: string, now: number = now_ms(), of: 'coming' | 'gone' = 'coming'): number {
  const trimmed = text.trim().toUpperCase();
  if (trimmed === 'NOW') return now;
  const off = /^([+-])(\d{1,5})(M|H)?$/.exec(trimmed);
  if (off) return now + Number(off[1] + off[2]!) * (off[3] === 'H' ? 3_600_000 : 60_000);
  const clock = /^(\d{1,2}):?(\d{2})Z?$/.exec(trimmed);
  if (clock) return clockTime(Number(clock[1]), Number(clock[2]), now, of);
  const whole = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:?\d{2})(:\d{2})?Z?$/.exec(trimmed);
  if (!whole || !isDay(whole[1]!)) return NaN;
  const minutes = whole[2]!.includes(':') ? whole[2]! : `${whole[2]!.slice(0, 2)}:${whole[2]!.slice(2)}`;
  return Date.parse(`${whole[1]}T${minutes}${whole[3] ?? ':00'}Z`);
}

// Date.parse takes the 30th of February for the 2nd of March.
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && utcDay(at) === text;
}

// The next time that the clock shows so, counting the last two hours as now, also over midnight; or the last time that it did.
function clockTime(hours: number, minutes: number, now: number, of: 'coming' | 'gone'): number {
  if (hours > 23 || minutes > 59) return NaN;
  const day_ms = 24 * 3_600_000;
  const today = Date.parse(`${utcDay(now)}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  if (of === 'gone') return today <= now ? today : today - day_ms;
  const earliest = now - 2 * 3_600_000;
  return [today - day_ms, today].find((at) => at >= earliest) ?? today + day_ms;
}
