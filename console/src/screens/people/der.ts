// As much of DER (ITU-T X.690) as public keys need: their one form for each algorithm (RFC 5480, 8017, 8410), and where in a
// certificate (RFC 5280, 4.1) the key stands. Dates, names and signatures of certificates are not looked at: it is a wrapping.
type Octets = Uint8Array<ArrayBuffer>;

const octetsOf = (hex: string) => Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16)) as Octets;

// What stands before the 64 octets of a point on P-256, and before the 32 of an Ed25519 key.
export const pointHead = octetsOf('3059301306072a8648ce3d020106082a8648ce3d03010703420004');
export const ed25519Head = octetsOf('302a300506032b6570032100');
const rsaAlgorithm = octetsOf('300d06092a864886f70d0101010500');

export interface Element {
  tag: number;
  from: number; // its content
  end: number;
}

// Null: no element of definite length that fits.
export function readElement(octets: Octets, at: number): Element | null {
  const [tag, first] = [octets[at], octets[at + 1]];
  if (tag === undefined || first === undefined) return null;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || more > 3) return null;
  let size = more ? 0 : first;
  for (let i = 0; i < more; ++i) size = size * 256 + (octets[at + 2 + i] ?? NaN);
  const from = at + 2 + more;
  return from + size <= octets.length ? { tag, from, end: from + size } : null;
}

function inside(octets: Octets, of: Element): Element[] {
  const all: Element[] = [];
  for (let at = of.from; at < of.end; at = all.at(-1)!.end) {
    const next = readElement(octets, at);
    if (!next || next.end > of.end) return [];
    all.push(next);
  }
  return all;
}

function element(tag: number, ...content: Octets[]): Octets {
  const body = content.flatMap((one) => [...one]);
  const size = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Uint8Array.from([tag, ...size, ...body]) as Octets;
}

function integer(octets: Octets): Octets {
  const first = octets.findIndex((one) => one !== 0);
  const plain = first < 0 ? Uint8Array.from([0]) : octets.slice(first);
  return element(2, plain[0]! >= 0x80 ? (Uint8Array.from([0, ...plain]) as Octets) : (plain as Octets));
}

// SubjectPublicKeyInfo of the two numbers of an RSA key.
export function rsaInfo(modulus: Octets, exponent: Octets): Octets {
  const key = element(0x30, integer(modulus), integer(exponent));
  return element(0x30, rsaAlgorithm, element(3, Uint8Array.from([0]) as Octets, key));
}

// Of an RSA key, how long its modulus is and its exponent; null: none.
export function numberAt(info: Octets): { bits: number; exponent: number } | null {
  const whole = readElement(info, 0);
  if (!whole || whole.end !== info.length) return null;
  const [algorithm, bits] = inside(info, whole);
  if (!algorithm || !bits || bits.tag !== 3 || !rsaAlgorithm.every((one, i) => info[whole.from + i] === one)) return null;
  const key = readElement(info, bits.from + 1);
  const [modulus, exponent] = key ? inside(info, key) : [];
  if (modulus?.tag !== 2 || exponent?.tag !== 2) return null;
  const plain = info.slice(modulus.from, modulus.end);
  const first = plain.findIndex((one) => one !== 0);
  if (first < 0 || exponent.end - exponent.from > 5) return null;
  return {
    bits: (plain.length - first - 1) * 8 + (32 - Math.clz32(plain[first]!)),
    exponent: info.slice(exponent.from, exponent.end).reduce((sum, one) => sum * 256 + one, 0),
  };
}

// The SubjectPublicKeyInfo in a certificate: behind version (which may be missing), number, algorithm, issuer, validity and subject.
export function certificateKey(certificate: Octets): Octets | null {
  const whole = readElement(certificate, 0);
  const signed = whole && readElement(certificate, whole.from);
  if (!signed || whole.tag !== 0x30 || signed.tag !== 0x30) return null;
  const parts = inside(certificate, signed);
  const at = parts[0]?.tag === 0xa0 ? 6 : 5;
  const key = parts[at];
  return key?.tag === 0x30 ? certificate.slice(parts[at - 1]!.end, key.end) : null;
}
