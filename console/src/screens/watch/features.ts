// The lists of the server as features of one map source: a polygon each, with the kind, the times and the altitudes that layers
// filter by. Ten thousand of them are one object, and no element of the page.
import type { Feature, FeatureCollection, Polygon, Position } from 'geojson';
import { inert } from '../../lib/inert';
import { fromWire } from '../../lib/time';
import type { Box, Conflict, Constraint, Extent, Intent, Other, Site } from './told';

export type Kind = 'own' | 'other' | 'cell' | 'site' | 'constraint' | 'stray' | 'draft' | 'overlay';

export interface Volume {
  kind: Kind;
  id: string; // intent, site, constraint or `notice-N`
  name: string;
  from: number;
  until: number;
  low_mm?: number;
  high_mm?: number;
  urgent: boolean;
  ring: Position[];
}

const always = { from: -8.64e15, until: 8.64e15 };
const e7 = 1e7;

function timesOf(one: { from?: string; until?: string }) {
  return { from: one.from ? fromWire(one.from) : always.from, until: one.until ? fromWire(one.until) : always.until };
}

function ringOf(extent: Extent): Position[] {
  const ring = extent.polygon.map(([lng, lat]): Position => [lng / e7, lat / e7]);
  if (ring.length) ring.push(ring[0]!);
  return ring;
}

function ofExtent(kind: Kind, id: string, name: string, urgent: boolean) {
  return (extent: Extent): Volume => ({ kind, id, name: inert(name), urgent, ...timesOf(extent), low_mm: extent.low_mm, high_mm: extent.high_mm, ring: ringOf(extent) });
}

function ofBox(conflict: Conflict) {
  return (box: Box): Volume => {
    const [w, s, e, n] = [box.west_e7, box.south_e7, box.east_e7, box.north_e7].map((value) => value / e7) as [number, number, number, number];
    const ring: Position[] = [[w, s], [e, s], [e, n], [w, n], [w, s]];
    return { kind: 'cell', id: `notice-${conflict.notice}`, name: String(conflict.notice), urgent: conflict.contingent, ...timesOf(box), low_mm: box.low_mm, high_mm: box.high_mm, ring };
  };
}

function ofOther(other: Other): Volume[] {
  const name = other.office ?? '';
  return [...(other.extents ?? []).map(ofExtent('other', other.intent, name, false)), ...(other.off_nominal ?? []).map(ofExtent('stray', other.intent, name, true))];
}

export interface Lists {
  intents: Intent[];
  conflicts: Conflict[];
  sites: Site[];
  constraints: Constraint[];
}

export function nameOf(intent: Intent): string {
  return intent.id.slice(0, 8);
}

// Later ones are drawn over earlier ones.
export function volumesOf(lists: Lists): Volume[] {
  return [
    ...lists.constraints.flatMap((one) => (one.extents ?? []).map(ofExtent('constraint', one.id, one.office, false))),
    ...lists.sites.flatMap((one) => one.extents.map(ofExtent('site', one.id, one.name, one.stale))),
    ...lists.conflicts.flatMap((one) => (one.other ? ofOther(one.other) : [])),
    ...lists.intents.flatMap((one) => one.extents.map(ofExtent('own', one.id, nameOf(one), one.state === 'Nonconforming' || one.state === 'Contingent'))),
    ...lists.conflicts.flatMap((one) => one.volumes.map(ofBox(one))),
    ...lists.intents.flatMap((one) => (one.off_nominal ?? []).map(ofExtent('stray', one.id, nameOf(one), true))),
  ];
}

export function isAt(volume: Volume, at: number): boolean {
  return volume.from <= at && at < volume.until;
}

export function collectionOf(volumes: Volume[]): FeatureCollection<Polygon> {
  const features = volumes.map((one, i): Feature<Polygon> => ({
    type: 'Feature', id: i,
    properties: { kind: one.kind, id: one.id, name: one.name, from: one.from, until: one.until, urgent: one.urgent },
    geometry: { type: 'Polygon', coordinates: [one.ring] },
  }));
  return { type: 'FeatureCollection', features };
}

export type Bounds = [west: number, south: number, east: number, north: number];

export function boundsOf(volumes: Volume[]): Bounds | undefined {
  let bounds: Bounds | undefined;
  for (const { ring } of volumes)
    for (const [lng, lat] of ring as [number, number][]) {
      bounds ??= [lng, lat, lng, lat];
      bounds = [Math.min(bounds[0], lng), Math.min(bounds[1], lat), Math.max(bounds[2], lng), Math.max(bounds[3], lat)];
    }
  return bounds;
}

export function middleOf(volume: Volume): Position {
  const [w, s, e, n] = boundsOf([volume])!;
  return [(w + e) / 2, (s + n) / 2];
}
