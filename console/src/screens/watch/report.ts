// A report of where an own intent is (docs/formats.md, report_telemetry): what is typed, the command, and what may come of it, by what
// this page has. Whether it conforms the server says.
import { readPlace, type Point } from '../../lib/coordinates';
import { t } from '../../lib/strings';
import { fromWire, toWire, typedTime } from '../../lib/time';
import { needsGround, readAltitude, type Altitude } from './altitudes';
import type { Extent, Intent } from './told';
import { distance_m } from './way';

export interface Report {
  at: string;
  accuracy_m: string;
  altitude: string; // nothing: on the ground
  vertical_m: string;
  measured: string;
  speed_mps: string;
  track_deg: string;
  next: string; // minutes until the next report at the latest; nothing: not said
  reach_m: string;
  reach_vertical_m: string;
  groundLow: string;
  groundHigh: string;
}

export interface WrongOf {
  field: keyof Report;
  why: string;
}

export function emptyReport(): Report {
  return { at: '', accuracy_m: '10', altitude: '', vertical_m: '', measured: 'now', speed_mps: '', track_deg: '', next: '', reach_m: '', reach_vertical_m: '', groundLow: '', groundHigh: '' };
}

const most_minutes = 60;

// A whole number, or nothing; what is neither is noted.
function whole(report: Report, field: keyof Report, most: number, wrong: WrongOf[], least = 0): number | undefined {
  const text = report[field].trim();
  if (!text) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  wrong.push({ field, why: t('watch.report.whole', { least, most }) });
  return undefined;
}

function altitudeOf(report: Report, wrong: WrongOf[]): Record<string, unknown> {
  if (!report.altitude.trim()) return {};
  const said = (field: 'altitude' | 'groundLow' | 'groundHigh'): Altitude | undefined => {
    const read = readAltitude(report[field]);
    if ('altitude' in read) return read.altitude;
    wrong.push({ field, why: read.wrong });
    return undefined;
  };
  const altitude = said('altitude');
  const vertical = whole(report, 'vertical_m', 100_000, wrong);
  if (vertical === undefined && !wrong.some((one) => one.field === 'vertical_m')) wrong.push({ field: 'vertical_m', why: t('watch.report.vertical.missing') });
  const ground = needsGround(altitude, altitude) ? { ground: { low: said('groundLow'), high: said('groundHigh') } } : {};
  return { altitude, accuracy_vertical_m: vertical, ...ground };
}

function nextOf(report: Report, measured: number, wrong: WrongOf[]): Record<string, unknown> {
  const minutes = whole(report, 'next', most_minutes, wrong, 1);
  const reach = whole(report, 'reach_m', 50_000, wrong), up = whole(report, 'reach_vertical_m', 100_000, wrong);
  if (minutes === undefined && reach !== undefined) wrong.push({ field: 'next', why: t('watch.report.next.missing') });
  return {
    ...(minutes === undefined || Number.isNaN(measured) ? {} : { next_by: toWire(measured + minutes * 60_000) }),
    ...(reach === undefined ? {} : { reach_m: reach }), ...(up === undefined ? {} : { reach_vertical_m: up }),
  };
}

// A report is of what has been measured.
export const measuredAt = (report: Report, now: number) => typedTime(report.measured, now, 'gone');

