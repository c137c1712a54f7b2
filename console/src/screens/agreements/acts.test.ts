import { describe, expect, it } from 'vitest';

import { offered, rungs, sponsoredBy, type Situation } from './acts';

const situation = (state: string, standing: Record<string, string>, more: Partial<Situation> = {}): Situation => ({
  own: 'ru',
  acts: [],
  agreement: { id: 'ru.x', status: { state, since: '' }, clauses: [] },
  status: {
    state,
    since: '',
    standing: Object.fromEntries(Object.entries(standing).map(([party, one]) => [party, { state: one, since: '' }])),
  },
  ...more,
});
const act = (kind: string, party: string) => ({ kind, party, time: '' });

describe('the acts that are offered', () => {
  it('of a draft are those of sponsors', () => {
    expect(offered(situation('draft', {}))).toEqual(['sponsor', 'table_agreement']);
    expect(offered(situation('tabled', {}, { acts: [act('sponsor', 'ru')] }))).toEqual(['unsponsor']);
  });

  it('of an open text is the signature', () => {
    expect(offered(situation('open', { ru: 'negotiating' }))).toEqual(['sign']);
  });

  it('of a text in force are those by which one leaves', () => {
    expect(offered(situation('in_force', { ru: 'party', us: 'party' }))).toEqual(['suspend', 'withdraw']);
    expect(offered(situation('in_force', { ru: 'suspended' }))).toEqual(['resume', 'withdraw']);
    expect(offered(situation('in_force', { ru: 'party', us: 'suspended' }))).toEqual(['suspend', 'resume', 'withdraw']);
    expect(offered(situation('in_force', { ru: 'withdrawing' }))).toEqual(['take_back_withdrawal']);
    expect(offered(situation('in_force', { ru: 'suspended_withdrawing' }))).toEqual(['resume', 'take_back_withdrawal']);
  });

  it('of what is over are none, but for prohibitions that stand', () => {
    expect(offered(situation('terminated', { ru: 'former' }))).toEqual([]);
    const clauses = [{ id: 'x', type: 'prohibit', text: '' }];
    const ended = { id: 'ru.x', status: { state: 'terminated', since: '' }, clauses };
    expect(offered(situation('terminated', {}, { agreement: ended }))).toEqual(['end_prohibition']);
  });

  it('know who stands behind a draft', () => {
    expect([...sponsoredBy([act('sponsor', 'ru'), act('sponsor', 'iq'), act('unsponsor', 'ru')])]).toEqual(['iq']);
  });
});

describe('the ladder', () => {
  const said = (state: string) => rungs(state).map((one) => `${one.state}:${one.how}`);
  it('shows what is passed and what lies ahead', () => {
    expect(said('tabled')).toEqual(['draft:done', 'tabled:now', 'open:ahead', 'in_force:ahead']);
    expect(said('adopted')[2]).toBe('open:now');
  });
  it('shows how it stopped', () => {
    expect(said('suspended').at(-1)).toBe('suspended:now');
    expect(said('withdrawn')).toEqual(['draft:done', 'tabled:done', 'withdrawn:now']);
    expect(said('lapsed')).toEqual(['draft:done', 'tabled:done', 'open:done', 'lapsed:now']);
  });
});
