// Octets and texts: hexadecimal, base64, SHA-256. Only what the browser has; nothing here knows the domain.

const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text) as Uint8Array<ArrayBuffer>;
}

export function toHex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

// In pieces: a file of some megabytes is more than one call may have arguments.
export function toBase64(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 8192) text += String.fromCharCode(...octets.subarray(at, at + 8192));
  return btoa(text);
}

// Null: not base64 as RFC 4648, section 4, writes it.
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const octets = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return toBase64(octets) === text ? octets : null;
}

export async function sha256(octets: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', octets));
}

export async function sha256Hex(octets: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(await sha256(octets));
}
