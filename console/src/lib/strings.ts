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
import { direction } from './direction.svelte';
import { inertButIsolates } from './inert';

const english = { ...shell, ...watch, ...sites, ...agreements, ...exchange, ...publicPage, ...tour, ...people, ...account };

export type Key = keyof typeof english;
export const isKey = (text: string): text is Key => Object.hasOwn(english, text);
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
  direction.language = other.dir;
}

// Unicode's isolates (UAX #9, 2.4): what runs the other way than what is around it keeps its own order, full stops included.
const ltr = '\u2066', rtl = '\u2067', firstStrong = '\u2068', end = '\u2069';
const directed = /[\u0590-\u08ff\u200f\u2066-\u2068\ufb1d-\ufdff\ufe70-\ufefe\ud802\ud803\ud83a\ud83b]/; // the last four: halves of letters of old scripts

// A value in a sentence, which others may have written. In one from left to right only what has letters of the other way, or isolates, is
// isolated; in one from right to left everything is, since ids, hashes and coordinates are written from left to right.
function value(of: string | number, dir: 'ltr' | 'rtl'): string {
  const text = inertButIsolates(String(of));
  return dir === 'rtl' || directed.test(text) ? firstStrong + text + end : text;
}

// A range, of times or heights, reads from left to right as one run, lesser before greater, whichever way its page runs.
export function run(text: string): string {
  return direction.current === 'rtl' ? ltr + text + end : text;
}

// A key that was put together of a word of the server which this console does not know: shown as it is, for a screen that shows nothing is
// worse. While one develops it fails, and so it does in the tests in a browser, where what is written to the console is an error.
function missing(key: string): string {
  if (import.meta.env.DEV) throw new Error(`no string for ${key}`);
  console.error(`no string for ${key}`);
  return key;
}

// What stands under the key, with its {places} filled in.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const own = language.strings[key];
  const dir = own === undefined ? 'ltr' : language.dir;
  const text: string = own ?? english[key] ?? missing(key);
  const said = text.replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] === undefined ? whole : value(values[name], dir)));
  return dir === direction.current ? said : (dir === 'ltr' ? ltr : rtl) + said + end;
}

// One of two, by number: keys `what.one` and `what.many` with {n}.
export function count(one: Key, many: Key, n: number): string {
  return t(n === 1 ? one : many, { n });
}
