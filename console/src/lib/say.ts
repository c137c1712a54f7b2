// Lists as people say them, and words of the server's forms as the catalogue has them.
import { agreements } from '../strings/agreements';
import { exchange } from '../strings/exchange';
import { t, type Key } from './strings';

function joined(all: string[], key: 'say.and' | 'say.or'): string {
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : t(key, { all: all.slice(0, -1).join(t('say.comma')), last });
}

export const listed = (all: string[]) => joined(all, 'say.and');
export const either = (all: string[]) => joined(all, 'say.or');

const catalogue: object = { ...agreements, ...exchange };

// A word of the forms, as `state.in_force`; one that this console does not know yet is shown as it is.
export function wordOf(prefix: string, word: string, values: Record<string, string | number> = {}): string {
  const key = `${prefix}.${word}`;
  return Object.hasOwn(catalogue, key) ? t(key as Key, values) : word.replaceAll('_', ' ');
}
