// What the centre says would follow of filings before they are filed: whether it would refuse them, and who would be told by which clause, at
// which level (`/previews`, which records and charges nothing). Of what others have filed it says nothing.
import { get, send, type Reason, type Ruling } from '../../lib/api';
import type { Command } from '../../lib/gesture';
import type { Agreement } from '../agreements/forms';

export interface WouldTell {
  agreement: string;
  clause: string;
  call?: string; // the line that goes with it
  when: 'filed' | 'met'; // as soon as it is filed, or where it meets what they have filed
  learns: 'warning' | 'reference' | 'details';
  offices: string[];
  others?: boolean; // offices that this one may not know
}

export interface Row extends WouldTell {
  of: number; // how many of the filings
  text: string; // of the clause, as its parties wrote it; empty where it is not read
}

export interface Consequence {
  refused: Reason[];
  told: Row[];
  asked: number;
}

// Of a file of sites the first ones: a preview has two seconds, and sites of one file are mostly told by the same clauses.
export const most = 100;

// What ends, or is confirmed as it is, is told to nobody anew: there it is only asked whether it would be refused.
export const isToldOf = (commands: Command[]) => commands.some((one) => one.kind.startsWith('put_'));

export function rowsOf(answers: { told: WouldTell[] }[]): Omit<Row, 'text'>[] {
  const rows = new Map<string, Omit<Row, 'text'>>();
  for (const one of answers.flatMap((answer) => answer.told)) {
    const key = JSON.stringify([one.when, one.agreement, one.clause, one.learns, one.offices, one.others]);
    rows.set(key, { ...one, of: (rows.get(key)?.of ?? 0) + 1 });
  }
  return [...rows.values()].sort((a, b) => a.when.localeCompare(b.when)); // what is told at once comes first
}

// Each reason once, however many filings it is of.
export function reasonsOf(rulings: Ruling[]): Reason[] {
  const all = rulings.filter((one) => one.outcome !== 'accepted').flatMap((one) => one.reasons);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

async function clausesOf(agreement: string): Promise<Map<string, string>> {
  const text = await get<Agreement>(`/agreements/${encodeURIComponent(agreement)}`).catch(() => undefined);
  return new Map(text?.clauses?.map((one) => [`${agreement} ${one.id}`, one.text]));
}

export async function consequenceOf(commands: Command[]): Promise<Consequence> {
  const asked = commands.slice(0, most);
  const questions = isToldOf(asked) ? ['refused?', 'who_is_told'] : ['refused?'];
  const answer = await send<{ 'refused?': Ruling[]; who_is_told?: { told: WouldTell[] }[] }>('POST', '/previews', { commands: asked, questions });
  const rows = rowsOf(answer.who_is_told ?? []);
  const texts = await Promise.all([...new Set(rows.map((one) => one.agreement))].map(clausesOf));
  const textOf = new Map(texts.flatMap((one) => [...one]));
  const told = rows.map((one) => ({ ...one, text: textOf.get(`${one.agreement} ${one.clause}`) ?? '' }));
  return { refused: reasonsOf(answer['refused?']), told, asked: asked.length };
}
