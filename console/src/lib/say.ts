// Lists as people say them, and words of the server's forms as the catalogue has them.
import { inert } from './inert';
import { isKey, t } from './strings';

function joined(all: string[], key: 'say.and' | 'say.or'): string {
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : t(key, { all: all.slice(0, -1).join(t('say.comma')), last });
}

export const listed = (all: string[]) => joined(all, 'say.and');
export const either = (all: string[]) => joined(all, 'say.or');

// A word of the forms, as `state.in_force`; one that this console does not know yet is shown as it is.
export function wordOf(prefix: string, word: string, values: Record<string, string | number> = {}): string {
  const key = `${prefix}.${word}`;
  return isKey(key) ? t(key, values) : inert(word.replaceAll('_', ' '));
}

// Roles and rights, say: each a word of the forms.
export function wordsOf(prefix: string, words: string[] | undefined): string {
  return (words ?? []).map((word) => wordOf(prefix, word)).join(t('say.comma'));
}
