import { expect, it } from 'vitest';
import type { Agreement } from '../agreements/forms';
import { recipientsIn } from './recipients';

const clause = (more: object) => ({ text: '…', ...more });
const agreement = {
  id: 'relief.sites', title: 'Sites', status: { state: 'in_force', since: '', standing: { relief: { state: 'party', since: '' }, us: { state: 'suspended', since: '' } } },
  participants: [{ party: 'relief', offices: ['relief/liaison'] }, { party: 'us', offices: ['us/defense'] }, { party: 'ru' }],
  clauses: [
    clause({ id: 'sites', type: 'notify', about: 'site', from: ['relief/liaison'], to: ['us/defense', 'ru'] }), clause({ id: 'plans', type: 'notify', about: 'intent', from: 'each', to: 'others' }),
    clause({ id: 'air', type: 'deconflict', between: [['relief'], ['us/defense', 'ru/general-staff']], level: ['details', 'reference'] }), clause({ id: 'quiet', type: 'deconflict', between: [['relief'], ['ru']], level: 'warning' }),
    clause({ id: 'all', type: 'notify', about: 'site', from: 'each', to: 'others' }),
  ],
} as unknown as Agreement;
const brief = (office: string, what: 'site' | 'zone') => recipientsIn(agreement, office, what).map((one) => [one.clause, one.to, one.level]);

it('of sites by clauses that notify of them, of zones by those that show more than a warning', () => {
  expect(brief('relief/liaison', 'site')).toEqual([['sites', ['us/defense', 'ru'], 'warning'], ['all', ['us/defense', 'ru'], 'warning']]);
  expect(brief('relief/liaison', 'zone')).toEqual([['air', ['us/defense', 'ru/general-staff'], 'reference']]);
});

it('the other side may learn another level', () => expect(brief('ru/general-staff', 'zone')).toEqual([['air', ['relief'], 'details']]));

it('nobody is told by a text that does not run, or does not run for its own party', () => {
  expect(brief('us/defense', 'site')).toEqual([]);
  expect(recipientsIn({ ...agreement, status: { ...agreement.status, state: 'suspended' } }, 'relief/liaison', 'site')).toEqual([]);
});
