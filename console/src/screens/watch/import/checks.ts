// What a person should look at before a file of places is filed. `refuse`: it cannot be filed as it is; the file is mended, or an option
// says what it leaves out. `ask`: it may be right; a person who has looked accepts it. The same as `comity sites import` finds, but
// that land is here the land of the map.
import { t, type Key } from '../../../lib/strings';
import type { Point } from '../../../lib/coordinates';
import { distance_m as between } from '../way';
import { most, type Draft, type LatLng, type Limit, type Volume } from './draft';
import { readClock } from './values';

export interface Finding {
  severity: 'refuse' | 'ask';
  code: string;
  draft: number;
  text: string;
}

// A site that the office has already.
export interface There {
  id: string;
  name: string;
  points: LatLng[];
}

export type IsLand = (at: LatLng) => boolean;

const e7 = (degrees: number) => Math.sign(degrees) * Math.round(Math.abs(degrees) * 1e7);
export const pointOf = (at: LatLng): Point => [e7(at.lng), e7(at.lat)];
const turned = ({ lat, lng }: LatLng): LatLng => ({ lat: lng, lng: lat });
const isOnEarth = ({ lat, lng }: LatLng) => Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
const round = (degrees: number) => degrees - 360 * Math.round(degrees / 360);
const distance_m = (a: LatLng, b: LatLng) => between(pointOf(a), pointOf(b));

// Two places that say no uncertainty are one if they are as near as two readings of one point; far from the others is three degrees, or
// four times as far as half of them are from the middle.
const least_uncertainty_m = 10, null_island = 0.01, far_degrees = 3, far_times = 4, highest = 100_000;

// The middle of its corners, so that one outline is found again whichever corner it begins with.
function middleOf(points: LatLng[]): LatLng {
  const [first] = points as [LatLng];
  const mean = (of: (one: LatLng) => number) => points.reduce((sum, one) => sum + of(one), 0) / points.length;
  return { lat: first.lat + mean((one) => one.lat - first.lat), lng: first.lng + mean((one) => round(one.lng - first.lng)) };
}

const anchorOf = (draft: Draft) => (draft.volumes[0]?.points.length ? middleOf(draft.volumes[0].points) : undefined);
const sureOf = (draft: Draft) => Math.max(draft.volumes[0]?.shape === 'point' ? (draft.volumes[0].radius_m ?? 0) : 0, least_uncertainty_m);

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

// Where most of it lies, by medians, so that a few that are wrong do not move it. Of fewer than three nothing is known.
function middle(points: LatLng[]): ((at: LatLng) => 'far' | 'among') | undefined {
  if (points.length < 3) return undefined;
  const at = { lat: median(points.map((one) => one.lat)), lng: median(points.map((one) => one.lng)) };
  const away = (one: LatLng) => Math.hypot(one.lat - at.lat, round(one.lng - at.lng));
  const within = Math.max(far_degrees, far_times * median(points.map(away)));
  return (one) => (away(one) > within ? 'far' : 'among');
}

// Of the catalogue's findings, what comes after the prefix.
type Code = Key extends infer One ? (One extends `import.finding.${infer Rest}` ? Rest : never) : never;
interface Say {
  (severity: Finding['severity'], code: Code, values?: Record<string, string | number>): void;
  (severity: Finding['severity'], code: string, values: Record<string, string | number>, text: string): void;
}

function words(draft: Draft, now: string, say: Say) {
  for (const text of draft.faults) say('refuse', 'cannot_be_read', {}, text);
  for (const text of draft.remarks) say('ask', 'remark', {}, text);
  if (!draft.name) say('refuse', 'no_name');
  for (const text of [draft.name, draft.source, draft.measured])
    if (new TextEncoder().encode(text).length > most.words) say('refuse', 'too_long', { n: most.words });
  if (!draft.kind) say('refuse', 'no_kind');
  if (!draft.reconfirm_by) say('refuse', 'no_reconfirm_by');
  else if (draft.reconfirm_by < now) say('refuse', 'reconfirm_in_the_past');
}

function times(draft: Draft, now: string, say: Say) {
  const { windows } = draft;
  if (!windows.length) return;
  if (windows.some((one) => one.from && one.until && one.until < one.from)) say('refuse', 'impossible', {}, t('import.impossible.times'));
  if (windows.every((one) => one.until && one.until < now)) say('refuse', 'in_the_past');
  if (windows.length * draft.volumes.length > most.volumes) say('refuse', 'too_many_volumes', { n: most.volumes });
  const { schedule } = windows[0]!;
  if (windows.some((one) => JSON.stringify(one.schedule) !== JSON.stringify(schedule))) return say('refuse', 'schedules_differ');
  if (schedule.length > most.periods) say('refuse', 'too_many_periods', { n: most.periods });
  const offsets = schedule.flatMap((one) => [one.start, one.end]).flatMap((text) => readClock(text, 'begins')?.offset ?? []);
  if (new Set(offsets).size > 1) say('refuse', 'schedule_offsets');
}

const isAboveGround = (limit: Limit | undefined) => limit?.reference === 'AGL' && limit.unit !== 'FL';

