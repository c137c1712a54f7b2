// Keys of an issuer of tokens from a file that this browser reads (25-isolation C5: nothing is fetched): PEM, with public keys or a
// certificate, or a JSON Web Key Set (RFC 7517). They become what register_issuer takes: SubjectPublicKeyInfo in base64, each with
// its one algorithm. The command line reads the same files (cli/token_keys.h), and the centre checks each key again.
//
// Of a set, keys for signatures are taken, of the kinds RSA, EC on P-256 and OKP Ed25519; of a chain of certificates the first.
// What is left out is told, and so is a key that came with its private half: that half is not sent.
import { fromBase64, sha256Hex, toBase64 } from '../../lib/bytes';
import { keyId } from '../../lib/keys';
import { certificateKey, ed25519Head, numberAt, pointHead, readElement, rsaInfo } from './der';

type Octets = Uint8Array<ArrayBuffer>;
export type Algorithm = 'RS256' | 'ES256' | 'EdDSA';

export interface TokenKey {
  name?: string;
  algorithm: Algorithm;
  key: string;
}

export type Left = { why: 'kind' | 'use' | 'algorithm' | 'chain' | 'weak'; which: string };

export interface TokenKeys {
  keys: TokenKey[];
  left: Left[];
  withPrivate: string[]; // names of those whose private half the file has
}

export class TokenFileError extends Error {
  constructor(readonly trouble: 'none' | 'private' | 'bad' | 'large') {
    super(trouble);
  }
}

const fileMost = 256 << 10, bitsLeast = 2048, bitsMost = 8192;

const startsWith = (octets: Octets, head: Octets) => head.every((one, i) => octets[i] === one);

// Which algorithm a SubjectPublicKeyInfo is for; undefined: of a kind that is not taken.
export function algorithmOf(info: Octets): Algorithm | undefined {
  if (startsWith(info, ed25519Head) && info.length === ed25519Head.length + 32) return 'EdDSA';
  if (startsWith(info, pointHead) && info.length === pointHead.length + 64) return 'ES256';
  const rsa = numberAt(info);
  if (!rsa || rsa.bits < bitsLeast || rsa.bits > bitsMost) return undefined;
  return rsa.exponent > 1 && rsa.exponent % 2 === 1 && rsa.exponent < 2 ** 32 ? 'RS256' : undefined;
}

// What the centre will call it.
export async function tokenKeyId(key: TokenKey): Promise<string> {
  const info = fromBase64(key.key)!;
  return key.algorithm === 'EdDSA' ? keyId(info.slice(ed25519Head.length)) : `sha256:${(await sha256Hex(info)).slice(0, 16)}`;
}

function fromBase64url(text: unknown): Octets | null {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const plain = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='));
}

const joined = (...parts: Octets[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

type Jwk = Record<string, unknown>;

function infoOf(jwk: Jwk): Octets | null {
  const [x, y, n, e] = [jwk.x, jwk.y, jwk.n, jwk.e].map(fromBase64url);
  if (jwk.kty === 'RSA' && n && e) return rsaInfo(n, e);
  if (jwk.kty === 'EC' && jwk.crv === 'P-256' && x?.length === 32 && y?.length === 32) return joined(pointHead, x, y);
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519' && x?.length === 32) return joined(ed25519Head, x);
  return null;
}

function read(jwk: Jwk): TokenKey | Left {
  const which = String(jwk.kid ?? '');
  const isForSignatures = (jwk.use === undefined || jwk.use === 'sig') && (jwk.key_ops === undefined || (Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify')));
  if (!isForSignatures) return { why: 'use', which };
  const info = infoOf(jwk);
  if (!info) return { why: 'kind', which };
  const algorithm = algorithmOf(info);
  if (!algorithm) return { why: 'weak', which };
  if (jwk.alg !== undefined && jwk.alg !== algorithm) return { why: 'algorithm', which };
  return { ...(which ? { name: which } : {}), algorithm, key: toBase64(info) };
}

function ofSet(text: string): TokenKeys {
  let keys: unknown;
  try {
    keys = (JSON.parse(text) as { keys?: unknown }).keys;
  } catch {
    throw new TokenFileError('bad');
  }
  if (!Array.isArray(keys)) throw new TokenFileError('none');
  const all: TokenKeys = { keys: [], left: [], withPrivate: [] };
  for (const one of keys) {
    const jwk = (one && typeof one === 'object' ? one : {}) as Jwk;
    if (jwk.d !== undefined) all.withPrivate.push(String(jwk.kid ?? ''));
    const found = read(jwk);
    if ('why' in found) all.left.push(found);
    else all.keys.push(found);
  }
  return all;
}

function ofPem(text: string): TokenKeys {
  const all: TokenKeys = { keys: [], left: [], withPrivate: [] };
  let certificates = 0;
  for (const [, label, body] of text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g)) {
    if (label!.includes('PRIVATE')) throw new TokenFileError('private');
    const isCertificate = label === 'CERTIFICATE';
    if (isCertificate && ++certificates > 1) {
      all.left.push({ why: 'chain', which: String(certificates) });
      continue;
    }
    const octets = label === 'PUBLIC KEY' || isCertificate ? fromBase64(body!.replace(/\s/g, '')) : null;
    const info = octets && (isCertificate ? certificateKey(octets) : readElement(octets, 0)?.end === octets.length ? octets : null);
    const algorithm = info && algorithmOf(info);
    if (!info || !algorithm) throw new TokenFileError('bad');
    all.keys.push({ algorithm, key: toBase64(info) });
  }
  return all;
}

export function readTokenKeys(text: string): TokenKeys {
  if (text.length > fileMost) throw new TokenFileError('large');
  const all = text.trimStart().startsWith('{') ? ofSet(text) : ofPem(text);
  if (!all.keys.length && !all.left.length) throw new TokenFileError('none');
  return all;
}

// What the centre keeps of a machine's certificate (RFC 8705): a hash of its key. Dates, names and who vouches for it are not looked at.
export async function certificatePin(text: string): Promise<string> {
  if (text.length > fileMost) throw new TokenFileError('large');
  if (text.includes('PRIVATE KEY-----')) throw new TokenFileError('private');
  const body = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/.exec(text)?.[1];
  const octets = body ? fromBase64(body.replace(/\s/g, '')) : null;
  const info = octets && certificateKey(octets);
  if (!info) throw new TokenFileError('bad');
  return `certificate-sha256:${await sha256Hex(info)}`;
}
