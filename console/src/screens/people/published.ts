// A bundle of a published framework, as two officers allow it and one loads it. Its objects stand in the order of their ids, those of one
// id in that of their versions; a leaf is an object's octets as they stand in the file (RFC 6962, SHA-256). Whoever has the same objects
// comes to the same root, however the bundle around them is written, here and on the command line.
import { sha256, toHex, utf8 } from '../../lib/bytes';
import { t } from '../../lib/strings';
import { splitBundle } from '../exchange/bundle';

export interface PublishedObject {
  id: string;
  version: string;
  text: string;
}

export interface Published {
  objects: PublishedObject[];
  root: string;
  proof: (place: number) => string[];
}

export class PublishedError extends Error {}

type Hash = Uint8Array<ArrayBuffer>;

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function objectOf(text: string): PublishedObject {
  const told = JSON.parse(text) as Record<string, unknown>;
  const said = (name: string) => (typeof told[name] === 'string' ? (told[name] as string) : '');
  return { id: said('id'), version: said('modified') || said('created'), text };
}

// 0 before what a leaf holds, 1 before two children.
function hashOf(kind: 0 | 1, ...parts: Uint8Array[]): Promise<Hash> {
  const octets = new Uint8Array(1 + parts.reduce((sum, one) => sum + one.length, 0));
  octets[0] = kind;
  let at = 1;
  for (const part of parts) octets.set(part, at), (at += part.length);
  return sha256(octets);
}

// From the leaves up to the root. An odd one at the end goes up as it is, which comes to the tree of RFC 6962.
export async function levelsOf(leaves: string[]): Promise<Hash[][]> {
  const levels = [await Promise.all(leaves.map((leaf) => hashOf(0, utf8(leaf))))];
  for (let below = levels[0]!; below.length > 1; levels.push(below)) {
    const pairs = below;
    below = await Promise.all(Array.from({ length: Math.ceil(pairs.length / 2) }, (_, i) => (pairs[2 * i + 1] ? hashOf(1, pairs[2 * i]!, pairs[2 * i + 1]!) : pairs[2 * i]!)));
  }
  return levels;
}

export function proofOf(levels: Hash[][], place: number): string[] {
  return levels.slice(0, -1).flatMap((level, height) => {
    const beside = level[(place >> height) ^ 1];
    return beside ? [toHex(beside)] : [];
  });
}

export async function readPublished(text: string): Promise<Published> {
  let objects: PublishedObject[];
  try {
    objects = splitBundle(text).pieces.map((piece) => objectOf(piece.text));
  } catch {
    throw new PublishedError(t('host.f.bundle.bad'));
  }
  if (objects.some((one) => one.id === '')) throw new PublishedError(t('host.f.bundle.no_id'));
  objects.sort((a, b) => order(a.id, b.id) || order(a.version, b.version));
  const twice = objects.find((one, i) => one.id === objects[i + 1]?.id && one.version === objects[i + 1]?.version);
  if (twice) throw new PublishedError(t('host.f.bundle.twice', { id: twice.id }));
  const levels = await levelsOf(objects.map((one) => one.text));
  return { objects, root: toHex(levels.at(-1)![0]!), proof: (place) => proofOf(levels, place) };
}
