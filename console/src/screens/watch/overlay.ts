// A file of the officer's own drawn over the map: GeoJSON or KML. It is read here, kept in this browser, and sent nowhere.
import { t } from '../../lib/strings';
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson';

const largest_bytes = 8_000_000;

export interface Overlay {
  name: string;
  data: FeatureCollection;
}

export async function readOverlay(file: File): Promise<Overlay> {
  if (file.size > largest_bytes) throw new Error(t('watch.overlay.large'));
  const text = await file.text();
  const data = /^\s*</.test(text) ? kml(text) : geojson(text);
  if (!data.features.length) throw new Error(t('watch.overlay.nothing'));
  return { name: file.name, data };
}

function geojson(text: string): FeatureCollection {
  const value = JSON.parse(text) as FeatureCollection | Feature | Geometry;
  if (value.type === 'FeatureCollection') return { type: 'FeatureCollection', features: value.features.filter((one) => one.geometry).map(drawable) };
  if (value.type === 'Feature') return { type: 'FeatureCollection', features: [drawable(value)] };
  if ('coordinates' in value) return { type: 'FeatureCollection', features: [drawable({ type: 'Feature', properties: {}, geometry: value })] };
  throw new Error(t('watch.overlay.neither'));
}

// A point is drawn as a small square, for the overlay has areas and lines only.
function drawable(feature: Feature): Feature {
  return feature.geometry.type === 'Point' ? { ...feature, geometry: { type: 'Polygon', coordinates: [square(feature.geometry.coordinates)] } } : feature;
}

export function positionsOf(text: string): Position[] {
  return text.trim().split(/\s+/).map((one) => one.split(',').slice(0, 2).map(Number)).filter((one) => one.length === 2 && one.every(Number.isFinite));
}

// Points, lines and areas of placemarks; nothing that a KML file could fetch is followed.
function kml(text: string): FeatureCollection {
  const document_ = new DOMParser().parseFromString(text, 'application/xml');
  if (document_.querySelector('parsererror')) throw new Error(t('watch.overlay.neither'));
  const features: Feature[] = [];
  for (const mark of document_.getElementsByTagName('Placemark')) {
    const name = mark.getElementsByTagName('name')[0]?.textContent ?? '';
    const add = (geometry: Geometry) => features.push({ type: 'Feature', properties: { name }, geometry });
    for (const one of mark.getElementsByTagName('coordinates')) {
      const positions = positionsOf(one.textContent ?? '');
      const kind = one.parentElement?.localName;
      if (kind === 'LinearRing' && positions.length > 3) add({ type: 'Polygon', coordinates: [positions] });
      else if (kind === 'LineString' && positions.length > 1) add({ type: 'LineString', coordinates: positions });
      else if (kind === 'Point' && positions.length) add({ type: 'Polygon', coordinates: [square(positions[0]!)] });
    }
  }
  return { type: 'FeatureCollection', features };
}

function square([lng, lat]: Position): Position[] {
  const d = 0.01;
  return [[lng! - d, lat!], [lng!, lat! - d], [lng! + d, lat!], [lng!, lat! + d], [lng! - d, lat!]];
}

// --- kept in IndexedDB: one for each person in an office who has opened one at this browser, and never shown to another ---

const most = 16; // of so many: each may be as large as a file may be

function store<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((then, fail) => {
    const opening = indexedDB.open('comity-overlay', 2);
    opening.onupgradeneeded = () => {
      if (opening.result.objectStoreNames.contains('overlay')) opening.result.deleteObjectStore('overlay'); // it was everybody's
      opening.result.createObjectStore('overlay');
    };
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const request = act(opening.result.transaction('overlay', mode).objectStore('overlay'));
      request.onsuccess = () => then(request.result);
      request.onerror = () => fail(request.error);
      opening.result.close(); // as soon as that is done
    };
  });
}

export const keptOverlay = (whose: string) => store<Overlay | undefined>('readonly', (one) => one.get(whose) as IDBRequest<Overlay | undefined>);
export const dropOverlay = (whose: string) => store('readwrite', (one) => one.delete(whose));
export async function keepOverlay(whose: string, overlay: Overlay) {
  const others = (await store('readonly', (one) => one.getAllKeys())).filter((key) => key !== whose);
  for (const key of others.slice(most - 1)) await dropOverlay(String(key));
  await store('readwrite', (one) => one.put(overlay, whose));
}
