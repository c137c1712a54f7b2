import { expect, it } from 'vitest';
import { fromBase64, sha256, toHex, toBase64 } from '../../lib/bytes';
import { PublishedError, readPublished } from './published';

const bundle = `{"type": "bundle", "id": "bundle--1", "objects": [
 {"type":"tool","id":"tool--2","name":"b","modified":"2026-01-02T00:00:00Z"},
 {"type":"tool","id":"tool--2","name":"ä","modified":"2026-01-01T00:00:00Z"},
 {"type":"tool","id":"tool--1","name":"a", "created":"2026-01-01T00:00:00Z"},
 {"id":"x--9"}, {"id":"x--8","n":{"a":[1,2,"]}"]}}
]}
`;

it('comes to the root that the command line comes to, whatever the bundle around the objects', async () => {
  const one = await readPublished(bundle);
  expect(one.root).toBe('d4faa4cf6f0181a4cc7fb93d552e503d26383256b7f48b7c8a941d6bea1f8233'); // of `comity frameworks digest`
  expect(one.objects.map(({ id, version }) => `${id} ${version.slice(0, 10)}`.trim())).toEqual(['tool--1 2026-01-01', 'tool--2 2026-01-01', 'tool--2 2026-01-02', 'x--8', 'x--9']);
  const turned = `{"objects":[${[...one.objects].reverse().map((each) => each.text).join(' , ')}]}`;
  expect((await readPublished(turned)).root).toBe(one.root);
});

// RFC 6962, 2.1.1: from the leaf up, the hash beside it left or right, by the bits of its place.
async function rootOf(leaf: string, place: number, size: number, proof: string[]): Promise<string> {
  const hex = (text: string) => Uint8Array.from(text.match(/../g)!, (two) => parseInt(two, 16));
  const join = async (...parts: Uint8Array[]) => sha256(fromBase64(toBase64(Uint8Array.from(parts.flatMap((part) => [...part]))))!);
  let hash = await join(Uint8Array.of(0), new TextEncoder().encode(leaf));
  for (let at = place, last = size - 1; last > 0; at >>= 1, last >>= 1) {
    if (at === last && at % 2 === 0) continue;
    const beside = hex(proof.shift()!);
    hash = at % 2 ? await join(Uint8Array.of(1), beside, hash) : await join(Uint8Array.of(1), hash, beside);
  }
  return toHex(hash);
}

it('proves of each object that it is among them', async () => {
  for (const size of [1, 2, 3, 5, 8, 13]) {
    const objects = Array.from({ length: size }, (_, i) => `{"id":"x--${String(i).padStart(2, '0')}"}`);
    const { root, proof } = await readPublished(`{"objects":[${objects.join(',')}]}`);
    for (let place = 0; place < size; ++place) expect(await rootOf(objects[place]!, place, size, proof(place)), `${place} of ${size}`).toBe(root);
  }
});

it('refuses what is no bundle, an object without an id, and one version twice', async () => {
  for (const bad of ['', '[]', '{"objects":[]}', '{"objects":[{"type":"tool"}]}', '{"objects":[{"id":"x"},{"id":"x"}]}'])
    await expect(readPublished(bad), bad).rejects.toBeInstanceOf(PublishedError);
});
