// What somebody wants to contribute, cut into its objects without touching an octet of them: whoever receives an item whole gets
// the bytes that were posted, so nothing is parsed and written again. What is wrong is found here as far as it makes no sense to
// send; whether the objects are good STIX the centre says.
export interface Piece {
  text: string; // as it was written
  id: string;
  type: string;
  name: string;
}

export interface Split {
  pieces: Piece[];
  toOffices: string[]; // of an envelope that said so itself
}

export type BundleTrouble = 'empty' | 'not_json' | 'no_objects' | 'not_an_object';

export class BundleError extends Error {
  constructor(
    readonly trouble: BundleTrouble,
    readonly at = 0, // which object, from 1
  ) {
    super(trouble);
    this.name = 'BundleError';
  }
}

// Where the JSON value that begins at `at` ends. The text is known to be JSON.
function endOfValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return endOfString(text, at);
  if (first !== '{' && first !== '[') {
    while (at < text.length && !/[\s,\]}]/.test(text[at]!)) ++at;
    return at;
  }
  let depth = 0;
  for (; at < text.length; ++at) {
    const letter = text[at];
    if (letter === '"') at = endOfString(text, at) - 1;
    else if (letter === '{' || letter === '[') ++depth;
    else if ((letter === '}' || letter === ']') && --depth === 0) return at + 1;
  }
  return at;
}

function endOfString(text: string, at: number): number {
  for (++at; text[at] !== '"'; ++at) if (text[at] === '\\') ++at;
  return at + 1;
}

function afterSpace(text: string, at: number): number {
  while (at < text.length && /[\s,:]/.test(text[at]!)) ++at;
  return at;
}

// The members of an object as texts; of two with one name the last, as JSON.parse has it: the centre refuses both.
function membersOf(text: string): Map<string, string> {
  const members = new Map<string, string>();
  for (let at = afterSpace(text, 1); text[at] === '"'; ) {
    const nameEnd = endOfString(text, at);
    const from = afterSpace(text, nameEnd);
    const end = endOfValue(text, from);
    members.set(JSON.parse(text.slice(at, nameEnd)) as string, text.slice(from, end));
    at = afterSpace(text, end);
  }
  return members;
}

function elementsOf(text: string): string[] {
  const elements: string[] = [];
  for (let at = afterSpace(text, 1); at < text.length && text[at] !== ']'; ) {
    const end = endOfValue(text, at);
    elements.push(text.slice(at, end));
    at = afterSpace(text, end);
  }
  return elements;
}

function pieceOf(text: string, number: number): Piece {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BundleError('not_an_object', number);
  const told = value as Record<string, unknown>;
  const said = (name: string) => (typeof told[name] === 'string' ? (told[name] as string) : '');
  return { text, id: said('id'), type: said('type'), name: said('name') || said('value') };
}

// A STIX object, a bundle, or an envelope of TAXII.
export function splitBundle(input: string): Split {
  const text = input.replace(/^\ufeff/, '').trim();
  if (text === '') throw new BundleError('empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BundleError('not_json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BundleError('no_objects');
  const members = membersOf(text);
  const objects = members.get('objects');
  const said = (value as Record<string, unknown>).x_comity_to_offices;
  const toOffices = Array.isArray(said) ? said.filter((one): one is string => typeof one === 'string') : [];
  if (objects?.startsWith('[')) {
    const pieces = elementsOf(objects).map((piece, i) => pieceOf(piece, i + 1));
    if (pieces.length === 0) throw new BundleError('no_objects');
    return { pieces, toOffices };
  }
  if (!members.has('id') || !members.has('type')) throw new BundleError('no_objects');
  return { pieces: [pieceOf(text, 1)], toOffices: [] };
}

// The body of POST /agreements/ID/items: the pieces as they are.
export function envelopeOf(pieces: Piece[], toOffices: string[]): string {
  const offices = toOffices.length > 0 ? `,"x_comity_to_offices":${JSON.stringify(toOffices)}` : '';
  return `{"objects":[${pieces.map((piece) => piece.text).join(',')}]${offices}}`;
}

// The body of POST /previews that asks who would see each.
export function previewOf(pieces: Piece[], agreement: string, toOffices: string[]): string {
  const offices = toOffices.length > 0 ? `,"to_offices":${JSON.stringify(toOffices)}` : '';
  const one = (piece: Piece) =>
    `{"kind":"contribute","body":{"agreement":${JSON.stringify(agreement)},"object":${piece.text}${offices}}}`;
  return `{"commands":[${pieces.map(one).join(',')}],"questions":["who_sees","refused?"]}`;
}
