import { expect, it } from 'vitest';
import type { Volume } from './features';
import { rowsOf } from './rows';

const volume = (id: string, from: number, until: number, kind: Volume['kind'] = 'own'): Volume => ({ kind, id, name: id, from, until, urgent: false, ring: [] });

it('one row for each thing, conflicts first, what touches is one bar', () => {
  const { rows } = rowsOf([volume('a', 0, 5), volume('a', 5, 9), volume('a', 20, 30), volume('c', 3, 4, 'cell'), volume('s', 0, 99, 'site'), volume('late', 200, 300)], { from: 0, until: 100 });
  expect(rows.map((one) => one.id)).toEqual(['c', 'a']);
  expect(rows[1]!.spans).toEqual([{ from: 0, until: 9 }, { from: 20, until: 30 }]);
});

it('what does not fit is counted', () => {
  expect(rowsOf(Array.from({ length: 100 }, (_, i) => volume(String(i), 0, 1)), { from: 0, until: 10 })).toMatchObject({ left: 60 });
});
