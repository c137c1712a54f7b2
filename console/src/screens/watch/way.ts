// A movement on the ground: way-points in the order of time, each with the time from when and until when somebody may be there. The
// server makes a volume of each leg; here it is only looked at: how far, and how fast at the least.
import { ddOf, readPlace, type Point } from '../../lib/coordinates';
import { t } from '../../lib/strings';
import { fromWire, timeText, toWire, typedTime, utcTime } from '../../lib/time';
import type { Wrong } from './wrong';

export interface WayRow {
  at: string;
  from: string;
  until: string;
}

export interface Leg {
  km: number;
  kmh: number; // at the least, within the windows of both ends; Infinity: no time is left for it
}

const earth_m = 6_371_010;
const most_rows = 101;

export const emptyRow = (): WayRow => ({ at: '', from: '', until: '' });
const isEmpty = (row: WayRow) => !row.at.trim() && !row.from.trim() && !row.until.trim();

export function distance_m([lng, lat]: Point, [lng2, lat2]: Point): number {
  const radians = (e7: number) => (e7 / 1e7 / 180) * Math.PI;
  const north = Math.sin(radians(lat2 - lat) / 2) ** 2, east = Math.sin(radians(lng2 - lng) / 2) ** 2;
  return 2 * earth_m * Math.asin(Math.min(1, Math.sqrt(north + Math.cos(radians(lat)) * Math.cos(radians(lat2)) * east)));
}

export function pointOf(row: WayRow): Point | undefined {
  const read = readPlace(row.at);
  return 'place' in read ? read.place.point : undefined;
}

// As an officer reads them fastest, if it is understood again as the same instant.
export function shortTime(ms: number, now: number): string {
  const clock = utcTime(ms).slice(0, -1);
  return typedTime(clock, now) === ms ? clock : timeText(ms);
}

// The leg that ends at each row; none where it is not all read yet.
export function legsOf(rows: WayRow[], now: number): (Leg | undefined)[] {
  return rows.map((row, i) => {
    const before = rows[i - 1];
    const [a, b] = [before && pointOf(before), pointOf(row)];
    if (!before || !a || !b) return undefined;
    const km = distance_m(a, b) / 1000;
    const left_h = (typedTime(row.until, now) - typedTime(before.from, now)) / 3_600_000;
    return { km, kmh: left_h > 0 ? km / left_h : Number.isNaN(left_h) ? NaN : Infinity };
  });
}

export interface Pace {
  depart: string;
  kmh: string;
  slack_min: string; // earlier and later than it is worked out
}

// The times of all rows by one speed. Undefined: not all places or numbers can be read.
export function paced(rows: WayRow[], pace: Pace, now: number): WayRow[] | undefined {
  const depart = typedTime(pace.depart, now), kmh = Number(pace.kmh), slack_ms = Number(pace.slack_min) * 60_000;
  const filled = rows.filter((row) => !isEmpty(row));
  const points = filled.map(pointOf);
  if (Number.isNaN(depart) || !(kmh > 0) || !(slack_ms >= 0) || points.length < 2 || points.some((one) => !one)) return undefined;
  let arrive = depart;
  const minute = 60_000;
  return filled.map((row, i) => {
    if (i) arrive += (distance_m(points[i - 1]!, points[i]!) / 1000 / kmh) * 3_600_000;
    const from = Math.floor((arrive - slack_ms) / minute) * minute, until = Math.ceil((arrive + slack_ms) / minute) * minute;
    return { at: row.at, from: shortTime(from, now), until: shortTime(until, now) };
  });
}

// Places that were drawn, in the rows that there are; the times stay where they were.
export function withPlaces(rows: WayRow[], places: Point[]): WayRow[] {
  return places.map((place, i) => ({ ...(rows[i] ?? emptyRow()), at: ddOf(place, 7) }));
}

export function later(rows: WayRow[], by_ms: number, now: number): WayRow[] {
  const moved = (text: string) => (Number.isNaN(typedTime(text, now)) ? text : timeText(Math.ceil((typedTime(text, now) + by_ms) / 1000) * 1000));
  return rows.map((row) => ({ ...row, from: moved(row.from), until: moved(row.until) }));
}

export interface SaidWay {
  way_points: { at: string | Point; from: string; until: string }[];
  half_width_m: number;
}

// Rows of what was said, whole seconds outward.
export function rowsOfSaid(said: SaidWay): WayRow[] {
  const second = 1000;
  return said.way_points.map((one) => ({
    at: typeof one.at === 'string' ? one.at : ddOf(one.at, 7),
    from: timeText(Math.floor(fromWire(one.from) / second) * second), until: timeText(Math.ceil(fromWire(one.until) / second) * second),
  }));
}

// The member `way_points` of a movement.
export function wayPointsOf(all: WayRow[], wrong: Wrong[], now: number): unknown[] {
  const add = (row: number, part: keyof WayRow, why: string) => wrong.push({ field: 'way', row, part, why });
  const rows = all.map((row, i) => ({ row, i })).filter(({ row }) => !isEmpty(row));
  if (rows.length < 2 || rows.length > most_rows) wrong.push({ field: 'way', why: t('watch.way.number', { n: most_rows }) });
  let before = { from: -Infinity, until: -Infinity };
  return rows.map(({ row, i }) => {
    const read = readPlace(row.at);
    const from = typedTime(row.from, now), until = typedTime(row.until, now);
    if ('wrong' in read) add(i, 'at', read.wrong);
    if (Number.isNaN(from)) add(i, 'from', t('watch.wrong.time'));
    else if (from < before.from) add(i, 'from', t('watch.way.order'));
    if (Number.isNaN(until)) add(i, 'until', t('watch.wrong.time'));
    else if (until < from) add(i, 'until', t('watch.wrong.order'));
    else if (until < before.until) add(i, 'until', t('watch.way.order'));
    before = { from, until };
    const place = 'place' in read ? (read.place.mgrs ?? read.place.point) : null;
    return { at: place, from: Number.isNaN(from) ? '' : toWire(from), until: Number.isNaN(until) ? '' : toWire(until) };
  });
}
