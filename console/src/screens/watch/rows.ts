// The rows of the timeline: one for each thing with times in the window, what urgent things are first.
import type { Window } from './conductor';
import type { Kind, Volume } from './features';

export interface Span { from: number; until: number }
export interface Row { id: string; name: string; kind: Kind; spans: Span[] }

const at_most = 40;
const order: Kind[] = ['stray', 'cell', 'own', 'other', 'constraint'];

export function rowsOf(volumes: Volume[], window: Window): { rows: Row[]; left: number } {
  const rows = new Map<string, Row>();
  for (const one of volumes) {
    if (!order.includes(one.kind) || one.until <= window.from || one.from >= window.until) continue;
    const key = `${one.kind} ${one.id}`;
    const row = rows.get(key) ?? { id: one.id, name: one.name, kind: one.kind, spans: [] };
    addSpan(row.spans, one);
    rows.set(key, row);
  }
  const all = [...rows.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.spans[0]!.from - b.spans[0]!.from);
  return { rows: all.slice(0, at_most), left: Math.max(0, all.length - at_most) };
}

// Many volumes of one thing at the same times are one bar.
function addSpan(spans: Span[], one: Span) {
  const same = spans.find((span) => span.from <= one.until && one.from <= span.until);
  if (!same) spans.push({ from: one.from, until: one.until });
  else [same.from, same.until] = [Math.min(same.from, one.from), Math.max(same.until, one.until)];
}
