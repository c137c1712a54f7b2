// Who is told of a site or a zone: not the filer's choice at each filing but that of the clauses, to which each recipient has consented.
// Made of the texts that this office is party to.
import { get } from '../../lib/api';
import type { Agreement, AgreementRow, Clause, Selector } from '../agreements/forms';

export interface Recipients {
  agreement: string;
  title: string;
  clause: string;
  text: string; // of the clause, as its parties wrote it
  to: string[];
  level: 'warning' | 'reference' | 'details'; // of a notice about a site at the least
}

// `others` and `each` are the offices of the text; what is not told stands as it is.
function namesOf(selector: Selector | undefined, agreement: Agreement): string[] {
  if (Array.isArray(selector)) return selector;
  if (selector !== 'each' && selector !== 'others') return [];
  return (agreement.participants ?? []).flatMap((one) => one.offices ?? [one.party]);
}

function covers(names: string[], office: string): boolean {
  return names.includes(office) || names.includes(office.split('/')[0]!);
}

function toldOf(agreement: Agreement, clause: Clause, office: string, what: 'site' | 'zone'): Pick<Recipients, 'to' | 'level'> | undefined {
  const without = (names: string[]) => names.filter((name) => name !== office && name !== office.split('/')[0]);
  if (what === 'site' && clause.type === 'notify' && clause.about === 'site' && covers(namesOf(clause.from, agreement), office))
    return { to: without(namesOf(clause.to, agreement)), level: 'warning' };
  if (what === 'site' || clause.type !== 'deconflict' || !clause.between) return undefined;
  const sides = clause.between.map((side) => namesOf(side, agreement));
  const own = sides.findIndex((side) => covers(side, office));
  if (own < 0) return undefined;
  const level = (Array.isArray(clause.level) ? clause.level[1 - own] : clause.level) as Recipients['level'];
  return level === 'warning' ? undefined : { to: without(sides[1 - own]!), level };
}

export function recipientsIn(agreement: Agreement, office: string, what: 'site' | 'zone'): Recipients[] {
  const standing = agreement.status.standing?.[office.split('/')[0]!]?.state ?? 'party';
  if (agreement.status.state !== 'in_force' || standing !== 'party') return [];
  return (agreement.clauses ?? []).flatMap((clause) => {
    const told = toldOf(agreement, clause, office, what);
    return told?.to.length ? [{ agreement: agreement.id, title: agreement.title ?? agreement.id, clause: clause.id, text: clause.text, ...told }] : [];
  });
}

export async function textsInForce(): Promise<Agreement[]> {
  const rows: AgreementRow[] = [];
  for (let more = true; more; ) {
    const told = await get<{ agreements: AgreementRow[]; more: boolean }>('/agreements' + (rows.length ? `?next=${encodeURIComponent(rows.at(-1)!.id)}` : ''));
    rows.push(...told.agreements);
    more = told.more && told.agreements.length > 0;
  }
  const running = rows.filter((one) => one.title !== undefined && one.status.state === 'in_force');
  return Promise.all(running.map((one) => get<Agreement>(`/agreements/${encodeURIComponent(one.id)}`)));
}
