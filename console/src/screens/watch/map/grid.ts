// Lines of longitude and latitude, and the squares of MGRS, for the part of the earth that is shown.
import { forward, toPoint } from 'mgrs';
import type { MultiLineString, Position } from 'geojson';
import type { Bounds } from '../features';

export interface Label {
  at: Position;
  text: string;
}
export interface Grid {
  lines: MultiLineString;
  labels: Label[];
}

const steps = [30, 15, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05];

export function stepFor(width: number): number {
  return steps.find((step) => width / step >= 4) ?? 0.05;
}

function degrees(value: number, letters: string): string {
  const minutes = Math.round(Math.abs(value) * 60);
  const rest = minutes % 60 ? `${String(minutes % 60).padStart(2, '0')}'` : '';
  return `${Math.floor(minutes / 60)}°${rest}${value === 0 ? '' : letters[value < 0 ? 1 : 0]}`;
}

export function graticule([west, south, east, north]: Bounds): Grid {
  const step = stepFor(Math.max(east - west, (north - south) * 1.2));
  const lines: Position[][] = [], labels: Label[] = [];
  const [top, bottom] = [Math.min(north, 85), Math.max(south, -85)];
  for (let i = Math.ceil(west / step); i * step <= east; ++i) {
    lines.push([[i * step, bottom], [i * step, top]]);
    labels.push({ at: [i * step, bottom], text: degrees(((i * step + 540) % 360) - 180, 'EW') });
  }
  for (let i = Math.ceil(bottom / step); i * step <= top; ++i) {
    lines.push([[west, i * step], [east, i * step]]);
    labels.push({ at: [west, i * step], text: degrees(i * step, 'NS') });
  }
  return { lines: { type: 'MultiLineString', coordinates: lines }, labels };
}

const corners = ['0000000000', '9999900000', '9999999999', '0000099999', '0000000000'];

// Squares of 100 km, or of 10 km where these are wide enough to be seen; found by looking which square each of many points is in.
export function squares([west, south, east, north]: Bounds): Grid {
  const width = east - west;
  const digits = width < 1.6 ? 1 : 0;
  const stride = digits ? 0.04 : 0.4;
  const names = new Set<string>();
  if (width < 14)
    for (let lng = west; lng <= east + stride; lng += stride)
      for (let lat = Math.max(south, -79.9); lat <= Math.min(north + stride, 83.9); lat += stride) names.add(forward([lng, lat], digits as 1));
  const lines: Position[][] = [], labels: Label[] = [];
  for (const name of names) {
    const head = digits ? name.slice(0, -2) : name, [e = '', n = ''] = digits ? [name.at(-2)!, name.at(-1)!] : [];
    const ring = corners.map((corner) => toPoint(head + e + corner.slice(0, 5 - digits) + n + corner.slice(5, 10 - digits)) as Position);
    lines.push(ring);
    labels.push({ at: [(ring[0]![0]! + ring[2]![0]!) / 2, (ring[0]![1]! + ring[2]![1]!) / 2], text: digits ? `${head.slice(-2)} ${e}${n}` : name });
  }
  return { lines: { type: 'MultiLineString', coordinates: lines }, labels };
}
