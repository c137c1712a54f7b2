import { describe, expect, it } from 'vitest';

import { counted, seenText, summed, termsText } from './audience';
import { briefOf } from './brief';
import { filterOf, isNone, keepFilters, matches, noFilter, savedFilters, withFilter } from './filters';
import type { ItemRow } from './forms';
import { tlp } from './made';

const row: ItemRow = {
  id: 'report--1', type: 'report', version: '', date_added: '', form: 'whole', agreement: 'ru.il-staff', clause: 'exchange',
};
const brief = briefOf({ type: 'report', name: 'Fuel near Deir', labels: ['isil'], object_marking_refs: [tlp.green, tlp.red] });

function store(): Storage {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) } as unknown as Storage;
}

describe('a filter', () => {
  it('finds every word somewhere, and nothing that is not told', () => {
    expect(matches(row, brief, { ...noFilter, q: 'deir ISIL' })).toBe(true);
    expect(matches(row, brief, { ...noFilter, q: 'deir hidden' })).toBe(false);
    expect(matches(row, undefined, { ...noFilter, q: 'report--1' })).toBe(true);
    expect(matches(row, brief, { ...noFilter, agreement: 'ru.other' })).toBe(false);
    expect(matches(row, brief, { ...noFilter, form: 'whole', type: 'report' })).toBe(true);
    expect(isNone(filterOf({ as: 'x' }))).toBe(true);
  });

  it('is kept for one person in one office and one list, under one name once', () => {
    const kept = store();
    keepFilters(kept, 'ana@ru ru/mfa', 'received', withFilter([{ name: 'a', filter: noFilter }], { name: 'a', filter: { ...noFilter, q: 'x' } }));
    expect(savedFilters(kept, 'ana@ru ru/mfa', 'received')).toEqual([{ name: 'a', filter: { ...noFilter, q: 'x' } }]);
    for (const other of ['ana@ru ru/general-staff', 'ben@ru ru/mfa']) expect(savedFilters(kept, other, 'received')).toEqual([]);
  });

  it.each(['', '{', '{}', '[1, null, {"name": 1}]', '[{"name": "x", "filter": {"q": {}}}]'])('survives what stands in storage: %s', (text) => {
    const kept = store();
    kept.setItem('comity-filters o r', text);
    for (const one of savedFilters(kept, 'o', 'r')) expect(one.filter).toEqual(noFilter);
  });
});

describe('an item in brief', () => {
  it('has its name, or what its type says of it', () => {
    expect(brief).toMatchObject({ name: 'Fuel near Deir', tlp: 'red', marked: false });
    expect(briefOf({ type: 'relationship', relationship_type: 'uses', source_ref: 'campaign--1', target_ref: 'tool--2' }).name).toBe('campaign uses tool');
    expect(briefOf({ type: 'opinion', opinion: 'agree' }).name).toBe('agree');
    expect(briefOf({ type: 'note', content: 'x'.repeat(500) }).name).toHaveLength(141);
    expect(briefOf({ type: 'x', name: 7, labels: 'no', object_marking_refs: [{}] }).name).toBe('');
  });
});

describe('who gets what', () => {
  const whole = { attribution: 'named', fields: 'all' as const };
  const coarse = { attribution: 'centre', fields: [{ name: 'latitude', grid_m: 8192 }, { name: 'name' }] };
  const audience = {
    agreement: 'ru.x',
    offices: [
      { office: 'iq/defence', given: true, clause: 'c', terms: whole },
      { office: 'sy/staff', given: true, clause: 'd', terms: coarse },
      { office: 'ir/staff', given: false, reasons: [{ why: 'marking', agreement: 'ru.x' }, { why: 'filter', agreement: 'ru.x', clause: 'c' }, { why: 'filter', agreement: 'ru.x', clause: 'd' }] },
    ],
  };
  it('is said in words', () => {
    expect(termsText(whole)).toBe('all of it, as you posted it');
    expect(termsText(coarse)).toBe('only latitude (to 8,192 m) and name, in the centre’s name');
    expect(seenText(audience.offices[2]!)).toBe(
      'its marking forbids it (ru.x); the clause does not cover an item like this (ru.x, c and d)',
    );
  });
  it('is counted by office, and whoever has it by one agreement has it', () => {
    const other = { agreement: 'ru.y', offices: [{ office: 'ir/staff', given: true, clause: 'e', terms: whole }] };
    expect(counted([audience])).toEqual({ given: ['iq/defence', 'sy/staff'], withheld: ['ir/staff'] });
    expect(counted([audience, other]).withheld).toEqual([]);
    expect(summed([audience, audience])[0]).toEqual({ office: 'iq/defence', whole: 2, edition: 0, withheld: 0 });
  });
});
