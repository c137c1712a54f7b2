// A file, read by what its octets are.
import { t } from '../../../lib/strings';
import { most, Unreadable, type Draft } from './draft';
import { readCsv } from './csv';
import { readJson } from './geo';
import { kmlIn, readKml } from './kml';

function decoded(octets: Uint8Array, label: string): string {
  try {
    return new TextDecoder(label, { fatal: true }).decode(octets);
  } catch {
    throw new Unreadable(t('import.wrong.utf8'));
  }
}

// XML says itself in what it is written.
function xmlOf(octets: Uint8Array): string {
  const [a, b] = octets;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return decoded(octets, a === 0xff ? 'utf-16le' : 'utf-16be');
  const head = new TextDecoder('latin1').decode(octets.subarray(0, 200));
  return decoded(octets, /^[^<]*<\?xml[^>]*encoding=["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8');
}

function isZip([a, b, c, d]: Uint8Array): boolean {
  return a === 0x50 && b === 0x4b && c === 3 && d === 4;
}

export async function readPlaces(file: Uint8Array<ArrayBuffer>): Promise<Draft[]> {
  if (file.length > most.octets) throw new Unreadable(t('import.wrong.large', { n: most.places }));
  if (isZip(file)) return readKml(xmlOf(await kmlIn(file)));
  const head = new TextDecoder('latin1').decode(file.subarray(0, 400)).replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (file[0] === 0xff || file[0] === 0xfe || head.startsWith('<')) return readKml(xmlOf(file));
  const text = decoded(file, 'utf-8'); // without the mark of byte order
  return head.startsWith('{') || head.startsWith('[') ? readJson(text) : readCsv(text);
}
