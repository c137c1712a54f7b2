// A protected site or a zone as an officer fills it in, and the command that is made of it. A site is said with how sure its place is and
// until when it can be relied on; a zone (a constraint) with the times in which it is there.
import { ddOf, type Point } from '../../lib/coordinates';
import { t } from '../../lib/strings';
import { fromWire, timeText, toWire, typedTime, utcDay } from '../../lib/time';
import { altitudeText, type Altitude } from './altitudes';
import { footprintOf, openAltitudesOf, type VolumeDraft } from './filing';
import type { Made, Wrong } from './wrong';
import { offsetText, readSchedule, scheduleText, type Schedule } from './schedule';
import type { Constraint, Extent, Site, SiteKind } from './told';

export const most_days_ahead = 731;
export const usual_days = 90;
const day_ms = 86_400_000;

export interface PlaceDraft extends VolumeDraft {
  what: 'site' | 'zone';
  id: string;
  at?: number | string; // of a change: the version of a site, the ovn of a zone
  kind: SiteKind;
  name: string;
  source: string;
  measured: string;
  reconfirm: string; // a day, in UTC
  exactly?: string; // the time of that day that it has, if the day stays
  schedule: string;
  offset: string;
}

export function emptyPlace(what: 'site' | 'zone', now: number): PlaceDraft {
  const hour = 3_600_000;
  const from = Math.ceil(now / hour) * hour;
  return {
    what, id: crypto.randomUUID(), kind: 'hospital', name: '', source: '', measured: '', reconfirm: utcDay(now + usual_days * day_ms), schedule: '', offset: '+00:00',
    shape: what === 'site' ? 'point' : 'polygon', places: '', width_m: '', way: [], low: '', high: '', groundLow: '', groundHigh: '', kept: [],
    from: what === 'site' ? '' : timeText(from), until: what === 'site' ? '' : timeText(from + 6 * hour),
  };
}

interface SaidExtent {
  polygon?: Point[];
  point?: { at: string | Point; uncertainty_m: number };
  circle?: { centre: string | Point; radius_m: number; uncertainty_m?: number };
  corridor?: { along: (string | Point)[]; half_width_m: number };
  low?: Altitude;
  high?: Altitude;
  ground?: { low: Altitude; high: Altitude };
  from?: string;
  until?: string;
}

const hasShape = (one: SaidExtent) => !!(one.polygon ?? one.point ?? one.circle ?? one.corridor);

function plain(one: Extent): SaidExtent {
  const metres = (mm: number | undefined, round: (n: number) => number): Altitude | undefined => (mm === undefined ? undefined : { value: round(mm / 1000), unit: 'm', reference: 'W84' });
  return JSON.parse(JSON.stringify({ polygon: one.polygon, low: metres(one.low_mm, Math.floor), high: metres(one.high_mm, Math.ceil), from: one.from, until: one.until })) as SaidExtent;
}

// The volumes of what is filed, as they would be said again: in the words they were said in, where the server told these.
export function saidAgain(of: { extents: Extent[]; said?: Record<string, unknown> }): SaidExtent[] {
  const said = of.said?.extents as SaidExtent[] | undefined;
  if (said?.every(hasShape)) return said;
  if (said?.length === of.extents.length) return said.map((one, i) => (hasShape(one) ? one : { polygon: of.extents[i]!.polygon, ...one }));
  return of.extents.map(plain);
}

const placeText = (at: string | Point) => (typeof at === 'string' ? at : ddOf(at, 7));
const most_corners = 60; // of what can still be typed

// Of one volume what it was said as; of more they are kept as they are.
function volumeOf(all: SaidExtent[]): Partial<VolumeDraft> {
  const [one] = all;
  const text = (altitude: Altitude | undefined) => (altitude ? altitudeText(altitude) : '');
  if (all.length !== 1 || !one || one.circle?.uncertainty_m || (one.polygon?.length ?? 0) > most_corners) return { shape: 'kept', kept: all };
  const time = (wire: string | undefined) => (wire ? timeText(fromWire(wire)) : '');
  const common = { low: text(one.low), high: text(one.high), groundLow: text(one.ground?.low), groundHigh: text(one.ground?.high), from: time(one.from), until: time(one.until), kept: all };
  if (one.point) return { ...common, shape: 'point', places: placeText(one.point.at), width_m: String(one.point.uncertainty_m) };
  if (one.circle) return { ...common, shape: 'circle', places: placeText(one.circle.centre), width_m: String(one.circle.radius_m) };
  if (one.corridor) return { ...common, shape: 'corridor', places: one.corridor.along.map(placeText).join('\n'), width_m: String(one.corridor.half_width_m) };
  return { ...common, shape: 'polygon', places: (one.polygon ?? []).map((at) => ddOf(at, 7)).join('\n') };
}

