import { expect, it } from 'vitest';
import { isKey } from '../../lib/strings';
import { type Context, formOf, type Kind, kinds, kindsFor, type Values } from './proposals';
import type { Host } from './told';

const host: Host = {
  ruleset: 1, time: '2026-01-01T00:00:00.000000Z', proposals: [], suspended: [], destinations: [], issuers: [],
  limits: [{ limit: 'drafts', value: 20, least: 1, usual: 20, most: 100, what: '' }, { limit: 'people', value: 50, least: 1, usual: 50, most: 1000, what: '' }],
};
const context: Context = { host, party: 'host', parties: ['ru', 'il'], offices: ['host/operations'] };
const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const body = (kind: Kind, values: Values, where = context) => formOf(kind).body({ ...formOf(kind).begin(where), ...values }, where);

it('proposes nothing before everything is there', () => {
  for (const kind of kinds) if (kind !== 'advance_time' && kind !== 'adopt_ruleset') expect(body(kind, {}), kind).toBeUndefined();
  expect(body('register_party', { slug: 'ge', name: 'Georgia', key: 'AAEC', office: 'mfa', admin: 'nino' })).toBeUndefined();
  expect(body('emergency_suspend', { target: 'ru', hours: '73', reason: 'x' })).toBeUndefined();
  expect(body('set_roles', { person: 'anna@ru' })).toBeUndefined(); // of another party
});

it('every field that it asks for has a name', () => {
  for (const kind of kinds) expect(formOf(kind).fields(context).map((one) => `host.f.${one.name}`).filter((one) => !isKey(one)), kind).toEqual([]);
});

it('of limits, only those that change', () => {
  expect(body('set_limits', { drafts: '50' })).toEqual({ drafts: 50 });
  expect(body('set_limits', { drafts: '101' })).toBeUndefined();
  expect(body('set_limits', { drafts: 'x' })).toBeUndefined();
});

it('makes the bodies that the centre reads', () => {
  const party = { slug: 'ge', name: ' Georgia ', key, office: 'mfa', admin: 'nino' };
  expect(body('register_party', party)).toEqual({ ...party, name: 'Georgia', kind: 'state', listing: 'listed' });
  expect(body('register_party', { ...party, recovery_keys: `${key} ${key}`, recovery_needed: '2' })).toMatchObject({ recovery_keys: [key, key], recovery_needed: 2 });
  expect(body('set_roles', { person: 'anna@host', officer_key: key })).toEqual({ person: 'anna@host', office: 'host/operations', roles: ['host'], officer_key: key });
  expect(body('recover_key', { key })).toEqual({ party: 'ru', key });
  expect(body('emergency_suspend', { target: 'ru', reason: 'lost' })).toEqual({ party: 'ru', lasts: 'PT24H', reason: 'lost' });
  expect(body('emergency_suspend', { target: 'ru.baghdad-centre', hours: '1', reason: 'lost' })).toMatchObject({ agreement: 'ru.baghdad-centre' });
  expect(body('adopt_ruleset', {})).toEqual({ ruleset: 2 });
  expect(body('advance_time', { to: '2026-03-01 12:30' })).toEqual({ to: '2026-03-01T12:30:00.000000Z' });
  expect(body('allow_framework', { framework: 'attack', title: 'A', root: 'ff', objects: '3' })).toEqual({ framework: 'attack', title: 'A', root: 'ff', objects: 3 });
});

it('offers what makes sense: of a journal that was put back, what was lost, with its numbers', () => {
  expect(kindsFor(context)).not.toContain('restored');
  const back = { ...context, host: { ...host, put_back: { cause: 'shorter', from: 100, known: 120, epoch: 1 } } };
  expect(kindsFor(back)).toContain('restored');
  expect(body('restored', {}, back)).toEqual({ from: 100, to: 120, epoch: 1 });
  expect(body('restored', { lost_to: '99' }, back)).toBeUndefined();
});
