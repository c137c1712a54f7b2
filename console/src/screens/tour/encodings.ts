// Is a word in a text, in any form that a program could have given it? As `comity sweep` asks it (src/cli/encodings.h): as it is,
// backwards, with JSON and percent escapes undone up to three times over, without regard to case; in base64 and base64url at each
// of the three offsets, in hexadecimal, and in UTF-16. What is encrypted, hashed or paraphrased is not found.
import { toBase64, toHex, utf8 } from '../../lib/bytes';

export const shortest_word_bytes = 4; // a shorter one is in base64 everywhere

interface Needle {
  form: string;
  text: string;
}

export interface Word {
  folded: Needle[]; // looked for without regard to case
  exact: Needle[];
}

function utf16(text: string, order: 'little' | 'big'): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(text.length * 2);
  const view = new DataView(octets.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), order === 'little');
  return octets;
}

// What stands in the text of an answer where these octets stand in its body.
function asText(octets: Uint8Array<ArrayBuffer>): string {
  return new TextDecoder().decode(octets);
}

// At each offset those characters that depend on nothing around the word.
function base64Needles(form: string, octets: Uint8Array<ArrayBuffer>): Needle[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = new Uint8Array(offset + octets.length);
    padded.set(octets, offset);
    const first = Math.floor((offset * 8 + 5) / 6);
    const text = toBase64(padded).slice(first, Math.floor((padded.length * 8) / 6));
    const name = `${form} at offset ${offset}`;
    return [
      { form: name, text },
      { form: `${name} (for URLs)`, text: text.replaceAll('+', '-').replaceAll('/', '_') },
    ];
  });
}

function distinct(needles: Needle[]): Needle[] {
  return needles.filter((one, at) => one.text !== '' && needles.findIndex((other) => other.text === one.text) === at);
}

export function wordOf(text: string): Word {
  const cases: [string, string][] = [['', text], [' in lower case', text.toLowerCase()], [' in upper case', text.toUpperCase()]];
  const exact = cases.flatMap(([name, form]) => [
    ...base64Needles(`base64${name}`, utf8(form)),
    { form: `UTF-16LE${name}`, text: asText(utf16(form, 'little')) },
    { form: `UTF-16BE${name}`, text: asText(utf16(form, 'big')) },
  ]);
  exact.push(...base64Needles('base64 of UTF-16LE', utf16(text, 'little')), ...base64Needles('base64 of UTF-16BE', utf16(text, 'big')));
  const folded = [
    { form: 'plain', text: text.toLowerCase() },
    { form: 'reversed', text: [...text].reverse().join('').toLowerCase() },
    ...cases.map(([name, form]) => ({ form: `hexadecimal${name}`, text: toHex(utf8(form)) })),
  ];
  return { folded: distinct(folded), exact: distinct(exact) };
}

export function isLongEnough(text: string): boolean {
  return utf8(text).length >= shortest_word_bytes;
}

const short: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

export function withoutJsonEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, code: string | undefined, letter: string) =>
    code ? String.fromCharCode(parseInt(code, 16)) : (short[letter] ?? letter));
}

export function withoutPercent(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    asText(Uint8Array.from(run.slice(1).split('%'), (digits) => parseInt(digits, 16))));
}

function viewsOf(text: string): string[] {
  const views = [text];
  for (let layer = 0, from = 0; layer < 3; layer++) {
    const to = views.length;
    for (const view of views.slice(from, to))
      for (const undone of [withoutJsonEscapes(view), withoutPercent(view)]) if (!views.includes(undone)) views.push(undone);
    from = to;
  }
  return views;
}

// The forms in which it is there, each once.
export function foundIn(word: Word, text: string): string[] {
  const forms = new Set<string>();
  viewsOf(text).forEach((view, layer) => {
    const small = view.toLowerCase();
    for (const one of word.folded) if (small.includes(one.text)) forms.add(layer === 0 ? one.form : `${one.form}, escaped`);
    for (const one of word.exact) if (view.includes(one.text)) forms.add(one.form);
  });
  return [...forms];
}
