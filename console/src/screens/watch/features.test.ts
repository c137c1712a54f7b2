import { expect, it } from 'vitest';
import { boundsOf, collectionOf, isAt, volumesOf } from './features';
import type { Conflict, Intent } from './told';

const intent = (i: number): Intent => ({
  id: `intent-${i}`, ovn: 'o', version: 1, state: i % 7 ? 'Accepted' : 'Contingent', operation: 'flight',
  extents: [{ polygon: [[i, 0], [i + 10, 0], [i + 10, 10]], low_mm: 0, high_mm: 1000, from: '2026-01-31T12:00:00.000000Z', until: '2026-01-31T13:00:00.000000Z' }],
});
const conflict: Conflict = {
  notice: 3, about: 'intent', intent: 'intent-1', level: 'warning', contingent: false, volumes: [{ south_e7: 0, north_e7: 10, west_e7: 0, east_e7: 10, low_mm: 5 }],
};

it('squares of a conflict lie over the plans, and without times they are there always', () => {
  const all = volumesOf({ intents: [intent(1)], conflicts: [conflict], sites: [], constraints: [] });
  expect(all.map((one) => one.kind)).toEqual(['own', 'cell']);
  expect(isAt(all[0]!, Date.parse('2026-01-31T13:00:00Z'))).toBe(false);
  expect(isAt(all[1]!, 0)).toBe(true);
  expect(all[1]!.ring).toHaveLength(5);
});

it('ten thousand volumes are one collection, with their bounds', () => {
  const all = volumesOf({ intents: Array.from({ length: 10_000 }, (_, i) => intent(i)), conflicts: [], sites: [], constraints: [] });
  expect(collectionOf(all).features).toHaveLength(10_000);
  expect(boundsOf(all)).toEqual([0, 0, 0.0010009, 0.000001]);
});
