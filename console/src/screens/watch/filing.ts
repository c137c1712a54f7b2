// What an officer fills in, and the command that is made of it. Units go as they were typed; only places that the server does not
// read as text are sent as numbers.
import { ddOf, readPlace, type Place, type Point } from '../../lib/coordinates';
import { t } from '../../lib/strings';
import { fromWire, timeText, toWire, typedTime } from '../../lib/time';
import { altitudeText, moved, needsGround, readAltitude, takesGround, type Altitude } from './altitudes';
import type { Extent, Intent, IntentState } from './told';
import { emptyRow, later, rowsOfSaid, wayPointsOf, type SaidWay, type WayRow } from './way';
import type { Made, Wrong } from './wrong';

export type Shape = 'polygon' | 'circle' | 'corridor' | 'way' | 'point' | 'kept';

export interface VolumeDraft {
  shape: Shape;
  places: string; // one a line: corners, the centre, or the way
  width_m: string; // radius, half width, or how far off a point may be
  way: WayRow[]; // of a movement, which has its own times
  low: string;
  high: string;
  groundLow: string;
  groundHigh: string;
  from: string;
  until: string;
  kept: unknown[]; // of what has several volumes: they are not redrawn
}

export interface Draft extends VolumeDraft {
  id: string;
  at?: string; // of a change: the ovn that is changed
  state: IntentState;
  operation: 'flight' | 'movement';
  exercise: boolean;
  kept: Extent[]; // they are moved together
}

export function emptyDraft(now: number): Draft {
  const quarter = 15 * 60_000;
  const from = Math.ceil((now + quarter) / quarter) * quarter;
  return {
    id: crypto.randomUUID(), state: 'Accepted', operation: 'flight', exercise: false, shape: 'polygon', places: '', width_m: '', low: '', high: '',
    groundLow: '', groundHigh: '', from: timeText(from), until: timeText(from + 3_600_000), kept: [], way: [emptyRow(), emptyRow(), emptyRow()],
  };
}

// Of an intent of one polygon its corners; of more the volumes as they are.
export function draftOf(intent: Intent): Draft {
  const [first] = intent.extents;
  const single = intent.extents.length === 1 && (first?.polygon.length ?? 0) <= 40 && [first?.low_mm, first?.high_mm].every((mm) => (mm ?? 0) % 1000 === 0);
  const hull = hullOf(intent.extents);
  const way = intent.said?.movement as SaidWay & Altitudes | undefined;
  if (way) return movementDraft(intent, way);
  return {
    ...emptyDraft(hull.from), id: intent.id, at: intent.ovn, state: intent.state, operation: intent.operation, exercise: !!intent.exercise,
    shape: single ? 'polygon' : 'kept',
    places: single ? first!.polygon.map((point) => ddOf(point, 7)).join('\n') : '',
    low: `${Math.floor((hull.low_mm ?? 0) / 1000)} m`, high: `${Math.ceil((hull.high_mm ?? 0) / 1000)} m`,
    from: timeText(hull.from), until: timeText(hull.until), kept: intent.extents,
  };
}

interface Altitudes { low?: Altitude; high?: Altitude; ground?: { low: Altitude; high: Altitude } }

function movementDraft(intent: Intent, way: SaidWay & Altitudes): Draft {
  const text = (one: Altitude | undefined) => (one ? altitudeText(one) : '');
  return {
    ...emptyDraft(hullOf(intent.extents).from), id: intent.id, at: intent.ovn, state: intent.state, operation: 'movement', exercise: !!intent.exercise,
    shape: 'way', way: rowsOfSaid(way), width_m: String(way.half_width_m), low: text(way.low), high: text(way.high),
    groundLow: text(way.ground?.low), groundHigh: text(way.ground?.high),
  };
}

export interface Hull { low_mm?: number; high_mm?: number; from: number; until: number }

