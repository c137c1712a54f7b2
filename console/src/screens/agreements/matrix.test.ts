import { describe, expect, it } from 'vitest';

import { cellOf, countOf, matrixOf, moved } from './matrix';

const told = new Map([
  [
    'us.flight-safety-ru',
    [
      { from: 'us', to: 'ru', clause: 'airspace', type: 'deconflict' },
      { from: 'ru', to: 'us', clause: 'volumes', type: 'notify' },
      { from: 'us', to: 'ru', clause: 'volumes', type: 'notify' },
      { from: 'us', to: 'ru', clause: 'military-line', type: 'contact' },
    ],
  ],
  [
    'ru.il-staff',
    [
      { from: 'ru', to: 'il', clause: 'exchange', type: 'grant' },
      { from: 'ru', to: 'il', clause: 'more', type: 'grant' },
      { from: 'il', to: 'ru', clause: 'exchange', type: 'grant' },
      { from: 'ru', to: 'il', clause: 'no-sources', type: 'prohibit' },
    ],
  ],
]);

describe('the matrix', () => {
  const matrix = matrixOf(told, 'ru');

  it('has the parties that were told, the viewer first', () => {
    expect(matrix.parties).toEqual(['ru', 'il', 'us']);
  });

  it('has in each cell what runs from the one to the other, and nothing between others', () => {
    const cell = cellOf(matrix, 'ru', 'il')!;
    expect(cell.runs.map((run) => run.clause)).toEqual(['exchange', 'more', 'no-sources']);
    expect(cell.kinds).toEqual(['grant', 'prohibit']);
    expect(countOf(cell, 'grant')).toBe(2);
    expect(cellOf(matrix, 'il', 'us')).toBeUndefined();
  });

  it('shows a clause with two sides from both of them', () => {
    expect(cellOf(matrix, 'ru', 'us')!.kinds).toEqual(['deconflict', 'notify', 'contact']);
    expect(cellOf(matrix, 'us', 'ru')!.runs.filter((run) => run.clause === 'airspace')).toHaveLength(1);
  });

  it('is empty where nothing is told', () => {
    expect(matrixOf(new Map([['a.b', []]]), 'ru')).toEqual({ parties: [], cells: new Map() });
  });

  it('is walked by keys and never left by them', () => {
    expect(moved({ row: 0, column: 0 }, 'ArrowUp', 3)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 0, column: 0 }, 'ArrowRight', 3)).toEqual({ row: 0, column: 1 });
    expect(moved({ row: 0, column: 0 }, 'ArrowLeft', 3, 'rtl')).toEqual({ row: 0, column: 1 });
    expect(moved({ row: 1, column: 1 }, 'End', 3)).toEqual({ row: 1, column: 2 });
    expect(moved({ row: 1, column: 1 }, 'PageDown', 3)).toEqual({ row: 2, column: 1 });
    expect(moved({ row: 1, column: 1 }, 'x', 3)).toBeNull();
  });
});
