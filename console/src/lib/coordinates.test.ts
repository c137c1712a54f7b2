import { describe, expect, it } from 'vitest';
import { ddOf, dmsOf, mgrsOf, readPlace, type Point } from './coordinates';

function point(text: string): Point | string {
  const read = readPlace(text);
  return 'place' in read ? read.place.point : read.wrong;
}

describe('places as they are typed', () => {
  const here: Point = [261000000, 413200000];
  it.each([
    '41.32N 26.10E', '41.32 26.10', '41.32, 26.10', 'N41.32 E26.10', '41.32°N, 26.10°E', '26.10E 41.32N', `41°19'12"N 26°06'00"E`, '41°19′12″N 26°06′00″E',
    '41 19 12 N 26 06 00 E', "41°19.2'N 026°06.0'E", '411912N 0260600E', '4119.2N 02606E', 'N411912 E0260600', '41:19:12N 26:06:00E', 'geo:41.32,26.10', '+41.32 +26.1',
  ])('%s', (text) => expect(point(text)).toEqual(here));

  it('south and west are below zero', () => expect(point('33°30\'S 070°15\'W')).toEqual([-702500000, -335000000]));
  it('a square of MGRS is kept as it was typed, and its middle is shown', () => {
    const read = readPlace('35tmf12345678');
    expect('place' in read && read.place.mgrs).toBe('35T MF 1234 5678');
    expect(mgrsOf((read as { place: { point: Point } }).place.point)).toBe('35T MF 1234 5678');
  });
  it.each(['91 10', '41.32', 'nowhere', '41°70\'N 26°E', '41N 26N', '35T MF 123 45', '41.5°30\'N 26°E'])('refuses %s', (text) => expect(typeof point(text)).toBe('string'));
});

describe('places as they are shown', () => {
  it('in three ways', () => {
    const place: Point = [391980000, 352800000];
    expect(ddOf(place)).toBe('35.28000N 39.19800E');
    expect(dmsOf(place)).toBe(`35°16'48"N 039°11'53"E`);
    expect(mgrsOf(place)).toMatch(/^37S [A-Z]{2} \d{4} \d{4}$/);
  });
  it('what is shown is read as the same place', () => {
    for (const shown of [ddOf([-702512345, -335000001], 7), ddOf([1799999999, 899999999], 7)]) expect(ddOf(point(shown) as Point, 7)).toBe(shown);
  });
});
