// Places as people write them. Inside they are [longitude, latitude] in 1e-7 degrees, as the server has them. Letters say which
// coordinate is which; without letters the latitude comes first. Nothing is guessed: what is not clear is refused with a reason.
import { forward, toPoint } from 'mgrs';
import { t } from './strings';

export type Point = [number, number];
export type Format = 'dd' | 'dms' | 'mgrs';
export interface Place {
  point: Point;
  mgrs?: string; // as it was typed: a square, of which the server takes the middle and adds half the diagonal
}
export type Read = { place: Place } | { wrong: string };

const e7 = 1e7;
const pad = (n: number, digits: number) => String(n).padStart(digits, '0');

function clean(text: string): string {
  return text.trim().toUpperCase().replace(/^GEO:/, '').replace(/[º˚]/g, '°').replace(/[’′`]/g, "'").replace(/[”″“]|''/g, '"').replace(/−/g, '-');
}

const squares = /^(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*(\d{0,10})\s*(\d{0,5})$/;

function readMgrs(text: string): Read | undefined {
  const found = squares.exec(text);
  if (!found) return undefined;
  const digits = found[4]! + found[5]!;
  if (digits.length % 2 || (found[5] && found[4]!.length !== found[5].length)) return { wrong: t('place.wrong.digits') };
  const [east, north] = [digits.slice(0, digits.length / 2), digits.slice(digits.length / 2)];
  try {
    const [lng, lat] = toPoint(found[1] + found[2]! + found[3] + digits) as [number, number];
    const mgrs = `${found[1]}${found[2]} ${found[3]}${digits ? ` ${east} ${north}` : ''}`;
    return { place: { point: [Math.round(lng * e7), Math.round(lat * e7)], mgrs } };
  } catch {
    return { wrong: t('place.wrong.square') };
  }
}

// Degrees of "41 19 12", "41°19.2'", "411912" or "41.32". `wide` digits are degrees where all stand together.
function degreesOf(text: string, wide: 2 | 3): number {
  const parts = text.split(/[°'":\s]+/).filter(Boolean);
  if (!parts.length || parts.length > 3 || parts.some((part) => !/^\d+(\.\d+)?$/.test(part))) return NaN;
  if (parts.slice(0, -1).some((part) => part.includes('.'))) return NaN;
  if (parts.length === 1) {
    const [whole, fraction = ''] = parts[0]!.split('.');
    if (whole!.length === wide + 2 || whole!.length === wide + 4) {
      const split = [whole!.slice(0, wide), whole!.slice(wide, wide + 2), whole!.slice(wide + 2)].filter(Boolean);
      split[split.length - 1] += fraction && `.${fraction}`;
      return degreesOf(split.join(' '), wide);
    }
    return whole!.length > 3 ? NaN : Number(parts[0]);
  }
  const [degrees, minutes = 0, seconds = 0] = parts.map(Number) as [number, number?, number?];
  return minutes >= 60 || seconds >= 60 ? NaN : degrees + minutes / 60 + seconds / 3600;
}

function readLettered(text: string): Read | undefined {
  const behind = /^([^NSEW]+)([NSEW])[\s,;/]*([^NSEW]+)([NSEW])$/.exec(text);
  const before = /^([NSEW])([^NSEW]+?)[\s,;/]*([NSEW])([^NSEW]+)$/.exec(text);
  if (!behind && !before) return undefined;
  const halves = behind ? [[behind[2], behind[1]], [behind[4], behind[3]]] : [[before![1], before![2]], [before![3], before![4]]];
  const lat = halves.find(([letter]) => 'NS'.includes(letter!));
  const lng = halves.find(([letter]) => 'EW'.includes(letter!));
  if (!lat || !lng) return { wrong: t('place.wrong.letters') };
  const latitude = degreesOf(lat[1]!.trim(), 2) * (lat[0] === 'S' ? -1 : 1);
  const longitude = degreesOf(lng[1]!.trim(), 3) * (lng[0] === 'W' ? -1 : 1);
  return within(latitude, longitude);
}

function readPlain(text: string): Read | undefined {
  const found = /^([+-]?\d{1,3}(?:\.\d+)?)°?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)°?$/.exec(text);
  return found ? within(Number(found[1]), Number(found[2])) : undefined;
}

function within(latitude: number, longitude: number): Read {
  if (Number.isNaN(latitude) || Number.isNaN(longitude)) return { wrong: t('place.wrong.degrees') };
  if (Math.abs(latitude) > 90) return { wrong: t('place.wrong.latitude') };
  if (Math.abs(longitude) > 180) return { wrong: t('place.wrong.longitude') };
  return { place: { point: [Math.round(longitude * e7), Math.round(latitude * e7)] } };
}

// One place, in whatever usual way it was typed.
export function readPlace(text: string): Read {
  const typed = clean(text);
  return readMgrs(typed) ?? readLettered(typed) ?? readPlain(typed) ?? { wrong: t('place.wrong') };
}

export function ddOf([lng, lat]: Point, digits = 5): string {
  const one = (value: number, letters: string) => `${(Math.abs(value) / e7).toFixed(digits)}${letters[value < 0 ? 1 : 0]}`;
  return `${one(lat, 'NS')} ${one(lng, 'EW')}`;
}

export function dmsOf([lng, lat]: Point): string {
  const one = (value: number, wide: number, letters: string) => {
    const seconds = Math.round((Math.abs(value) / e7) * 3600);
    return `${pad(Math.floor(seconds / 3600), wide)}°${pad(Math.floor(seconds / 60) % 60, 2)}'${pad(seconds % 60, 2)}"${letters[value < 0 ? 1 : 0]}`;
  };
  return `${one(lat, 2, 'NS')} ${one(lng, 3, 'EW')}`;
}

export function mgrsOf([lng, lat]: Point, digits: 1 | 2 | 3 | 4 | 5 = 4): string {
  if (lat > 84 * e7 || lat < -80 * e7) return '–'; // UPS, which is not MGRS of a zone
  const text = forward([lng / e7, lat / e7], digits);
  const found = /^(\d+[A-Z])([A-Z]{2})(\d*)$/.exec(text);
  if (!found) return text;
  const half = found[3]!.length / 2;
  return `${found[1]} ${found[2]} ${found[3]!.slice(0, half)} ${found[3]!.slice(half)}`;
}

export function placeText(point: Point, format: Format): string {
  return format === 'dd' ? ddOf(point) : format === 'dms' ? dmsOf(point) : mgrsOf(point);
}
