// Signed acts, `comity-act/1` (docs/formats.md): what binds a party. Signed are the octets "comity-act/1\n" and RFC 8785
// of the act, by a key that this browser holds or by the command line. What is signed is what is done: the centre takes the
// values of the act, so a command is made of the act and needs no body.
import canonicalize from 'canonicalize';

import { sha256Hex, utf8 } from './bytes';
import { signWith, type HeldKey } from './keys';

export type Plain = string | number | Plain[] | { [name: string]: Plain };
export type Members = { [name: string]: Plain };

export interface Act extends Members {
  kind: string;
  centre: string;
  party: string;
  founding_key: string;
  office: string;
  key: string;
  seq: number;
  not_after: string;
}

export interface Signature {
  key: string;
  value: string;
}

export interface SignedDocument {
  act: Act;
  signatures: Signature[];
}

// What `/me` tells that every act needs.
export interface Signer {
  centre: { origin: string };
  time: string;
  office: string;
  party: { party: string; founding_key: string; last_seq: number };
}

export const head = 'comity-act/1\n';
export const onlineLifeSeconds = 3600;

const common = ['kind', 'centre', 'party', 'founding_key', 'office', 'key', 'seq', 'not_after'];

// Times here have six digits; a Date has three.
export function microseconds(time: string): number {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{6})Z$/.exec(time);
  if (!found) throw new Error('no time of the centre: ' + time);
  return Date.parse(found[1] + 'Z') * 1000 + Number(found[2]);
}

export function timeOf(us: number): string {
  const whole = Math.floor(us / 1e6);
  return new Date(whole * 1000).toISOString().slice(0, 19) + '.' + String(us - whole * 1e6).padStart(6, '0') + 'Z';
}

// An act lives for an hour from the centre's time, not this machine's. Its seq is that time: it counts nothing that others could read.
export function newAct(signer: Signer, kind: string, members: Members, key: string): Act {
  const now = microseconds(signer.time);
  return {
    ...members,
    kind,
    centre: signer.centre.origin,
    party: signer.party.party,
    founding_key: signer.party.founding_key,
    office: signer.office,
    key,
    seq: Math.max(signer.party.last_seq + 1, now),
    not_after: timeOf(now + onlineLifeSeconds * 1e6)
  };
}

function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('nothing that JSON can say');
  return text;
}

export function signedOctets(act: Members): Uint8Array<ArrayBuffer> {
  return utf8(head + canonical(act));
}

export function hashOfAct(act: Members): Promise<string> {
  return sha256Hex(signedOctets(act));
}

export async function sign(act: Act, keys: HeldKey[]): Promise<SignedDocument> {
  const octets = signedOctets(act);
  const signatures: Signature[] = [];
  for (const key of keys) signatures.push({ key: key.id, value: await signWith(key, octets) });
  return { act, signatures };
}

// SHA-256 of RFC 8785 of the agreement without `status`.
export function textHash(agreement: object): Promise<string> {
  const { status: _, ...text } = agreement as { status?: unknown };
  return sha256Hex(utf8(canonical(text)));
}

// Whoever knows two agreements of one name sees the second as `name-2`; what was hashed is the name as drafted.
export function draftedName(name: string): string {
  return name.replace(/-\d+$/, '');
}

// The hash that was signed for, found for the text as it is served; null if the centre lists another one: then nobody signs.
export async function checkedHash(agreement: { id: string }, listed: string): Promise<string | null> {
  const hash = await textHash(agreement);
  if (hash === listed) return hash;
  return (await textHash({ ...agreement, id: draftedName(agreement.id) })) === listed ? listed : null;
}

export type DocumentTrouble = 'not_json' | 'not_signed' | 'no_act';

export class DocumentError extends Error {
  constructor(readonly trouble: DocumentTrouble) {
    super(trouble);
    this.name = 'DocumentError';
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// What `comity sign` prints. The centre reads it for good; here only so much that it can be compared with what was asked.
export function readDocument(text: string): SignedDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DocumentError('not_json');
  }
  const act = isObject(value) ? value.act : undefined;
  if (!isObject(value) || !isObject(act) || common.some((name) => !(name in act)))
    throw new DocumentError(isObject(value) && 'kind' in value && !act ? 'not_signed' : 'no_act');
  const signatures = value.signatures;
  const good = (one: unknown) => isObject(one) && typeof one.key === 'string' && typeof one.value === 'string';
  if (!Array.isArray(signatures) || signatures.length === 0 || !signatures.every(good))
    throw new DocumentError('not_signed');
  return { act: act as Act, signatures: signatures as Signature[] };
}

// The members in which a signed act says something else than what is asked for: none may be sent.
export function differences(act: Members, asked: Members): string[] {
  const names = new Set([...Object.keys(asked), ...Object.keys(act)].filter((name) => !isFree(name)));
  return [...names].filter((name) => canonicalize(act[name]) !== canonicalize(asked[name])).sort();
}

// What the signer chooses: which key, which number, for how long.
function isFree(name: string): boolean {
  return name === 'key' || name === 'seq' || name === 'not_after';
}

// For `comity sign`, which fills in key and not_after.
export function actToSignElsewhere(act: Act): string {
  const { key: _key, not_after: _until, ...rest } = act;
  return JSON.stringify(rest, null, 1) + '\n';
}
