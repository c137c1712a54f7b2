import { expect, it } from 'vitest';
import type { Volume } from './features';
import { profileOf } from './profile';

const volume = (low_m: number | undefined, high_m: number | undefined, lng = 0): Volume => ({
  kind: 'own', id: `${low_m}`, name: '', from: 0, until: 10, urgent: false, low_mm: low_m && low_m * 1000, high_mm: high_m && high_m * 1000, ring: [[lng, 0], [lng + 1, 0], [lng, 1], [lng, 0]],
});

it('bands that overlap stand side by side, others above one another', () => {
  const { bands, lanes } = profileOf([volume(1000, 2000), volume(1500, 3000), volume(2000, 4000)], 5, undefined);
  expect(bands.map((one) => one.lane)).toEqual([0, 1, 0]);
  expect(lanes).toBe(2);
});

it('only what is there at the time and in view; open ends reach the edge', () => {
  const { bands, top_m } = profileOf([volume(undefined, undefined), volume(1000, 9000, 50)], 5, [-1, -1, 2, 2]);
  expect(bands).toHaveLength(1);
  expect([bands[0]!.low_m, bands[0]!.high_m]).toEqual([0, top_m]);
  expect(profileOf([volume(0, 1)], 10, undefined).bands).toEqual([]);
});