function scheduleOf(said: Record<string, unknown> | undefined): Pick<PlaceDraft, 'schedule' | 'offset'> {
  const schedule = said?.schedule as Schedule | undefined;
  return { schedule: scheduleText(schedule), offset: offsetText(schedule?.utc_offset_minutes ?? 0) };
}

export function draftOfSite(site: Site): PlaceDraft {
  const { id, version, kind, name, source, measured, reconfirm_by } = site;
  return { ...emptyPlace('site', fromWire(reconfirm_by)), id, at: version, kind, name, source, measured: measured ?? '', reconfirm: reconfirm_by.slice(0, 10), exactly: reconfirm_by, ...scheduleOf(site.said), ...volumeOf(saidAgain(site)) };
}

export function draftOfZone(zone: Constraint): PlaceDraft {
  const extents = zone.extents ?? [];
  return { ...emptyPlace('zone', 0), id: zone.id, at: zone.ovn, ...scheduleOf(zone.said), ...volumeOf(saidAgain({ ...zone, extents })) };
}

// The day as the moment with which it begins; the exact one where it is still the same day.
export function reconfirmBy(day: string, exactly?: string): string {
  if (exactly?.startsWith(day)) return exactly;
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? toWire(Date.parse(`${day}T00:00:00Z`)) : '';
}

export function reconfirmFault(day: string, now: number, exactly?: string): string {
  const at = fromWire(reconfirmBy(day, exactly));
  if (!(at > now)) return t('site.reconfirm.past');
  return at > now + most_days_ahead * day_ms ? t('site.reconfirm.far', { n: most_days_ahead }) : '';
}

function timesOf(draft: PlaceDraft, wrong: Wrong[], now: number): { from?: string; until?: string } {
  const read = (field: 'from' | 'until') => {
    if (draft.what === 'site' && !draft[field].trim()) return undefined;
    const ms = typedTime(draft[field], now);
    if (Number.isNaN(ms)) wrong.push({ field, why: t('watch.wrong.time') });
    return Number.isNaN(ms) ? undefined : ms;
  };
  const from = read('from'), until = read('until');
  if (from !== undefined && until !== undefined && until <= from) wrong.push({ field: 'until', why: t('watch.wrong.order') });
  return { ...(from === undefined ? {} : { from: toWire(from) }), ...(until === undefined ? {} : { until: toWire(until) }) };
}

function wordsOf(draft: PlaceDraft, wrong: Wrong[], now: number): Record<string, unknown> {
  const most_octets = 280;
  for (const field of ['name', 'source', 'measured'] as const) {
    const octets = new TextEncoder().encode(draft[field].trim()).length;
    if (!octets && field !== 'measured') wrong.push({ field, why: t('site.missing') });
    if (octets > most_octets) wrong.push({ field, why: t('site.long') });
  }
  const fault = reconfirmFault(draft.reconfirm, now, draft.exactly);
  if (fault) wrong.push({ field: 'reconfirm', why: fault });
  return { kind: draft.kind, name: draft.name.trim(), source: draft.source.trim(), measured: draft.measured.trim(), reconfirm_by: reconfirmBy(draft.reconfirm, draft.exactly) };
}

// The body of put_site or put_constraint; where something is wrong it is not to be sent.
export function bodyOfPlace(draft: PlaceDraft, now: number): Made {
  const wrong: Wrong[] = [];
  const extents = draft.shape === 'kept' ? draft.kept : [{ ...footprintOf(draft, wrong), ...openAltitudesOf(draft, wrong), ...timesOf(draft, wrong, now) }];
  const read = readSchedule(draft.schedule, draft.offset);
  if ('wrong' in read) wrong.push({ field: 'schedule', why: read.wrong });
  const body: Record<string, unknown> = { id: draft.id, ...(draft.what === 'site' ? wordsOf(draft, wrong, now) : {}), extents };
  if ('schedule' in read && read.schedule) body.schedule = read.schedule;
  if (draft.at !== undefined) body.at = draft.at;
  return { body, wrong };
}
