// What the machine does because of a clause, in the words that people are shown before they sign.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { Agreement, Clause } from './forms';
import { durationText, metresText } from './quantities';
import { conditionText, effectOf, effectOfRow } from './sentences';

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../tests/vectors/agreements/${name}.json`, import.meta.url), 'utf8')) as Agreement;

const centre = sample('joint-information-centre');
const flight = sample('flight-safety');
const clause = (agreement: Agreement, id: string) => agreement.clauses!.find((one) => one.id === id)!;
const sentence = (agreement: Agreement, id: string) => effectOf(clause(agreement, id), agreement).sentence;
const terms = (agreement: Agreement, id: string) => effectOf(clause(agreement, id), agreement).terms;

describe('a grant', () => {
  const of = (more: Partial<Clause>): Clause => ({ id: 'x', type: 'grant', text: '', from: 'each', to: 'others', ...more });

  it('says who gives what to whom', () => {
    const all = { types: ['report', 'threat-actor', 'identity'], labels_any: ['isil'], marking_max: 'amber', unmarked: 'allow' };
    expect(effectOf(of({ items: all, fields: 'all' })).sentence).toBe(
      'Each participant gives the other participants reports, threat actors and identities, labelled “isil”, marked up to TLP:AMBER, or not marked.',
    );
    expect(effectOf(of({ from: ['ru/mfa', 'us'], to: [], items: {} })).sentence).toBe(
      'ru/mfa and us give nobody everything contributed under this agreement.',
    );
  });

  it('says how coarse, how late, in whose name and how far', () => {
    const made = of({
      fields: { only: ['name', 'latitude'] },
      precision: { location: { grid_m: 8192 }, time: { round_s: 4096 } },
      attribution: 'centre',
      delay: 'PT1H',
      onward: 'none',
      retention: 'P90D',
      recall: 'oblige',
      applies_from: { date: '2026-11-28T00:00:00.000000Z' },
    });
    expect(effectOf(made).terms).toEqual([
      'only name and latitude',
      'places on squares of 8,192 m',
      'times down to 1 hour 8 minutes 16 seconds',
      'in the centre’s name, not its originator’s',
      '1 hour after it was contributed',
      'may not be passed on',
      'kept for at most 90 days',
      'a recall has to be obeyed',
      'from 2026-11-28',
    ]);
  });
});

describe('the other types', () => {
  it('say what is kept apart, and what is told of it', () => {
    expect(sentence(flight, 'airspace')).toBe(
      'Where operations of us/defense and ru/general-staff come too near each other, both are told that there is a conflict, and no plan.',
    );
    expect(terms(flight, 'airspace')).toContain('nearer than 9,260 m (5 NM), 300 m of height and 15 minutes');
    expect(terms(flight, 'airspace')).toContain('to call: military-line');
  });

  it('say what is announced, and when it is to be answered', () => {
    expect(sentence(flight, 'volumes')).toBe(
      'Each participant announces to the other participants the airspace that it will use.',
    );
    expect(terms(flight, 'safety-of-life')).toContain('humanitarian: runs on when the agreement is suspended');
  });

  it('say between whom a line is, and what is only words', () => {
    expect(sentence(flight, 'military-line')).toBe(
      'us/defense and ru/general-staff keep a line open to each other, in en or ru.',
    );
    expect(sentence(flight, 'conduct')).toMatch(/^Words for people/);
  });

  it('say how far a prohibition reaches', () => {
    expect(sentence(flight, 'no-intelligence')).toMatch(/^Not passed from each participant to the other participants: anything contributed/);
    const wide = { ...clause(flight, 'no-intelligence'), scope: 'between_participants' };
    expect(effectOf(wide).sentence).toMatch(/^While this stands, no agreement at all passes .*: anything\.$/);
  });

  it('say what the text around a clause does with it', () => {
    expect(terms(centre, 'no-reuse')).toEqual([
      'runs on when the agreement is suspended',
      'runs on when the agreement has ended',
    ]);
  });

  it('do not pretend to know what they do not know', () => {
    expect(effectOf({ id: 'x', type: 'consult', text: '' }).sentence).toMatch(/does not know clauses of this type/);
  });

  it('have a sentence for every clause of the samples', () => {
    for (const agreement of [centre, flight])
      for (const one of agreement.clauses!) expect(effectOf(one, agreement).sentence, one.id).toMatch(/^\S.*\.$/);
  });
});

describe('a row of a grant diff', () => {
  it('reads as the clause does, between those it is between', () => {
    const row = { clause: 'x', type: 'grant', items: {}, fields: 'all' as const };
    expect(effectOfRow(row, 'ru', ['iq', 'sy']).sentence).toBe(
      'ru gives iq and sy everything contributed under this agreement.',
    );
  });
});

describe('quantities', () => {
  it('are said as people say them', () => {
    expect(durationText('P30D')).toBe('30 days');
    expect(durationText('PT15M')).toBe('15 minutes');
    expect(durationText('PT0S')).toBe('no time');
    expect(durationText('P1M')).toBe('P1M');
    expect(metresText(9260)).toBe('9,260 m (5 NM)');
    expect(metresText(12_345)).toBe('12.3 km');
    expect(metresText(0)).toBe('0 m');
  });

  it('and conditions too', () => {
    expect(conditionText({ consents: 'all' })).toBe('all participants have signed');
    expect(conditionText({ any_of: [{ in_force: 'ru.x' }, { consents: ['ru', 'us'] }] })).toBe(
      'ru.x is in force or ru and us have signed',
    );
  });
});
