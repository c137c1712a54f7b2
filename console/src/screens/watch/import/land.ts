// Land, for the checks: that of the map, at its middle scale, and ten kilometres around.
import type { Feature, Position } from 'geojson';
import { landOf } from '../map/land';
import type { IsLand } from './checks';

const around_degrees = 0.1, middle_scale = 1;

interface Part { rings: Position[][]; box: [number, number, number, number] }

function partsOf(feature: Feature): Part[] {
  const { geometry } = feature;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  return polygons.map((rings) => {
    const lngs = rings[0]!.map((at) => at[0]!), lats = rings[0]!.map((at) => at[1]!);
    return { rings, box: [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)] };
  });
}

function isIn(ring: Position[], x: number, y: number): boolean {
  let is = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i] as [number, number], ring[j] as [number, number]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) is = !is;
  }
  return is;
}

export async function land(): Promise<IsLand> {
  const parts = (await landOf(middle_scale)).land.features.flatMap(partsOf);
  const isThere = (x: number, y: number) => parts.some(({ rings, box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && rings.filter((ring) => isIn(ring, x, y)).length % 2 === 1);
  const steps = [0, -around_degrees, around_degrees];
  return ({ lat, lng }) => steps.some((north) => steps.some((east) => isThere(lng + east, lat + north)));
}
