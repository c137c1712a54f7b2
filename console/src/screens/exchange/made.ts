// STIX objects that a person makes here in one step: a note, an opinion or a sighting of something received, and any file as an
// artifact with a report that refers to it. The command line makes the same (`comity items note`, `opinion`, `sighting`, `file`).
import canonicalize from 'canonicalize';

import { sha256Hex, toBase64, utf8 } from '../../lib/bytes';

export const tlp = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  amber_strict: 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
} as const;
export type Tlp = keyof typeof tlp;

// Of TLP 1.0 too, read as 2.0, white as CLEAR.
const markings: Record<string, Tlp> = {
  ...Object.fromEntries(Object.entries(tlp).map(([level, id]) => [id, level as Tlp])),
  'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9': 'clear',
  'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da': 'green',
  'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82': 'amber',
  'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed': 'red',
};

export function tlpOf(marking: string): Tlp | null {
  return markings[marking] ?? null;
}

export interface Common {
  labels: string[];
  tlp: Tlp | null;
  now: Date;
}

export type Stix = Record<string, unknown> & { type: string; id: string };

export const opinions = ['strongly-disagree', 'disagree', 'neutral', 'agree', 'strongly-agree'] as const;
export type Opinion = (typeof opinions)[number];

function marked(common: Common): Record<string, unknown> {
  return {
    ...(common.labels.length > 0 ? { labels: common.labels } : {}),
    ...(common.tlp ? { object_marking_refs: [tlp[common.tlp]] } : {}),
  };
}

function versioned(type: string, common: Common): Stix {
  const time = common.now.toISOString();
  const head = { type, spec_version: '2.1', id: `${type}--${crypto.randomUUID()}`, created: time, modified: time };
  return { ...head, ...marked(common) };
}

export function note(common: Common, about: string[], content: string): Stix {
  return { ...versioned('note', common), content, object_refs: about };
}

export function opinion(common: Common, about: string[], said: Opinion, explanation: string): Stix {
  const why = explanation.trim() === '' ? {} : { explanation };
  return { ...versioned('opinion', common), opinion: said, ...why, object_refs: about };
}

export interface Seen {
  of: string;
  count: number;
  first: string;
  last: string;
  description: string;
}

export function sighting(common: Common, seen: Seen): Stix {
  const rest: Record<string, unknown> = { sighting_of_ref: seen.of, count: seen.count };
  if (seen.first !== '') rest.first_seen = seen.first;
  if (seen.last !== '') rest.last_seen = seen.last;
  if (seen.description.trim() !== '') rest.description = seen.description;
  return { ...versioned('sighting', common), ...rest };
}

export interface Written {
  name: string;
  description: string;
  about: string[];
}

// Under the id that it keeps while it is being written.
export function report(common: Common, said: Written, uuid: string): Stix {
  const time = common.now.toISOString();
  const description = said.description === '' ? {} : { description: said.description };
  const head = { ...versioned('report', common), id: `report--${uuid}` };
  return { ...head, name: said.name, ...description, published: time, object_refs: said.about };
}

// RFC 4122, version 5, in the namespace that STIX 2.1, section 2.9, names for observables.
export async function uuid5(name: string): Promise<string> {
  const space = '00abedb4aa42466c9c01fed23315a9b7'.match(/../g)!.map((two) => parseInt(two, 16));
  const octets = utf8(name);
  const all = new Uint8Array(16 + octets.length);
  all.set(space);
  all.set(octets, 16);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', all)).slice(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = Array.from(hash, (octet) => octet.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

// An object may be 8 MiB long; base64 is a third longer than the file.
export const fileBytesMax = (8 * 1024 * 1024 * 3) / 4 - 4096;

export interface SharedFile {
  name: string;
  description: string;
  mediaType: string;
  octets: Uint8Array<ArrayBuffer>;
}

export async function fileReport(common: Common, file: SharedFile): Promise<Stix[]> {
  const payload_bin = toBase64(file.octets);
  const hashes = { 'SHA-256': await sha256Hex(file.octets) };
  const id = `artifact--${await uuid5(canonicalize({ hashes, payload_bin })!)}`;
  const type = file.mediaType === '' ? {} : { mime_type: file.mediaType };
  const artifact: Stix = { type: 'artifact', spec_version: '2.1', id, ...type, payload_bin, hashes, ...marked(common) };
  const description = file.description.trim() === '' ? {} : { description: file.description };
  const published = common.now.toISOString();
  const report = { ...versioned('report', common), name: file.name, ...description, published, object_refs: [id] };
  return [artifact, report];
}
