// The catalogue of all strings, by key. English first; another language is another catalogue with the same keys, and its
// direction. A key that a language lacks is said in English.
import { account } from '../strings/account';
import { agreements } from '../strings/agreements';
import { exchange } from '../strings/exchange';
import { people } from '../strings/people';
import { public as publicPage } from '../strings/public';
import { shell } from '../strings/shell';
import { sites } from '../strings/sites';
import { tour } from '../strings/tour';
import { watch } from '../strings/watch';

const english = { ...shell, ...watch, ...sites, ...agreements, ...exchange, ...publicPage, ...tour, ...people, ...account };

export type Key = keyof typeof english;
export type Catalogue = Partial<Record<Key, string>>;

export interface Language {
  code: string;
  dir: 'ltr' | 'rtl';
  strings: Catalogue;
}

let language: Language = { code: 'en', dir: 'ltr', strings: english };

export function useLanguage(other: Language) {
  language = other;
  document.documentElement.lang = other.code;
  document.documentElement.dir = other.dir;
}

// What stands under the key, with its {places} filled in.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text: string = language.strings[key] ?? english[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

// One of two, by number: keys `what.one` and `what.many` with {n}.
export function count(one: Key, many: Key, n: number): string {
  return t(n === 1 ? one : many, { n });
}
