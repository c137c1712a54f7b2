// Who gets what of an item, in words: the edition by its terms, or why not.
import { listed, wordOf } from '../../lib/say';
import { t } from '../../lib/strings';
import { metresText, secondsText } from '../agreements/quantities';
import type { Audience, Field, Seen, Terms, WhyReason } from './forms';

function fieldText(field: Field): string {
  if (field.grid_m) return t('see.field.grid', { name: field.name, length: metresText(field.grid_m) });
  if (field.round_s) return t('see.field.round', { name: field.name, time: secondsText(field.round_s) });
  return field.name;
}

export function termsText(terms: Terms): string {
  const parts: string[] = [];
  if (terms.fields !== 'all') parts.push(t('see.fields', { fields: listed(terms.fields.map(fieldText)) }));
  else if (terms.less_exactly) parts.push(t('see.less_exactly', { fields: listed(terms.less_exactly.map(fieldText)) }));
  else parts.push(t('see.all'));
  const without = [...(terms.prohibited ?? []), ...(terms.marked ?? [])];
  if (without.length) parts.push(t('see.without', { fields: listed(without) }));
  if (terms.attribution === 'centre') parts.push(t('see.centre'));
  return parts.join(t('say.comma'));
}

export function isWhole(terms: Terms | undefined): boolean {
  if (!terms || terms.fields !== 'all' || terms.attribution === 'centre') return false;
  return !terms.less_exactly && !terms.prohibited && !terms.marked;
}

export function reasonText(reason: WhyReason): string {
  const why = wordOf('why', reason.why);
  if (!reason.clause) return t('why.agreement', { why, agreement: reason.agreement });
  return t('why.clause', { why, agreement: reason.agreement, clause: reason.clause });
}

// Each reason once, with all clauses of which it is said.
export function reasonsText(reasons: WhyReason[]): string {
  const clauses = new Map<string, string[]>();
  for (const one of reasons) {
    const key = `${one.why} ${one.agreement}`;
    clauses.set(key, [...(clauses.get(key) ?? []), ...(one.clause ? [one.clause] : [])]);
  }
  const firsts = reasons.filter((one, i) => reasons.findIndex((other) => other.why === one.why && other.agreement === one.agreement) === i);
  return firsts
    .map((one) => {
      const of = clauses.get(`${one.why} ${one.agreement}`)!;
      return reasonText(of.length ? { ...one, clause: listed(of) } : one);
    })
    .join('; ');
}

export function seenText(seen: Seen): string {
  if (seen.given) return seen.terms ? termsText(seen.terms) : t('see.all');
  return reasonsText(seen.reasons ?? []);
}

export interface Counted {
  given: string[];
  withheld: string[];
}

// Over all agreements: who gets it under one of them has it.
export function counted(audiences: Audience[]): Counted {
  const all = audiences.flatMap((one) => one.offices);
  const given = [...new Set(all.filter((one) => one.given).map((one) => one.office))].sort();
  const withheld = [...new Set(all.filter((one) => !one.given).map((one) => one.office))];
  return { given, withheld: withheld.filter((office) => !given.includes(office)).sort() };
}

export interface OfficeSum {
  office: string;
  whole: number;
  edition: number;
  withheld: number;
}

// Of a preview: for each office, how many of the objects it would get, and how.
export function summed(audiences: Audience[]): OfficeSum[] {
  const sums = new Map<string, OfficeSum>();
  for (const seen of audiences.flatMap((one) => one.offices)) {
    const sum = sums.get(seen.office) ?? { office: seen.office, whole: 0, edition: 0, withheld: 0 };
    if (!seen.given) ++sum.withheld;
    else if (isWhole(seen.terms)) ++sum.whole;
    else ++sum.edition;
    sums.set(seen.office, sum);
  }
  return [...sums.values()].sort((a, b) => a.office.localeCompare(b.office));
}