function limits(draft: Draft, { low, high }: Volume, say: Say) {
  if ([low, high].some((one) => one && Math.abs(one.value) > highest)) say('refuse', 'impossible', {}, t('import.impossible.altitude'));
  if ((isAboveGround(high) || (isAboveGround(low) && low!.value !== 0)) && !draft.ground) say('refuse', 'no_ground');
  if (draft.ground && draft.ground.low_m > draft.ground.high_m) say('refuse', 'impossible', {}, t('import.impossible.ground'));
  if (low && high && low.unit === high.unit && low.reference === high.reference && low.value > high.value) say('refuse', 'impossible', {}, t('import.impossible.limits'));
}

// Whether an outline crosses or touches itself. In floats, which may err by less than a corner is wide: the server looks again.
function crosses(ring: Point[]): boolean {
  const side = (a: Point, b: Point, c: Point) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const n = ring.length;
  for (let i = 0; i < n; ++i)
    for (let j = i + 2; j < n; ++j) {
      if (i === 0 && j === n - 1) continue;
      const [a, b, c, d] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[(j + 1) % n]!];
      const apart = Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0]) || Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1]);
      if (!apart && side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0) return true;
    }
  return false;
}

export function ringOf(points: LatLng[]): Point[] {
  const ring = points.map(pointOf);
  return ring.filter((one, i) => i === 0 || one[0] !== ring[i - 1]![0] || one[1] !== ring[i - 1]![1]);
}

function volume(draft: Draft, one: Volume, say: Say) {
  const wrong = one.points.find((at) => !isOnEarth(at));
  if (wrong) return say('refuse', 'impossible', {}, t(isOnEarth(turned(wrong)) ? 'import.impossible.swapped' : 'import.impossible.degrees'));
  if (one.points.some((at) => Math.abs(at.lat) <= null_island && Math.abs(at.lng) <= null_island)) return say('refuse', 'null_island');
  if (one.shape === 'polygon') {
    const ring = ringOf(one.points);
    if (ring.length < 3 || crosses(ring)) say('refuse', 'no_ring');
  } else if (one.radius_m === undefined) say('refuse', 'no_uncertainty');
  else if (one.radius_m <= 0 || one.radius_m > most.radius_m) say('refuse', 'impossible', {}, t('import.impossible.radius', { n: most.radius_m }));
  limits(draft, one, say);
}

// A zone at sea is an everyday thing.
const isOfTheLand = (draft: Draft) => draft.kind !== 'temporary_restriction' && draft.kind !== 'other';

function axes(draft: Draft, at: LatLng, where: ReturnType<typeof middle>, isLand: IsLand, say: Say) {
  const other = turned(at), canTurn = isOnEarth(other);
  const atSea = isOfTheLand(draft) && !isLand(at);
  if (canTurn && where?.(at) === 'far' && where(other) === 'among') say('ask', 'swapped_axes', {}, t('import.finding.swapped_axes.far'));
  else if (canTurn && atSea && isLand(other)) say('ask', 'swapped_axes');
  else if (atSea) say('ask', 'in_the_sea');
}

function duplicates(drafts: Draft[], number: number, id: string, there: There[], say: Say) {
  const at = anchorOf(drafts[number]!)!, sure = sureOf(drafts[number]!);
  const near = (other: LatLng | undefined, within: number) => {
    const m = other ? distance_m(at, other) : Infinity;
    return m <= Math.max(sure, within) ? { m: Math.round(m) } : undefined;
  };
  for (const other of drafts.slice(0, number)) {
    const found = near(anchorOf(other), sureOf(other));
    if (found) return say('ask', 'duplicate', { ...found, name: `${other.name} (${other.where})` });
  }
  for (const other of there) {
    const found = other.id !== id && other.points.length ? near(middleOf(other.points), 0) : undefined;
    if (found) return say('ask', 'duplicate', { ...found, name: other.name }, t('import.finding.duplicate.there', { ...found, name: other.name }));
  }
}

// `ids`: under which each would be filed, so that a change of what is there is no duplicate of it. In the order of the file.
export function check(drafts: Draft[], ids: string[], there: There[], isLand: IsLand, now: string): Finding[] {
  const out: Finding[] = [];
  const where = middle([...drafts.flatMap((one) => anchorOf(one) ?? []), ...there.flatMap((one) => (one.points.length ? middleOf(one.points) : []))]);
  drafts.forEach((draft, i) => {
    const say: Say = (severity, code, values = {}, text?: string) => out.push({ severity, code, draft: i, text: text ?? t(`import.finding.${code}` as Key, values) });
    const before = out.length;
    words(draft, now, say);
    times(draft, now, say);
    for (const one of draft.volumes) volume(draft, one, say);
    const same = ids.indexOf(ids[i]!);
    if (same !== i) say('refuse', 'identity_twice', { where: drafts[same]!.where });
    const at = anchorOf(draft);
    if (!at || out.slice(before).some((one) => one.code === 'impossible' || one.code === 'null_island')) return;
    axes(draft, at, where, isLand, say);
    duplicates(drafts, i, ids[i]!, there, say);
  });
  return out;
}
