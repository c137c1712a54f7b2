import { describe, expect, it } from 'vitest';

import type { Agreement } from './forms';
import { clauseOf, clauseTypes, frame, placeOf, withFoundingKeys } from './frame';
import { effectOf } from './sentences';

const participants = [{ party: 'ru', offices: ['ru/mfa'] }, { party: 'us', offices: ['us/state', 'us/defense'] }];

describe('a text to begin with', () => {
  it('names its sponsor and its participants', () => {
    const text = frame({ title: 'T', slug: 'new', kind: 'memorandum', party: 'ru', participants });
    expect(text).toMatchObject({ id: 'ru.new', sponsors: ['ru'], participants });
  });
  it('gets clauses of every type, under ids of their own', () => {
    for (const type of clauseTypes) {
      const clause = clauseOf(type, new Set(['share']), participants) as { id: string; type: string; text: string };
      expect(clause.id).not.toBe('share');
      expect(effectOf(clause).sentence).toMatch(/\.$/);
    }
    expect(clauseOf('contact', new Set(), participants)).toMatchObject({ ends: [['ru/mfa'], ['us/state', 'us/defense']] });
  });
});

describe('founding keys', () => {
  const text = { id: 'ru.x', status: { state: '', since: '' }, participants } as Agreement;
  const parties = [{ party: 'ru', kind: 'state', name: 'R', founding_key: 'ed25519:1' }];
  it('are put in as the centre tells them, and never in the place of another', () => {
    const done = withFoundingKeys(text, parties);
    expect(done.put).toEqual(['ru ed25519:1']);
    expect(done.text.participants![0]!.founding_key).toBe('ed25519:1');
    expect(done.text.participants![1]!.founding_key).toBeUndefined();
    expect(withFoundingKeys(done.text, parties).put).toEqual([]);
  });
});

describe('a pointer', () => {
  const json = '{ "a": [1, {"b/c": "x\\"]", "d": [true, {"e": 5}]}], "f": null }';
  it.each([
    ['/a/0', '1'],
    ['/a/1/b~1c', '"x'],
    ['/a/1/d/1/e', '5'],
    ['/f', 'null'],
    ['', '{'],
    ['/a/7', '['],
    ['/nothing', '{'],
  ])('%s leads to its value, or to what is around it', (pointer, begins) => {
    expect(json.slice(placeOf(json, pointer))).toMatch(new RegExp('^' + begins.replace(/[[\]{}"\\]/g, '\\$&')));
  });
  it('leads somewhere in a text that is none', () => {
    expect(placeOf('{"a": [1, ', '/a/3')).toBeLessThan(12);
    expect(placeOf('', '/a')).toBe(0);
  });
});
