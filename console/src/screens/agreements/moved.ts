// What somebody else changed in a draft while it was being edited here: by clauses, which are known by their ids, and other members.
import canonicalize from 'canonicalize';
import { listed } from '../../lib/say';
import { t } from '../../lib/strings';

export interface Draft {
  clauses?: { id: string; [member: string]: unknown }[];
  [member: string]: unknown;
}

export const isSame = (a: unknown, b: unknown) => canonicalize(a) === canonicalize(b);

// What the centre tells of a draft is its text and its status.
export function textOf<T extends { status?: unknown }>({ status: _, ...text }: T): Omit<T, 'status'> {
  return text;
}

// As sentences; none: it is as it was.
export function movedIn(was: Draft, is: Draft): string[] {
  const before = new Map(was.clauses?.map((one) => [one.id, one])), after = new Map(is.clauses?.map((one) => [one.id, one]));
  const ids = (all: Iterable<string>, which: (id: string) => boolean) => [...all].filter(which);
  const members = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => name !== 'clauses' && !isSame(was[name] ?? null, is[name] ?? null));
  const said = [
    { key: 'draft.moved.added', what: ids(after.keys(), (id) => !before.has(id)) },
    { key: 'draft.moved.gone', what: ids(before.keys(), (id) => !after.has(id)) },
    { key: 'draft.moved.changed', what: ids(after.keys(), (id) => before.has(id) && !isSame(before.get(id), after.get(id))) },
    { key: 'draft.moved.members', what: members },
  ] as const;
  const sentences = said.filter(({ what }) => what.length).map(({ key, what }) => t(key, { what: listed(what) }));
  return sentences.length || isSame(was, is) ? sentences : [t('draft.moved.order')];
}
