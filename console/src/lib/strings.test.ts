import { afterEach, expect, it, vi } from 'vitest';
import { direction, stepOf } from './direction.svelte';
import { run, t, useLanguage, type Key } from './strings';

const english = { code: 'en', dir: 'ltr', strings: {} } as const;

vi.stubGlobal('document', { documentElement: {} });
afterEach(() => {
  useLanguage(english);
  direction.choice = 'auto';
});

it('keeps names of the other way in their own order, and leaves the rest as it is', () => {
  expect(t('who.moved', { office: 'ru/mfa', person: 'anna@ru' })).toBe('This page now acts for ru/mfa, as anna@ru.');
  expect(t('missing.title')).toBe('There is nothing here');
  expect(t('item.delete.title', { name: '\u05d3\u05d5\u05d7' })).toContain('\u2068\u05d3\u05d5\u05d7\u2069');
});

it('on a page from right to left English keeps its own order, full stop included', () => {
  direction.choice = 'rtl';
  expect(t('table.empty')).toBe('\u2066Nothing here.\u2069');
});

it('in a language from right to left ids in a sentence keep theirs; what it lacks is English', () => {
  useLanguage({ code: 'he', dir: 'rtl', strings: { 'items.given': '\u05d0\u05ea\u05d4 \u05e4\u05d5\u05e2\u05dc \u05d1\u05e9\u05dd {office}' } });
  expect(direction.current).toBe('rtl');
  expect(t('items.given', { office: 'il/general-staff' })).toBe('\u05d0\u05ea\u05d4 \u05e4\u05d5\u05e2\u05dc \u05d1\u05e9\u05dd \u2068il/general-staff\u2069');
  expect(t('table.empty')).toBe('\u2066Nothing here.\u2069');
});

it('arrow keys lead where the text does', () => {
  expect(stepOf({ key: 'ArrowRight' })).toBe(1);
  direction.choice = 'rtl';
  expect([stepOf({ key: 'ArrowRight' }), stepOf({ key: 'ArrowLeft' }), stepOf({ key: 'Tab' })]).toEqual([-1, 1, 0]);
});

it('a range begins with what is lower, whichever way the page runs', () => {
  direction.choice = 'rtl';
  expect(t('range.metres', { low: '6,144', high: '8,192' })).toBe('\u20666,144–8,192 m\u2069');
  expect(run('14:30Z – 15:00Z')).toBe('\u206614:30Z – 15:00Z\u2069');
  direction.choice = 'auto';
  expect(run('14:30Z – 15:00Z')).toBe('14:30Z – 15:00Z');
});

it('a key that the catalogue lacks is shown as it is, and is an error where one develops', () => {
  const unknown = 'watch.side.unheard_of' as Key;
  expect(() => t(unknown)).toThrow(unknown);
  vi.stubEnv('DEV', false);
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(t(unknown)).toBe(unknown);
  expect(said).toHaveBeenCalledOnce();
  vi.unstubAllEnvs();
  said.mockRestore();
});

it('what others wrote does not turn a sentence, whatever it holds', () => {
  const said = (name: string) => t('item.delete.title', { name });
  const plain = said('NAME');
  expect(said('\u2067abc')).toBe(plain.replace('NAME', '\\u{2067}abc'));
  expect(said('\u202dabc\u202c')).toBe(plain.replace('NAME', '\\u{202d}abc\\u{202c}'));
  expect(said('\u05d3\u2069\u202eabc')).toBe(plain.replace('NAME', '\u2068\u05d3\\u{2069}\\u{202e}abc\u2069'));
});

it('a sentence in a sentence keeps its isolates', () => {
  const inner = t('item.delete.title', { name: '\u05d3\u05d5\u05d7' });
  expect(t('item.delete.title', { name: inner })).toBe(t('item.delete.title', { name: 'NAME' }).replace('NAME', `\u2068${inner}\u2069`));
});
