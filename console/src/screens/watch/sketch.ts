// The draft as lines on the map: what was typed, before it is sent. A drawing only; the server makes the volume.
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';
import { readPlace, type Point } from '../../lib/coordinates';
import { placesOf, type Draft, type VolumeDraft } from './filing';
import { pointOf } from './way';
import type { Planned } from './import/plan';
import type { PlaceDraft } from './place-draft';
import type { Report } from './report';
import type { Box, Preview } from './told';

const degree_m = 111_320;

// A ring of 64 corners around a place, on a sphere.
export function ringAround([lng, lat]: Position, radius_m: number): Position[] {
  const high = radius_m / degree_m, wide = high / Math.max(0.01, Math.cos((lat! * Math.PI) / 180));
  return Array.from({ length: 65 }, (_, i) => [lng! + wide * Math.sin((i * Math.PI) / 32), lat! + high * Math.cos((i * Math.PI) / 32)]);
}

function drawnPlaces(draft: VolumeDraft): Position[] {
  const points = draft.shape === 'way' ? draft.way.map(pointOf) : placesOf(draft.places).places.map((one) => one.point);
  return points.flatMap((one): Position[] => (one ? [[one[0] / 1e7, one[1] / 1e7]] : []));
}

export function geometriesOf(draft: VolumeDraft): Geometry[] {
  const places = drawnPlaces(draft);
  const width = Number(draft.width_m) || 0;
  if (!places.length || draft.shape === 'kept') return [];
  if (draft.shape === 'polygon' && places.length > 2) return [{ type: 'Polygon', coordinates: [[...places, places[0]!]] }];
  if (draft.shape === 'circle' || draft.shape === 'point') return width ? [{ type: 'Polygon', coordinates: [ringAround(places[0]!, width)] }] : [];
  const ends: Geometry[] = draft.shape !== 'polygon' && width ? places.map((one) => ({ type: 'Polygon', coordinates: [ringAround(one, width)] })) : [];
  return places.length > 1 ? [{ type: 'LineString', coordinates: places }, ...ends] : ends;
}

function boxOf(box: Box): Geometry {
  const [w, s, e, n] = [box.west_e7, box.south_e7, box.east_e7, box.north_e7].map((value) => value / 1e7) as [number, number, number, number];
  return { type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] };
}

export function feature(geometry: Geometry, what: 'draft' | 'met'): Feature {
  return { type: 'Feature', properties: { what }, geometry };
}

export function draftShape(draft: Draft, preview?: Preview): FeatureCollection {
  const met = preview?.notices.flatMap((notice) => notice.volumes.map(boxOf)) ?? [];
  return { type: 'FeatureCollection', features: [...geometriesOf(draft).map((one) => feature(one, 'draft')), ...met.map((one) => feature(one, 'met'))] };
}

const closed = (ring: Point[]): Position[] => [...ring, ...ring.slice(0, 1)].map(([lng, lat]) => [lng / 1e7, lat / 1e7]);

// Of volumes that are kept their corners, as far as they are told.
export function placeShape(draft: PlaceDraft): FeatureCollection {
  const rings = (draft.kept as { polygon?: Point[] }[]).flatMap((one) => (one.polygon ? [closed(one.polygon)] : []));
  const geometries = draft.shape === 'kept' ? rings.map((ring): Geometry => ({ type: 'Polygon', coordinates: [ring] })) : geometriesOf(draft);
  return { type: 'FeatureCollection', features: geometries.map((one) => feature(one, 'draft')) };
}

// What a file would file, what is to be looked at in another colour; with its bounds, that the map goes there.
export function importShape(plan: Planned[]): FeatureCollection | undefined {
  const features = plan.flatMap(({ draft, findings }) => draft.volumes.map((one) => {
    const places = one.points.map(({ lat, lng }): Position => [lng, lat]);
    const ring = one.shape === 'polygon' ? [...places, places[0]!] : ringAround(places[0]!, Math.max(one.radius_m ?? 0, 50));
    return feature({ type: 'Polygon', coordinates: [ring] }, findings.length ? 'met' : 'draft');
  }));
  const all = plan.flatMap(({ draft }) => draft.volumes.flatMap((one) => one.points)).filter(({ lat, lng }) => Math.abs(lat) <= 85 && Math.abs(lng) <= 180);
  if (!all.length) return undefined;
  const lats = all.map((one) => one.lat), lngs = all.map((one) => one.lng);
  return { type: 'FeatureCollection', features, bbox: [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)] };
}

// Where it is within its accuracy, and how far it may get.
export function reportShape(report: Report): FeatureCollection {
  const read = readPlace(report.at);
  const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] };
  if ('wrong' in read) return nothing;
  const at: Position = [read.place.point[0] / 1e7, read.place.point[1] / 1e7];
  const accuracy = Number(report.accuracy_m) || 0, reach = Number(report.reach_m) || 0;
  const circle = (radius: number): Geometry => ({ type: 'Polygon', coordinates: [ringAround(at, radius)] });
  const dot = circle(Math.max(accuracy, 50));
  return { ...nothing, features: [feature(dot, 'met'), ...(reach ? [feature(circle(accuracy + reach), 'draft')] : [])] };
}