export function bodyOfReport(report: Report, intent: string, now: number): { body: Record<string, unknown>; wrong: WrongOf[] } {
  const wrong: WrongOf[] = [];
  const place = readPlace(report.at), measured = measuredAt(report, now);
  if ('wrong' in place) wrong.push({ field: 'at', why: place.wrong });
  if (Number.isNaN(measured)) wrong.push({ field: 'measured', why: t('watch.time.gone.hint') });
  const accuracy = whole(report, 'accuracy_m', 50_000, wrong, 1);
  if (accuracy === undefined && !wrong.some((one) => one.field === 'accuracy_m')) wrong.push({ field: 'accuracy_m', why: t('watch.report.whole', { least: 1, most: 50_000 }) });
  const speed = whole(report, 'speed_mps', 20_000, wrong), track = whole(report, 'track_deg', 359, wrong);
  const body = {
    id: intent, measured_at: Number.isNaN(measured) ? '' : toWire(measured),
    position: 'place' in place ? (place.place.mgrs ?? place.place.point) : null, accuracy_m: accuracy,
    ...altitudeOf(report, wrong), ...(speed === undefined ? {} : { speed_mps: speed }), ...(track === undefined ? {} : { track_deg: track }), ...nextOf(report, measured, wrong),
  };
  return { body, wrong };
}

// Whether a place is in a ring, and how far it is from its border at the least.
function inside([lng, lat]: Point, ring: Point[]): { is: boolean; border_m: number } {
  let is = false, border_m = Infinity;
  const narrow = Math.max(0.01, Math.cos((lat / 1e7 / 180) * Math.PI));
  const flat = ([x, y]: Point) => [(x - lng) * narrow, y - lat] as const;
  ring.forEach((corner, i) => {
    const [ax, ay] = flat(corner), [bx, by] = flat(ring[(i + 1) % ring.length]!);
    if (ay > 0 !== by > 0 && (bx - ax) * (-ay / (by - ay)) + ax > 0) is = !is;
    const along = Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1)));
    const near: Point = [lng + (ax + along * (bx - ax)) / narrow, lat + ay + along * (by - ay)];
    border_m = Math.min(border_m, distance_m([lng, lat], near));
  });
  return { is, border_m };
}

export type Foreseen = 'inside' | 'outside' | 'border' | 'unknown';

function isThere(extent: Extent, at: number): boolean {
  return (!extent.from || fromWire(extent.from) <= at) && (!extent.until || at <= fromWire(extent.until));
}

// By the volumes that are there at that time, over the ground alone: altitudes are compared where they are told above the ellipsoid.
export function foreseen(report: Report, intent: Intent, now: number): Foreseen {
  const place = readPlace(report.at), measured = measuredAt(report, now), accuracy = Number(report.accuracy_m);
  if ('wrong' in place || Number.isNaN(measured) || !(accuracy > 0)) return 'unknown';
  const altitude = readAltitude(report.altitude), off_mm = Number(report.vertical_m) * 1000;
  const plain = 'altitude' in altitude && altitude.altitude.reference === 'W84' && altitude.altitude.unit === 'm' ? altitude.altitude.value! * 1000 : undefined;
  let best: Foreseen = 'outside';
  for (const extent of intent.extents.filter((one) => isThere(one, measured))) {
    const { is, border_m } = inside(place.place.point, extent.polygon);
    if (!is && border_m > accuracy) continue;
    if (plain !== undefined && (plain + off_mm < (extent.low_mm ?? -Infinity) || plain - off_mm > (extent.high_mm ?? Infinity))) continue;
    const within = plain !== undefined && plain - off_mm >= (extent.low_mm ?? -Infinity) && plain + off_mm <= (extent.high_mm ?? Infinity);
    if (is && border_m >= accuracy && within) return 'inside';
    best = 'border';
  }
  return best;
}

// What follows if the server finds it so: sentences, the first the gravest.
export function consequencesOf(intent: Intent, found: Foreseen): string[] {
  if (intent.state === 'Accepted') return [t('watch.report.planned')];
  const strays = [t(intent.state === 'Activated' ? 'watch.report.strays' : 'watch.report.strays.still'), t('watch.report.strays.around'), t('watch.report.strays.told')];
  const conforms = intent.state === 'Activated' ? t('watch.report.conforms') : t('watch.report.conforms.still');
  if (found === 'inside') return [conforms];
  return found === 'outside' ? strays : [...strays, `${t('watch.report.else')} ${conforms}`];
}
