// What is contributed leaves as it was written, octet for octet.
import { describe, expect, it } from 'vitest';

import { BundleError, envelopeOf, previewOf, splitBundle } from './bundle';

const odd = '{ "type":"location","id":"location--1", "latitude": 35.0, "name":"a \\"b\\" ]},{ \\u00e9", "n": 1E2 }';

function trouble(text: string): string {
  try {
    splitBundle(text);
    return 'none';
  } catch (error) {
    return (error as BundleError).trouble;
  }
}

describe('a bundle', () => {
  it('is cut into its objects as they were written', () => {
    const bundle = `{"type":"bundle","id":"bundle--1","objects":[${odd}, \n {"type":"note","id":"note--1","value":"v"}]}`;
    const { pieces } = splitBundle(bundle);
    expect(pieces.map((piece) => piece.text)).toEqual([odd, '{"type":"note","id":"note--1","value":"v"}']);
    expect(pieces[0]).toMatchObject({ id: 'location--1', type: 'location', name: 'a "b" ]},{ é' });
    expect(pieces[1]!.name).toBe('v');
  });

  it('may be one object alone, behind a byte order mark', () => {
    expect(splitBundle('\ufeff' + odd + '\n').pieces[0]!.text).toBe(odd);
  });

  it('says itself to whom, where it is an envelope of TAXII', () => {
    const envelope = `{"objects":[${odd}],"x_comity_to_offices":["iq/defence", 7]}`;
    expect(splitBundle(envelope).toOffices).toEqual(['iq/defence']);
  });

  it.each([
    ['', 'empty'],
    ['{', 'not_json'],
    ['[]', 'no_objects'],
    ['{"objects":[]}', 'no_objects'],
    ['{"name":"x"}', 'no_objects'],
    ['{"objects":[1]}', 'not_an_object'],
    ['{"objects":{}}', 'no_objects'],
  ])('is refused: %s', (text, expected) => expect(trouble(text)).toBe(expected));

  it('is cut right whatever stands in it', () => {
    let state = 11;
    const next = (n: number) => (state = (state * 48271) % 2147483647) % n;
    const value = (depth: number): unknown => {
      const which = next(depth > 3 ? 4 : 6);
      if (which === 0) return next(1000) - 500;
      if (which === 1) return ['a"]},{', '\\', '\n', '“é”', ''][next(5)];
      if (which === 2) return [true, false, null][next(3)];
      if (which === 3) return next(100) / 8;
      const many = Array.from({ length: next(4) }, () => value(depth + 1));
      return which === 4 ? many : Object.fromEntries(many.map((one, i) => [`k"${i}`, one]));
    };
    for (let round = 0; round < 150; ++round) {
      const objects = Array.from({ length: 1 + next(4) }, (_, i) => ({ type: 'x-a', id: `x-a--${i}`, inside: value(0) }));
      const text = JSON.stringify({ before: value(1), objects, after: value(1) }, null, next(3));
      expect(splitBundle(text).pieces.map((piece) => JSON.parse(piece.text))).toEqual(objects);
    }
  }, 60_000);
});

describe('what is sent', () => {
  const { pieces } = splitBundle(`{"objects":[${odd}]}`);
  it('holds the object as it was written', () => {
    expect(envelopeOf(pieces, [])).toBe(`{"objects":[${odd}]}`);
    expect(envelopeOf(pieces, ['iq/defence'])).toBe(`{"objects":[${odd}],"x_comity_to_offices":["iq/defence"]}`);
  });
  it('asks first who would see it', () => {
    const asked = previewOf(pieces, 'ru.x', ['iq/defence']);
    expect(asked).toContain(`"object":${odd},"to_offices":["iq/defence"]`);
    expect(JSON.parse(asked)).toMatchObject({ questions: ['who_sees', 'refused?'], commands: [{ kind: 'contribute' }] });
  });
});
