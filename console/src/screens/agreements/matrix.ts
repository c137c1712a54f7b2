// The matrix: from which party to which, which clauses run now, as far as the viewer may know. It is made of what the centre
// tells of each agreement (`/agreements/ID/matrix`); what is not told is not there, and nothing is counted.
export interface MatrixRow {
  from: string;
  to: string;
  clause: string;
  type: string;
}

export interface Running extends MatrixRow {
  agreement: string;
}

export interface Cell {
  from: string;
  to: string;
  runs: Running[]; // by agreement, then kind, then name
  kinds: Kind[]; // each once, in the order of the legend
}

export interface Matrix {
  parties: string[]; // the viewer's own first, then by name
  cells: Map<string, Cell>;
}

// In the order of the legend. Each has a letter and a shape beside its colour.
export const kinds = ['grant', 'deconflict', 'notify', 'contact', 'prohibit'] as const;
export type Kind = (typeof kinds)[number];

const rank = (run: Running) => (isKind(run.type) ? kinds.indexOf(run.type) : kinds.length);

export const keyOf = (from: string, to: string) => from + '>' + to;

export const isKind = (type: string): type is Kind => (kinds as readonly string[]).includes(type);

// The centre tells a clause with two sides once; it runs both ways.
function bothWays(rows: MatrixRow[]): MatrixRow[] {
  const told = new Set(rows.map((row) => `${row.clause} ${keyOf(row.from, row.to)}`));
  const back = rows
    .filter((row) => row.type === 'deconflict' || row.type === 'contact')
    .map((row) => ({ ...row, from: row.to, to: row.from }))
    .filter((row) => !told.has(`${row.clause} ${keyOf(row.from, row.to)}`));
  return [...rows, ...back];
}

export function matrixOf(told: Map<string, MatrixRow[]>, own: string): Matrix {
  const cells = new Map<string, Cell>();
  const names = new Set<string>();
  for (const agreement of [...told.keys()].sort())
    for (const row of bothWays(told.get(agreement)!)) {
      names.add(row.from).add(row.to);
      const key = keyOf(row.from, row.to);
      const cell = cells.get(key) ?? { from: row.from, to: row.to, runs: [], kinds: [] };
      cell.runs.push({ ...row, agreement });
      cells.set(key, cell);
    }
  for (const cell of cells.values()) {
    cell.runs.sort((a, b) => a.agreement.localeCompare(b.agreement) || rank(a) - rank(b) || a.clause.localeCompare(b.clause));
    cell.kinds = kinds.filter((kind) => cell.runs.some((run) => run.type === kind));
  }
  const parties = [...names].sort((a, b) => Number(b === own) - Number(a === own) || a.localeCompare(b));
  return { parties, cells };
}

export function cellOf(matrix: Matrix, from: string, to: string): Cell | undefined {
  return matrix.cells.get(keyOf(from, to));
}

export function countOf(cell: Cell, kind: Kind): number {
  return cell.runs.filter((run) => run.type === kind).length;
}

// Where the arrow, Home and End keys lead in a grid of n by n; null: the key means something else.
export function moved(at: { row: number; column: number }, key: string, n: number, dir: 'ltr' | 'rtl' = 'ltr'): { row: number; column: number } | null {
  const last = n - 1;
  const forth = dir === 'rtl' ? -1 : 1; // of the columns, as one looks to the right
  const within = (value: number) => Math.max(0, Math.min(last, value));
  switch (key) {
    case 'ArrowUp':
      return { ...at, row: within(at.row - 1) };
    case 'ArrowDown':
      return { ...at, row: within(at.row + 1) };
    case 'ArrowLeft':
      return { ...at, column: within(at.column - forth) };
    case 'ArrowRight':
      return { ...at, column: within(at.column + forth) };
    case 'Home':
      return { ...at, column: 0 };
    case 'End':
      return { ...at, column: last };
    case 'PageUp':
      return { ...at, row: 0 };
    case 'PageDown':
      return { ...at, row: last };
    default:
      return null;
  }
}
