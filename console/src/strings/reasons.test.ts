import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reasons } from './reasons';

it('every reason of the server has its sentence here, and no other', () => {
  const told = readFileSync('../src/model/reasons.inc', 'utf8');
  const codes = [...told.matchAll(/^REASON\(\d+, (\w+),/gm)].map((found) => found[1]!);
  expect(codes.length).toBeGreaterThan(50);
  expect(Object.keys(reasons).sort()).toEqual(codes.sort());
});
