// Names on the map, drawn on a canvas over it: no glyphs are fetched, and the browser sets every script the way it is written.
import type { Position } from 'geojson';
import placesUrl from '../../../assets/places.json?url';
import type { Bounds } from '../features';

type PlaceRow = [name: string, lng: number, lat: number, thousands: number, capital: 0 | 1];

export interface Mark {
  at: Position;
  text: string;
  look: 'place' | 'capital' | 'grid' | 'volume' | 'urgent';
}

let places: PlaceRow[] = [];

export async function loadPlaces(): Promise<void> {
  if (!places.length) places = (await (await fetch(placesUrl)).json()) as PlaceRow[];
}

// How many thousands live in what is named at a zoom.
export function leastAt(zoom: number): number {
  return zoom < 3 ? 6000 : zoom < 4 ? 3000 : zoom < 5 ? 1000 : zoom < 6 ? 400 : zoom < 7 ? 150 : 0;
}

export function placesIn([west, south, east, north]: Bounds, zoom: number): Mark[] {
  const least = leastAt(zoom);
  const found: Mark[] = [];
  for (const [name, lng, lat, thousands, capital] of places) {
    if (thousands < least && !(capital && zoom >= 3.6)) continue;
    if (lng < west || lng > east || lat < south || lat > north) continue;
    found.push({ at: [lng, lat], text: name, look: capital ? 'capital' : 'place' });
    if (found.length > 160) break;
  }
  return found;
}

export interface Inks {
  ink: string;
  quiet: string;
  halo: string;
  alarm: string;
  font: string;
}

interface Rect { x: number; y: number; w: number; h: number }

const meets = (a: Rect, b: Rect) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

// Draws what fits, the first first; `project` says where a place is in the picture.
export function paint(canvas: HTMLCanvasElement, marks: Mark[], inks: Inks, project: (at: Position) => { x: number; y: number }) {
  const ratio = devicePixelRatio || 1;
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== w * ratio || canvas.height !== h * ratio) {
    canvas.width = w * ratio;
    canvas.height = h * ratio;
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, w, h);
  context.lineJoin = 'round';
  const taken: Rect[] = [];
  for (const mark of marks) drawOne(context, mark, inks, project(mark.at), { w, h }, taken);
}

function drawOne(context: CanvasRenderingContext2D, mark: Mark, inks: Inks, at: { x: number; y: number }, size: { w: number; h: number }, taken: Rect[]) {
  const isPlace = mark.look === 'place' || mark.look === 'capital';
  context.font = `${mark.look === 'place' || mark.look === 'grid' ? 500 : 650} ${mark.look === 'grid' ? 10 : 11}px ${inks.font}`;
  const width = context.measureText(mark.text).width;
  const x = isPlace ? at.x + 6 : mark.look === 'grid' ? Math.min(Math.max(at.x + 3, 3), size.w - width - 3) : at.x - width / 2;
  const y = mark.look === 'grid' ? Math.min(Math.max(at.y - 4, 12), size.h - 32) : at.y + 4;
  const rect = { x: x - 2, y: y - 11, w: width + 4, h: 14 };
  if (rect.x > size.w || rect.x + rect.w < 0 || rect.y > size.h || rect.y + rect.h < 0 || taken.some((one) => meets(one, rect))) return;
  taken.push(rect);
  context.strokeStyle = inks.halo;
  context.lineWidth = 3;
  context.fillStyle = mark.look === 'urgent' ? inks.alarm : mark.look === 'grid' || mark.look === 'place' ? inks.quiet : inks.ink;
  context.strokeText(mark.text, x, y);
  context.fillText(mark.text, x, y);
  if (!isPlace) return;
  context.beginPath();
  if (mark.look === 'capital') context.rect(at.x - 3, at.y - 3, 6, 6);
  else context.arc(at.x, at.y, 2, 0, 7);
  context.stroke();
  context.fill();
}
