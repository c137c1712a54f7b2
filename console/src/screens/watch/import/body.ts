// From a draft to the command that files it, and whether that says what is there already. An id is what makes a second import of a file
// change sites instead of doubling them, also where the first was made by the command line (docs/formats.md, sites from files).
import { sha256, toHex, utf8 } from '../../../lib/bytes';
import type { Site } from '../told';
import { pointOf, ringOf } from './checks';
import type { Daily, Draft, Limit, Volume, Window } from './draft';
import { readClock, type Edge } from './values';

// What makes it the same place in the next file.
function identityOf(draft: Draft): string {
  if (draft.id) return `id\n${draft.id}`;
  const at = draft.volumes[0]?.points[0];
  const hundred_thousandths = (degrees: number) => Math.sign(degrees) * Math.round(Math.abs(degrees) * 1e5) || 0;
  return [`name\n${draft.name}`, ...(at ? [at.lat, at.lng].filter((one) => Math.abs(one) <= 180).map(hundred_thousandths) : [])].join('\n');
}

export async function siteId(office: string, source: string, draft: Draft): Promise<string> {
  const parts = [office, source, identityOf(draft)].flatMap((text) => {
    const octets = utf8(text), length = new Uint8Array(8);
    new DataView(length.buffer).setUint32(4, octets.length);
    return [length, octets];
  });
  const digest = (await sha256(new Uint8Array(await new Blob([utf8('comity site of a file'), ...parts]).arrayBuffer()))).slice(0, 16);
  digest[6] = (digest[6]! & 0x0f) | 0x40;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  return toHex(digest).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function altitude({ value, unit, reference }: Limit, round: (n: number) => number): object {
  if (unit === 'FL') return { value: round(value), unit, reference: 'FL' };
  return reference === 'AGL' && value === 0 ? { reference: 'GND' } : { value: round(value), unit, reference };
}

const isAboveGround = (limit: Limit | undefined) => limit?.reference === 'AGL' && limit.unit !== 'FL';
const aboveSea = (value: number) => ({ value, unit: 'm', reference: 'AMSL' });

function extentOf(draft: Draft, { shape, points, radius_m, low, high }: Volume, { from, until }: Window): Record<string, unknown> {
  const radius = Math.ceil(radius_m ?? 0), at = pointOf(points[0]!);
  const footprint = shape === 'polygon' ? { polygon: ringOf(points) } : shape === 'circle' ? { circle: { centre: at, radius_m: radius } } : { point: { at, uncertainty_m: radius } };
  const ground = draft.ground && (isAboveGround(low) || isAboveGround(high)) ? { ground: { low: aboveSea(Math.floor(draft.ground.low_m)), high: aboveSea(Math.ceil(draft.ground.high_m)) } } : {};
  return { ...footprint, ...(low ? { low: altitude(low, Math.floor) } : {}), ...(high ? { high: altitude(high, Math.ceil) } : {}), ...ground, ...(from ? { from } : {}), ...(until ? { until } : {}) };
}

// What ED-318 calls the end of evening civil twilight has another name in the form.
function timeOfDay(said: string, edge: Edge): string {
  const clock = readClock(said, edge);
  const two = (n: number) => String(n).padStart(2, '0');
  return clock ? `${two(Math.floor(clock.minutes / 60))}:${two(clock.minutes % 60)}` : said === 'EECT' ? 'EMCT' : said;
}

function scheduleOf(schedule: Daily[]) {
  const offsets = schedule.flatMap((one) => [one.start, one.end]).flatMap((text) => readClock(text, 'begins')?.offset ?? []);
  return { utc_offset_minutes: offsets.at(-1) ?? 0, periods: schedule.map((one) => ({ days: one.days, from: timeOfDay(one.start, 'begins'), until: timeOfDay(one.end, 'ends') })) };
}

export interface Body extends Record<string, unknown> {
  id: string;
  extents: Record<string, unknown>[];
}

// Of what the checks do not refuse; without `at`, the version of what is there.
export function bodyOf(draft: Draft, id: string): Body {
  const windows = draft.windows.length ? draft.windows : [{ schedule: [] }];
  const extents = windows.flatMap((window) => draft.volumes.map((one) => extentOf(draft, one, window)));
  const schedule = windows[0]!.schedule.length ? { schedule: scheduleOf(windows[0]!.schedule) } : {};
  return { id, kind: draft.kind, name: draft.name, source: draft.source, measured: draft.measured, reconfirm_by: draft.reconfirm_by, extents, ...schedule };
}

// By their content, whatever the order of members.
function alike(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return a === b;
  const [of, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return Array.isArray(a) === Array.isArray(b) && Object.keys(of).length === Object.keys(other).length && Object.keys(of).every((key) => alike(of[key], other[key]));
}

// A polygon with altitudes above the ellipsoid in metres, as the server tells it.
function isPlainAsTold(filed: Record<string, unknown>, told: Record<string, unknown>): boolean {
  const mm = (side: string) => {
    const one = filed[side] as Limit | undefined;
    return one && (one.reference === 'W84' && one.unit === 'm' ? one.value * 1000 : NaN);
  };
  return ['low', 'high'].every((side) => mm(side) === told[`${side}_mm`]) && ['polygon', 'from', 'until'].every((name) => alike(filed[name], told[name]));
}

// Whether what is there says it already: by what was said where there is any, by the volumes where there is none.
export function isTold(body: Body, site: Site): boolean {
  if (['kind', 'name', 'source', 'measured', 'reconfirm_by'].some((name) => body[name] !== (site as unknown as Record<string, unknown>)[name])) return false;
  if (!alike(body.schedule, site.said?.schedule)) return false;
  const kept = site.said?.extents as Record<string, unknown>[] | undefined, told = site.extents as unknown as Record<string, unknown>[];
  const others = kept ?? told;
  return others.length === body.extents.length && body.extents.every((filed, i) => {
    if (!kept) return isPlainAsTold(filed, others[i]!);
    const { polygon, ...rest } = filed;
    return (!polygon || told.some((one) => alike(one.polygon, polygon))) && alike(rest, others[i]);
  });
}
