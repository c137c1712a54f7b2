// Placemarks (OGC KML 2.2), also out of a KMZ, which is a ZIP file. Altitudes of KML are those of a drawing and are passed over; nothing
// that a file names is fetched, and a document type is refused.
import { t } from '../../../lib/strings';
import { emptyDraft, fault, most, remark, Unreadable, type Draft, type LatLng } from './draft';
import { describe, fieldOf, limit, Said } from './fields';
import { openRing } from './geo';
import { readNumber } from './values';

const inside = (of: Element, ...names: string[]) => [...of.children].filter((one) => names.includes(one.localName));
const first = (of: Element | undefined, name: string) => of && inside(of, name)[0];
const textOf = (of: Element | undefined) => of?.textContent?.trim() ?? '';

function coordinates(draft: Draft, element: Element | undefined): LatLng[] {
  const points = textOf(element).split(/\s+/).filter(Boolean).map((tuple) => {
    const [lng, lat] = tuple.split(',').slice(0, 2).map(readNumber);
    return lat === undefined || lng === undefined ? undefined : { lat, lng };
  });
  if (!points.includes(undefined)) return points as LatLng[];
  fault(draft, t('import.fault.position', { at: draft.where }));
  return [];
}

function addPolygon(draft: Draft, element: Element) {
  if (first(element, 'innerBoundaryIs')) remark(draft, t('import.remark.hole'));
  const points = openRing(coordinates(draft, first(first(first(element, 'outerBoundaryIs'), 'LinearRing'), 'coordinates')));
  if (points.length < 3 || points.length > most.corners) return fault(draft, t('import.fault.ring', { at: draft.where, n: most.corners }));
  draft.volumes.push({ shape: 'polygon', points });
}

function addShapes(draft: Draft, element: Element, sizes: { radius_m?: number; uncertainty_m?: number }) {
  for (const one of element.children) {
    if (draft.volumes.length >= most.volumes) return fault(draft, t('import.fault.volumes', { n: most.volumes }));
    if (one.localName === 'MultiGeometry') addShapes(draft, one, sizes);
    else if (one.localName === 'Polygon') addPolygon(draft, one);
    else if (['LineString', 'LinearRing', 'Track', 'Model'].includes(one.localName)) fault(draft, t('import.fault.line', { at: draft.where }));
    else if (one.localName === 'Point') {
      const points = coordinates(draft, first(one, 'coordinates'));
      if (points.length !== 1) fault(draft, t('import.fault.position', { at: draft.where }));
      else draft.volumes.push({ shape: sizes.radius_m === undefined ? 'point' : 'circle', points, radius_m: sizes.radius_m ?? sizes.uncertainty_m });
    }
  }
}

function draftOf(mark: Element, n: number): Draft {
  const draft = emptyDraft(t('import.at.placemark', { n }));
  const said = new Said(), data = first(mark, 'ExtendedData'), span = first(mark, 'TimeSpan');
  said.add('name', textOf(first(mark, 'name')));
  said.add('id', mark.getAttribute('id') ?? '');
  for (const one of data?.children ?? []) {
    if (one.localName === 'Data') said.add(fieldOf(one.getAttribute('name') ?? ''), textOf(first(one, 'value')));
    for (const simple of inside(one, 'SimpleData')) said.add(fieldOf(simple.getAttribute('name') ?? ''), textOf(simple));
  }
  said.add('from', textOf(first(span, 'begin')));
  said.add('until', textOf(first(span, 'end')));
  describe(draft, said);
  addShapes(draft, mark, { radius_m: said.number('radius', draft), uncertainty_m: said.number('uncertainty', draft) });
  if (!draft.volumes.length && !draft.faults.length) fault(draft, t('import.fault.geometry', { at: draft.where }));
  limit(draft, said);
  return draft;
}

function collect(of: Element, found: Element[]): Element[] {
  for (const one of inside(of, 'NetworkLink', 'Placemark', 'Document', 'Folder')) {
    if (one.localName === 'NetworkLink') throw new Unreadable(t('import.wrong.link'));
    if (one.localName === 'Placemark') found.push(one);
    else collect(one, found);
  }
  if (found.length > most.places) throw new Unreadable(t('import.wrong.large', { n: most.places }));
  return found;
}

export function readKml(text: string): Draft[] {
  if (/<!DOCTYPE/i.test(text)) throw new Unreadable(t('import.wrong.doctype'));
  const document_ = new DOMParser().parseFromString(text, 'application/xml');
  if (document_.querySelector('parsererror') || document_.documentElement.localName !== 'kml') throw new Unreadable(t('import.wrong.kml'));
  return collect(document_.documentElement, []).map((mark, i) => draftOf(mark, i + 1));
}

// --- the archive: its directory is at its end ---

const at_end = 0x06054b50, in_directory = 0x02014b50, most_entries = 1000, most_ratio = 100;

interface Entry { name: string; method: number; packed: number; size: number; at: number }

function entriesOf(view: DataView): Entry[] {
  let end = view.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== at_end) --end;
  if (end < 0 || view.getUint16(end + 10, true) > most_entries) throw new Unreadable(t('import.wrong.archive'));
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; --i) {
    if (view.getUint32(at, true) !== in_directory) throw new Unreadable(t('import.wrong.archive'));
    const letters = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, letters));
    entries.push({ name, method: view.getUint16(at + 10, true), packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true) });
    at += 46 + letters + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

// doc.kml, else the first .kml; no more of it than it says.
export async function kmlIn(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const entries = entriesOf(view);
    const entry = entries.find((one) => one.name.toLowerCase() === 'doc.kml') ?? entries.find((one) => one.name.toLowerCase().endsWith('.kml'));
    if (!entry || entry.size > most.octets || entry.size / most_ratio > entry.packed + most_ratio || (entry.method !== 0 && entry.method !== 8)) throw new Unreadable(t('import.wrong.archive'));
    const begin = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
    const packed = file.subarray(begin, begin + entry.packed);
    if (entry.method === 0) return packed;
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const out = new Uint8Array(entry.size);
    for (let had = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return had === out.length ? out : Promise.reject(new Unreadable(t('import.wrong.archive')));
      out.set(value, had); // throws where there is more than it says
      had += value.length;
    }
  } catch (why) {
    throw why instanceof Unreadable ? why : new Unreadable(t('import.wrong.archive'));
  }
}
