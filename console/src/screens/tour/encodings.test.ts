import { describe, expect, it } from 'vitest';

import { foundIn, isLongEnough, withoutJsonEscapes, withoutPercent, wordOf } from './encodings';

const word = wordOf('Kingfisher');

describe('a word in a text', () => {
  it('is found as it is, in any case, and backwards', () => {
    expect(foundIn(word, '{"name":"the KINGFISHER note"}')).toContain('plain');
    expect(foundIn(word, 'rehsifgnik')).toContain('reversed');
    expect(foundIn(word, '{"name":"a heron"}')).toEqual([]);
  });

  it('is found in base64 at each offset, whatever stands around it', () => {
    for (const before of ['', 'a', 'ab', 'abc'])
      expect(foundIn(word, btoa(`${before}Kingfisher and more`)).join()).toMatch(/base64/);
    expect(foundIn(wordOf('>>>???>>>'), btoa('x>>>???>>>y').replaceAll('+', '-').replaceAll('/', '_')).join()).toMatch(/for URLs/);
  });

  it('is found in hexadecimal of either case', () => {
    const digits = [...'Kingfisher'].map((letter) => letter.charCodeAt(0).toString(16)).join('');
    expect(foundIn(word, digits.toUpperCase()).join()).toMatch(/hexadecimal/);
  });

  it('is found behind escapes, up to three layers', () => {
    expect(foundIn(word, '%4B%69ngfisher')).toContain('plain, escaped');
    expect(foundIn(word, '\\u004bingfisher')).toContain('plain, escaped');
    expect(foundIn(word, '\\\\u004bingfisher')).toContain('plain, escaped');
    expect(foundIn(wordOf('тайна'), encodeURIComponent('тайна'))).toContain('plain, escaped');
  });

  it('has four octets or more', () => {
    expect(isLongEnough('abc')).toBe(false);
    expect(isLongEnough('яя')).toBe(true);
  });
});

it('undoes escapes one layer at a time', () => {
  expect(withoutJsonEscapes('a\\n\\u0041\\\\n')).toBe('a\nA\\n');
  expect(withoutPercent('%2541 %zz %')).toBe('%41 %zz %');
});