export function hullOf(extents: Extent[]): Hull {
  const lows = extents.map((one) => one.low_mm), highs = extents.map((one) => one.high_mm);
  return {
    low_mm: lows.includes(undefined) ? undefined : Math.min(...(lows as number[])),
    high_mm: highs.includes(undefined) ? undefined : Math.max(...(highs as number[])),
    from: Math.min(...extents.map((one) => (one.from ? fromWire(one.from) : -Infinity))),
    until: Math.max(...extents.map((one) => (one.until ? fromWire(one.until) : Infinity))),
  };
}

export function placesOf(text: string): { places: Place[]; wrong?: string } {
  const places: Place[] = [];
  for (const line of text.split('\n').map((one) => one.trim()).filter(Boolean)) {
    const read = readPlace(line);
    if ('wrong' in read) return { places, wrong: `${line}: ${read.wrong}` };
    places.push(read.place);
  }
  return { places };
}

const least: Record<Shape, number> = { polygon: 3, circle: 1, corridor: 2, way: 0, point: 1, kept: 0 };

export function footprintOf(draft: VolumeDraft, wrong: Wrong[]): Record<string, unknown> {
  const { places, wrong: bad } = placesOf(draft.places);
  const need = least[draft.shape];
  if (bad) wrong.push({ field: 'places', why: bad });
  else if (places.length < need || (need === 1 && places.length > 1))
    wrong.push({ field: 'places', why: need === 1 ? t('watch.wrong.centre') : t('watch.wrong.places', { n: need }) });
  const said = places.map((one) => one.mgrs ?? one.point);
  if (draft.shape === 'polygon') return { polygon: openRing(places.map((one) => one.point)) };
  const width = widthOf(draft, wrong);
  if (draft.shape === 'point') return { point: { at: said[0], uncertainty_m: width } };
  return draft.shape === 'circle' ? { circle: { centre: said[0], radius_m: width } } : { corridor: { along: said, half_width_m: width } };
}

function widthOf(draft: VolumeDraft, wrong: Wrong[]): number {
  const width = Number(draft.width_m);
  if (!Number.isInteger(width) || width < 1 || width > 50_000) wrong.push({ field: 'width_m', why: t('watch.wrong.width') });
  return width;
}

function openRing(points: Point[]): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  return points.length > 3 && first && last && first[0] === last[0] && first[1] === last[1] ? points.slice(0, -1) : points;
}

function altitude(text: string, field: 'low' | 'high' | 'ground', wrong: Wrong[]): Altitude | undefined {
  const read = readAltitude(text);
  if ('altitude' in read) return read.altitude;
  wrong.push({ field, why: read.wrong });
  return undefined;
}

type Typed = Pick<VolumeDraft, 'low' | 'high' | 'groundLow' | 'groundHigh'>;

export function altitudesOf(draft: Typed, wrong: Wrong[]): Record<string, unknown> {
  const low = altitude(draft.low, 'low', wrong), high = altitude(draft.high, 'high', wrong);
  const typed = draft.groundLow.trim() || draft.groundHigh.trim();
  if (!needsGround(low, high) && !(typed && takesGround(low))) return { low, high };
  const ground = { low: altitude(draft.groundLow, 'ground', wrong), high: altitude(draft.groundHigh, 'ground', wrong) };
  return { low, high, ground };
}

// Where a side that is left out is open.
export function openAltitudesOf(draft: Typed, wrong: Wrong[]): Record<string, unknown> {
  const said = altitudesOf({ ...draft, low: draft.low.trim() || 'GND', high: draft.high.trim() || 'UNL' }, wrong);
  if (!draft.low.trim()) delete said.low;
  if (!draft.high.trim()) delete said.high;
  return said;
}

function movementOf(draft: Draft, wrong: Wrong[], now: number): Record<string, unknown> {
  return { way_points: wayPointsOf(draft.way, wrong, now), half_width_m: widthOf(draft, wrong), ...openAltitudesOf(draft, wrong) };
}

