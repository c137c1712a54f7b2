// The flights of step 4: us flies from north to south along a meridian that the visitor chooses, at the time and the height at
// which ru has filed to fly. us itself knows neither; this page may ask as both.
import type { Asker } from './asker';

export interface Volume {
  south_e7: number;
  north_e7: number;
  west_e7: number;
  east_e7: number;
  low_mm: number;
  high_mm: number;
  from: string;
  until: string;
}

export interface Extent {
  polygon: [number, number][];
  low_mm?: number;
  high_mm?: number;
  from: string;
  until: string;
  [more: string]: unknown;
}

export interface Intent {
  id: string;
  ovn: string;
  state: string;
  extents: Extent[];
}

export interface Notice {
  notice: number;
  state: string;
  about: string;
  intent: string;
  agreement?: string;
  clause?: string;
  call?: string;
  content?: { level: string; site?: string; volumes: Volume[] };
}

const line = { north: 36.1, south: 34.7 };
export const west = 38.4, east = 42.2; // where the visitor may put it, in degrees
const metres = (value: number) => ({ value, unit: 'm', reference: 'W84' });

function place(lat: number, lng: number): string {
  return `${lat.toFixed(4)}N ${lng.toFixed(4)}E`;
}

export function intentAt(lng: number, id: string, from: string, until: string, ovn?: string): Record<string, unknown> {
  const corridor = { along: [place(line.north, lng), place(line.south, lng)], half_width_m: 2000 };
  const extent = { corridor, low: metres(6000), high: metres(6700), from, until };
  return { id, state: 'Accepted', extents: [extent], ...(ovn ? { at: ovn } : {}) };
}

// What ru flies in a fresh demo.
export function intentOfRu(id: string, from: string, until: string): Record<string, unknown> {
  const corridor = { along: [place(35.24, 38.9), place(35.52, 41.0)], half_width_m: 2000 };
  return { id, state: 'Accepted', extents: [{ corridor, low: metres(6300), high: metres(7300), from, until }] };
}

export async function intentsOf(asker: Asker): Promise<Intent[]> {
  return asker.get<Intent[]>('/api/v1/intents?limit=1000');
}

export async function noticesOf(asker: Asker): Promise<Notice[]> {
  return asker.get<Notice[]>('/api/v1/notices?limit=1000');
}

export function isAhead(intent: Intent, now_ms: number): boolean {
  return intent.extents.some((one) => Date.parse(one.until.replace(/(\.\d{3})\d*Z$/, '$1Z')) > now_ms + 20 * 60_000);
}

// What of a plan stands nowhere else: its corners, its altitudes, its times to the second, its id.
export function planWords(intent: Intent): string[] {
  const words = new Set<string>([intent.id]);
  for (const one of intent.extents) {
    for (const [lng, lat] of one.polygon)
      for (const e7 of [lng, lat]) words.add(String(e7)).add(`${Math.trunc(e7 / 1e7)}.${String(Math.abs(e7) % 1e7).padStart(7, '0')}`);
  }
  return [...words];
}

// Digits alone are no part of a longer number.
export function saidIn(text: string, words: string[]): string[] {
  return words.filter((word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      if (!/[0-9A-Za-z]/.test(text[at - 1] ?? ' ') && !/[0-9A-Za-z]/.test(text[at + word.length] ?? ' ')) return true;
    return false;
  });
}

const drawings = ['application/json', 'application/geo+json'];
export const airspacePaths = ['/api/v1/intents', '/api/v1/sites', '/api/v1/constraints', '/api/v1/conflicts', '/api/v1/notices', '/api/v1/watch',
  '/api/v1/duties', '/api/v1/acknowledgements', '/api/v1/refusals'];

// All that the airspace's lists tell an office, as JSON, as GeoJSON and as KML.
export async function airspaceOf(asker: Asker): Promise<{ count: number; text: string }> {
  const questions = airspacePaths.flatMap((path) => drawings.map((accept) => ({ path, accept })));
  questions.push({ path: '/api/v1/overlay.kml', accept: 'application/vnd.google-earth.kml+xml' });
  const answers = await Promise.all(questions.map(({ path, accept }) => asker.ask(path, { accept })));
  return { count: answers.length, text: answers.map((one) => `${one.headers}\n${one.body}`).join('\n') };
}

function written(volume: Volume): string {
  return JSON.stringify(Object.entries(volume).sort());
}

// Whether all of these are among those; none are not.
export function areAmong(these: Volume[], those: Volume[]): boolean {
  const all = new Set(those.map(written));
  return these.length > 0 && these.every((one) => all.has(written(one)));
}

export function areNotAmong(these: Volume[], those: Volume[]): boolean {
  const all = new Set(those.map(written));
  return !these.some((one) => all.has(written(one)));
}
