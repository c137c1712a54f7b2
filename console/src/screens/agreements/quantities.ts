// Durations, lengths and areas as people read them. Where it binds, the exact value stays beside them.
import { count, run, t, type Key } from '../../lib/strings';

const units: [number, Key, Key][] = [
  [86400, 'say.day.one', 'say.day.many'],
  [3600, 'say.hour.one', 'say.hour.many'],
  [60, 'say.minute.one', 'say.minute.many'],
  [1, 'say.second.one', 'say.second.many'],
];

// Null: no duration as these forms have it.
export function secondsOf(duration: string): number | null {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!found) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((text) => Number(text ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

// `P30D` is "30 days"; what is no duration is shown as it is.
export function durationText(duration: string): string {
  const seconds = secondsOf(duration);
  return seconds === null ? duration : secondsText(seconds);
}

export function secondsText(all: number): string {
  let rest = Math.round(all);
  const said: string[] = [];
  for (const [size, one, many] of units) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0) said.push(count(one, many, n));
  }
  return said.length === 0 ? t('say.none') : said.slice(0, 3).join(' ');
}

export function grouped(n: number): string {
  return n.toLocaleString('en-GB');
}

// Whole nautical miles are how aviators say it.
export function metresText(metres: number): string {
  const miles = metres / 1852;
  const inKm = metres >= 10_000 && !Number.isInteger(miles);
  const said = inKm ? `${grouped(Math.round(metres / 100) / 10)} km` : `${grouped(metres)} m`;
  return metres > 0 && Number.isInteger(miles) ? `${said} (${grouped(miles)} NM)` : said;
}

// A square of 1e-7 degrees, as long as it is from south to north.
export function cellText(cell_e7: number): string {
  const km = (cell_e7 / 1e7) * 111.2;
  return t('say.about', { text: `${km >= 10 ? Math.round(km) : Math.round(km * 10) / 10} km` });
}

// The box around it, in degrees.
export function areaText(polygon: [number, number][]): string {
  const degrees = (n: number, sides: string) =>
    `${Math.abs(n).toFixed(1).replace(/\.0$/, '')}° ${n < 0 ? sides[1] : sides[0]}`;
  const span = (all: number[], sides: string) =>
    run(`${degrees(Math.min(...all), sides)} – ${degrees(Math.max(...all), sides)}`);
  const lats = span(polygon.map((point) => point[1] / 1e7), 'NS');
  const lngs = span(polygon.map((point) => point[0] / 1e7), 'EW');
  return t('say.area', { n: polygon.length, lats, lngs });
}

export function day(time: string): string {
  return /T00:00:00(\.0+)?Z$/.test(time) ? time.slice(0, 10) : time.slice(0, 16).replace('T', ' ') + 'Z';
}