function timesOf(draft: Draft, wrong: Wrong[], now: number): { from: string; until: string } {
  const from = typedTime(draft.from, now), until = typedTime(draft.until, now);
  if (Number.isNaN(from)) wrong.push({ field: 'from', why: t('watch.wrong.time') });
  if (Number.isNaN(until)) wrong.push({ field: 'until', why: t('watch.wrong.time') });
  if (until <= from) wrong.push({ field: 'until', why: t('watch.wrong.order') });
  if (Number.isNaN(from) || Number.isNaN(until)) return { from: '', until: '' };
  return { from: toWire(from), until: toWire(until) };
}

// Volumes that are kept move by what was typed over the hull they had.
function keptExtents(draft: Draft, wrong: Wrong[], now: number): unknown[] {
  const hull = hullOf(draft.kept);
  const times = timesOf(draft, wrong, now);
  const later = fromWire(times.from) - hull.from || 0;
  const low = altitude(draft.low, 'low', wrong);
  const higher_m = low?.unit === 'm' && low.reference === 'W84' ? low.value! - Math.floor((hull.low_mm ?? 0) / 1000) : 0;
  if (low && (low.unit !== 'm' || low.reference !== 'W84')) wrong.push({ field: 'low', why: t('watch.wrong.kept') });
  const shift = (text: string | undefined) => text && toWire(fromWire(text) + later);
  return draft.kept.map((one) => ({
    polygon: one.polygon, from: shift(one.from), until: shift(one.until),
    low: { value: Math.floor((one.low_mm ?? 0) / 1000) + higher_m, unit: 'm', reference: 'W84' },
    high: { value: Math.ceil((one.high_mm ?? 0) / 1000) + higher_m, unit: 'm', reference: 'W84' },
  }));
}

// The body of put_intent and of a preview; where something is wrong it is not to be sent.
export function bodyOf(draft: Draft, now: number): Made {
  const wrong: Wrong[] = [];
  const body: Record<string, unknown> = { id: draft.id, state: draft.state, operation: draft.shape === 'way' ? 'movement' : draft.operation };
  if (draft.shape === 'way') body.movement = movementOf(draft, wrong, now);
  else if (draft.shape === 'kept') body.extents = keptExtents(draft, wrong, now);
  else body.extents = [{ ...footprintOf(draft, wrong), ...altitudesOf(draft, wrong), ...timesOf(draft, wrong, now) }];
  if (draft.exercise) body.exercise = true;
  if (draft.at) body.at = draft.at;
  return { body, wrong };
}

export type Alternative = { later_s: number } | { higher_m: number } | { lower_m: number };

// The draft with what the server says would pass.
export function withAlternative(draft: Draft, how: Alternative, now: number): Draft {
  if ('later_s' in how) {
    const shift = (text: string) => timeText(Math.ceil((typedTime(text, now) + how.later_s * 1000) / 1000) * 1000);
    return { ...draft, from: shift(draft.from), until: shift(draft.until), way: later(draft.way, how.later_s * 1000, now) };
  }
  const by = 'higher_m' in how ? how.higher_m : -how.lower_m;
  const shifted = (text: string) => {
    const read = readAltitude(text);
    return 'altitude' in read ? altitudeText(moved(read.altitude, by)) : text;
  };
  return { ...draft, low: shifted(draft.low), high: shifted(draft.high) };
}

// An intent as it is, in another state: its volumes exactly as they are told, a movement as it was said.
export function restated(intent: Intent, state: IntentState): Record<string, unknown> {
  if (intent.said?.movement) {
    const { id, ovn, exercise, said } = intent;
    return { id, state, operation: 'movement', movement: said.movement, at: ovn, ...(exercise ? { exercise } : {}) };
  }
  const draft: Draft = { ...draftOf(intent), state, shape: 'kept' };
  return bodyOf(draft, hullOf(intent.extents).from).body;
}
