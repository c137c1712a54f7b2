// A protected site as a file of somebody else says it: what the readers give, the checks look at and a command is made of. It is read
// here and by `comity sites import` alike (docs/formats.md, sites from files): the same file makes the same sites. Nothing is guessed:
// what a file does not say is absent. Faults make one place worthless; remarks are for a person to look at.
import type { SiteKind } from '../told';

export interface LatLng {
  lat: number;
  lng: number;
}

export interface Limit {
  value: number;
  unit: 'm' | 'ft' | 'FL';
  reference: 'W84' | 'AMSL' | 'AGL'; // of a flight level none of its own
}

export interface Volume {
  shape: 'point' | 'circle' | 'polygon';
  points: LatLng[]; // one; of a polygon its ring, open
  radius_m?: number; // of a circle; of a point, how far off it may be
  low?: Limit;
  high?: Limit;
}

// On these days, from a time of day or event of the sun to another, as said.
export interface Daily {
  days: string[];
  start: string;
  end: string;
}

export interface Window {
  from?: string; // times as the server writes them, which can be compared as texts
  until?: string;
  schedule: Daily[];
}

export interface Draft {
  where: string; // in the file: a line, or a JSON pointer
  id: string; // the file's own
  name: string;
  kind?: SiteKind;
  source: string;
  measured: string;
  reconfirm_by?: string;
  volumes: Volume[];
  windows: Window[]; // none: always
  ground?: { low_m: number; high_m: number };
  faults: string[];
  remarks: string[];
}

export const most = { places: 1000, volumes: 100, corners: 1000, octets: 16 * 2 ** 20, all_corners: 450_000, columns: 200, faults: 20, periods: 14, words: 280, radius_m: 50_000 };

// What makes the whole file worthless.
export class Unreadable extends Error {}

export function emptyDraft(where: string): Draft {
  return { where, id: '', name: '', source: '', measured: '', volumes: [], windows: [], faults: [], remarks: [] };
}

export function fault(draft: Draft, text: string) {
  if (draft.faults.length < most.faults) draft.faults.push(text);
}

export function remark(draft: Draft, text: string) {
  if (draft.remarks.length < most.faults) draft.remarks.push(text);
}
