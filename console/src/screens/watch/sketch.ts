// The draft as lines on the map: what was typed, before it is sent. A drawing only; the server makes the volume.
import type { FeatureCollection, Geometry, Position } from 'geojson';
import { placesOf, type Draft } from './filing';

const degree_m = 111_320;

// A ring of 64 corners around a place, on a sphere.
export function ringAround([lng, lat]: Position, radius_m: number): Position[] {
  const high = radius_m / degree_m, wide = high / Math.max(0.01, Math.cos((lat! * Math.PI) / 180));
  return Array.from({ length: 65 }, (_, i) => [lng! + wide * Math.sin((i * Math.PI) / 32), lat! + high * Math.cos((i * Math.PI) / 32)]);
}

function geometriesOf(draft: Draft): Geometry[] {
  const places = placesOf(draft.places).places.map((one): Position => [one.point[0] / 1e7, one.point[1] / 1e7]);
  const width = Number(draft.width_m) || 0;
  if (!places.length || draft.shape === 'kept') return [];
  if (draft.shape === 'polygon' && places.length > 2) return [{ type: 'Polygon', coordinates: [[...places, places[0]!]] }];
  if (draft.shape === 'circle') return width ? [{ type: 'Polygon', coordinates: [ringAround(places[0]!, width)] }] : [];
  const ends: Geometry[] = draft.shape === 'corridor' && width ? places.map((one) => ({ type: 'Polygon', coordinates: [ringAround(one, width)] })) : [];
  return places.length > 1 ? [{ type: 'LineString', coordinates: places }, ...ends] : ends;
}

export function draftShape(draft: Draft): FeatureCollection {
  return { type: 'FeatureCollection', features: geometriesOf(draft).map((geometry) => ({ type: 'Feature', properties: {}, geometry })) };
}
