// The keys of a party that this browser holds, to sign acts with (docs/formats.md, signed acts).
//
// A private key is a CryptoKey that cannot be exported: no script, this one included, can read it again once it is here.
// It is made here, or read from a file of `comity key new`, and kept in IndexedDB, which the browser keeps apart for each
// origin: il.localhost and ru.localhost do not share it. Nothing in this file sends anything anywhere.
//
// Not guaranteed: the host serves this code (docs/threats.md, the console). Who cannot accept that signs with the
// command line and drops the file in.
import { fromBase64, sha256, toBase64, toHex } from './bytes';

export interface HeldKey {
  id: string; // ed25519: and 16 hexadecimal digits
  party: string;
  publicKey: string; // 32 octets in base64, as the centre is told
  secret: CryptoKey;
  since: string; // when it came into this browser
  made: 'here' | 'imported';
}

export type KeyTrouble = 'no_ed25519' | 'not_a_key_file' | 'public_key' | 'other_id' | 'not_kept';

export class KeyError extends Error {
  constructor(readonly trouble: KeyTrouble) {
    super(trouble);
    this.name = 'KeyError';
  }
}

// PKCS #8 of an Ed25519 seed (RFC 8410, section 7): always these octets, then the seed.
const pkcs8Head = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20
]);

export async function keyId(publicKey: Uint8Array<ArrayBuffer>): Promise<string> {
  return 'ed25519:' + toHex(await sha256(publicKey)).slice(0, 16);
}

// Browsers have WebCrypto on https and on this machine itself, and Ed25519 since 2023 to 2025.
export async function canSignHere(): Promise<boolean> {
  if (!globalThis.crypto?.subtle) return false;
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

export interface KeyFile {
  seed: Uint8Array<ArrayBuffer>;
  saysId: string | null; // of its comment
}

// One line of base64 with 32 octets, behind lines that begin with #. A file of a public key looks the same but says no id,
// so the id that the first comment says is looked for, and told apart when the key is imported.
export function readKeyFile(text: string): KeyFile {
  const lines = text.replace(/\r/g, '').split('\n').filter((line) => line !== '');
  const comments = lines.filter((line) => line.startsWith('#'));
  const rest = lines.filter((line) => !line.startsWith('#'));
  const seed = rest.length === 1 ? fromBase64(rest[0]!) : null;
  if (!seed || seed.length !== 32) throw new KeyError('not_a_key_file');
  return { seed, saysId: /ed25519:[0-9a-f]{16}/.exec(comments.join('\n'))?.[0] ?? null };
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = text.replace(/-/g, '+').replace(/_/g, '/');
  return fromBase64(plain + '='.repeat((4 - (plain.length % 4)) % 4)) ?? new Uint8Array();
}

// Overwrites the seed: what stays is the CryptoKey.
export async function importKey(file: KeyFile, party: string): Promise<HeldKey> {
  const pkcs8 = new Uint8Array(pkcs8Head.length + 32);
  pkcs8.set(pkcs8Head);
  pkcs8.set(file.seed, pkcs8Head.length);
  file.seed.fill(0);
  try {
    // The public half is only to be had of a key that may be exported; that one is let go at once.
    const open = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
    const publicKey = fromBase64Url((await crypto.subtle.exportKey('jwk', open)).x ?? '');
    const id = await keyId(publicKey);
    if (file.saysId && file.saysId !== id) throw new KeyError('other_id');
    const secret = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
    return { id, party, publicKey: toBase64(publicKey), secret, since: new Date().toISOString(), made: 'imported' };
  } catch (error) {
    throw error instanceof KeyError ? error : new KeyError('no_ed25519');
  } finally {
    pkcs8.fill(0);
  }
}

export async function makeKey(party: string): Promise<HeldKey> {
  let pair: CryptoKeyPair;
  try {
    pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  } catch {
    throw new KeyError('no_ed25519');
  }
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {
    id: await keyId(publicKey),
    party,
    publicKey: toBase64(publicKey),
    secret: pair.privateKey,
    since: new Date().toISOString(),
    made: 'here'
  };
}

export async function signWith(key: HeldKey, octets: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.sign('Ed25519', key.secret, octets)));
}

// Null where this browser cannot check it.
export async function verifies(
  publicKey: string,
  signature: string,
  octets: Uint8Array<ArrayBuffer>
): Promise<boolean | null> {
  const raw = fromBase64(publicKey);
  const value = fromBase64(signature);
  if (!raw || !value) return false;
  try {
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, value, octets);
  } catch {
    return null;
  }
}
