// Keys that are put together, as t(`watch.side.${…}`): the compiler checks them where the type is a list of words; here are the words themselves,
// as the sources of the server have them, and all places where the compiler does not look.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isKey } from '../lib/strings';

const server = (file: string) => readFileSync(`../src/${file}`, 'utf8');
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((one) => one[1]!);
// case Kind::one: return "word";
const casesOf = (file: string, kind: string) => found(server(file), new RegExp(`case (?:model::)?${kind}::\\w+: return "(\\w+)"`, 'g'));
const namesOf = (file: string, list: string) => found(new RegExp(`${list}\\[\\] = \\{(.*?)\\};`, 's').exec(server(file))![1]!, /"(\w+)"/g);

const conflicts = 'release/conflict_words.cc', notices = 'release/told_conflicts.cc', parties = 'release/told_parties.cc';
const answers = casesOf(notices, 'NoticeAnswer').filter((one) => one !== 'none'); // of what is no answer no reply is made

it.each([
  ['watch.side.*', casesOf('release/other_side.cc', 'Answered')],
  ['watch.state.*', casesOf(notices, 'NoticeEnd')],
  ['watch.log.ended.*', casesOf(notices, 'NoticeEnd')],
  ['watch.answered.*', answers],
  ['watch.log.*', answers],
  ['watch.about.*', casesOf(conflicts, 'NoticeAbout')],
  ['watch.level.*', casesOf(conflicts, 'Level')],
  ['told.level.*', casesOf(conflicts, 'Level')],
  ['site.kind.*', casesOf(conflicts, 'SiteKind')],
  ['watch.intent.*', casesOf(parties, 'IntentState')],
  ['people.role.*', namesOf(parties, 'role_names')],
  ['people.right.*', namesOf(parties, 'right_names')],
  ['host.f.*', found(server('model/quotas.inc'), /^QUOTA\(\d+, (\w+)/gm)],
])('every %s that the server may say has its string', (pattern, words) => {
  expect(words.length).toBeGreaterThan(1);
  expect(words.map((one) => pattern.replace('*', one)).filter((one) => !isKey(one))).toEqual([]);
});

// Where a key is taken to be one without the compiler's word, and why that holds.
const unchecked: Record<string, string> = {
  'host.f.*': 'limits above; the others are named in proposals.ts, and proposals.test.ts asks for them',
  'public.state.*': 'looked up among the known ones just before',
  'import.finding.*': 'by the type of what says a finding without a text of its own',
  'watch.alarm.*': 'of a list of words in urgency.ts',
};

it('no other key is put together without a check', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.(svelte|ts)$/.test(file) && !/\.test\.ts$/.test(file));
  const made = files.flatMap((file) => found(readFileSync(`src/${file}`, 'utf8'), /`([^`]*\$\{[^`]*)`\)? as Key\b/g));
  const patterns = new Set(made.map((one) => one.replace(/\$\{[^}]*\}/g, '*')));
  expect([...patterns].sort()).toEqual(Object.keys(unchecked).sort());
});
