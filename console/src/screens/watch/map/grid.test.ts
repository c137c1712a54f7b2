import { expect, it } from 'vitest';
import { graticule, squares, stepFor } from './grid';

it('a handful of lines at every zoom', () => {
  for (const width of [360, 90, 20, 3, 0.4]) {
    const { lines } = graticule([30, 30, 30 + width, 30 + width / 2]);
    expect(lines.coordinates.length).toBeGreaterThan(2);
    expect(lines.coordinates.length).toBeLessThan(30);
  }
  expect(stepFor(8)).toBe(2);
});

it('labels say degrees and minutes, and east of 180 is west', () => {
  const texts = graticule([178, -0.6, 182, 0.6]).labels.map((one) => one.text);
  expect(texts).toContain('179°W');
  expect(texts).toContain('0°');
  expect(graticule([39, 35, 40, 35.6]).labels.map((one) => one.text)).toContain('39°30\'E');
});

it('squares of MGRS around a place, larger ones from farther away, none from afar', () => {
  const near = squares([39, 35, 39.5, 35.3]);
  expect(near.labels.some((one) => /^[A-Z]{2} \d\d$/.test(one.text))).toBe(true);
  expect(near.lines.coordinates.length).toBeGreaterThan(8);
  const far = squares([36, 33, 42, 37]);
  expect(far.labels.some((one) => /^37S[A-Z]{2}$/.test(one.text))).toBe(true);
  expect(squares([-180, -80, 180, 80]).labels).toEqual([]);
});
