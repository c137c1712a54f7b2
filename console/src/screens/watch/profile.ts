// The bands of altitude of what is in view, packed side by side, with a scale that fits them.
import { isAt, type Bounds, type Volume } from './features';

export interface Band {
  volume: Volume;
  low_m: number;
  high_m: number;
  lane: number;
  soon: boolean; // not there yet, but within the hours shown
}
export interface Profile {
  bands: Band[];
  lanes: number;
  top_m: number;
  left: number; // how many more there are than are drawn
}

const drawn_at_most = 40;

function isIn(volume: Volume, [west, south, east, north]: Bounds): boolean {
  return volume.ring.some(([lng, lat]) => lng! >= west && lng! <= east && lat! >= south && lat! <= north);
}

export function profileOf(volumes: Volume[], at: number, view: Bounds | undefined, ahead: number = at): Profile {
  const there = volumes.filter((one) => (isAt(one, at) || (one.from > at && one.from < ahead)) && one.kind !== 'overlay' && (!view || isIn(one, view)));
  const top = Math.max(3000, ...there.map((one) => Math.min(one.high_mm ?? 0, 30_000_000) / 1000));
  const top_m = Math.ceil((top * 1.05) / 1000) * 1000;
  const bands: Band[] = [];
  const ends: number[][] = [];
  for (const volume of there.slice(0, drawn_at_most).sort((a, b) => (a.low_mm ?? -1) - (b.low_mm ?? -1))) {
    const low_m = Math.max(0, (volume.low_mm ?? 0) / 1000), high_m = Math.min(top_m, (volume.high_mm ?? Infinity) / 1000);
    let lane = ends.findIndex((taken) => taken[0]! <= low_m);
    if (lane < 0) lane = ends.push([0]) - 1;
    ends[lane]![0] = high_m;
    bands.push({ volume, low_m, high_m, lane, soon: !isAt(volume, at) });
  }
  return { bands, lanes: Math.max(1, ends.length), top_m, left: Math.max(0, there.length - drawn_at_most) };
}

export function stepOf(top_m: number): number {
  return top_m <= 5000 ? 1000 : top_m <= 12_000 ? 2000 : 5000;
}
