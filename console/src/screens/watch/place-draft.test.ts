import { expect, it } from 'vitest';
import { bodyOfPlace, draftOfSite, draftOfZone, emptyPlace, reconfirmFault } from './place-draft';
import type { Site } from './told';

const now = Date.parse('2026-01-31T12:00:00Z');
const site = { ...emptyPlace('site', now), id: 'x', name: 'Field hospital', source: 'its director', places: '35.28N 39.20E', width_m: '100' };

it('a site is a point with how far off it may be, there always, to be confirmed in ninety days', () => {
  expect(bodyOfPlace(site, now)).toEqual({ wrong: [], body: {
    id: 'x', kind: 'hospital', name: 'Field hospital', source: 'its director', measured: '', reconfirm_by: '2026-05-01T00:00:00.000000Z',
    extents: [{ point: { at: [392000000, 352800000], uncertainty_m: 100 } }],
  } });
});

it('a zone has times and may have one limit', () => {
  const { body, wrong } = bodyOfPlace({ ...emptyPlace('zone', now), id: 'x', places: '35 39\n35 40\n36 40', high: '1400 m AMSL' }, now);
  expect(wrong).toEqual([]);
  expect(body).toEqual({ id: 'x', extents: [{ polygon: [[390000000, 350000000], [400000000, 350000000], [400000000, 360000000]], high: { value: 1400, unit: 'm', reference: 'AMSL' }, from: '2026-01-31T12:00:00.000000Z', until: '2026-01-31T18:00:00.000000Z' }] });
});

it('says what is wrong, field by field', () => {
  const { wrong } = bodyOfPlace({ ...site, name: ' ', source: 'x'.repeat(281), reconfirm: '2026-01-30', width_m: '', until: 'soon', schedule: 'MON 8-9' }, now);
  expect(wrong.map((one) => one.field).sort()).toEqual(['name', 'reconfirm', 'schedule', 'source', 'until', 'width_m']);
  expect(bodyOfPlace({ ...emptyPlace('zone', now), places: '35 39\n35 40\n36 40', from: '' }, now).wrong.map((one) => one.field)).toEqual(['from']);
  expect([reconfirmFault('2028-01-31', now), reconfirmFault('2028-02-02', now) !== '', reconfirmFault('', now) !== '']).toEqual(['', true, true]);
});

const polygon = [[0, 0], [10, 0], [10, 10]] as [number, number][];
const told: Site = {
  id: 'x', version: 3, kind: 'school', name: 'School', source: 'cluster', measured: 'GPS', reconfirm_by: '2026-05-01T09:00:00.000000Z', stale: false, extents: [{ polygon, from: '2026-02-01T00:00:00.000000Z' }],
  said: { extents: [{ circle: { centre: '35.2800N 39.2000E', radius_m: 300 }, high: { value: 120, unit: 'm', reference: 'AGL' }, ground: { low: { value: 100, unit: 'm', reference: 'AMSL' }, high: { value: 200, unit: 'm', reference: 'AMSL' } }, from: '2026-02-01T00:00:00.000000Z' }],
    schedule: { utc_offset_minutes: 180, periods: [{ days: ['MON'], from: '08:00', until: '16:00' }] } },
};

it('what is changed says again what was said, and keeps what was not touched', () => {
  const { body, wrong } = bodyOfPlace({ ...draftOfSite(told), name: 'School 4' }, now);
  expect(wrong).toEqual([]);
  expect(body).toEqual({ id: 'x', at: 3, kind: 'school', name: 'School 4', source: 'cluster', measured: 'GPS', reconfirm_by: told.reconfirm_by, schedule: told.said!.schedule,
    extents: [{ circle: { centre: [392000000, 352800000], radius_m: 300 }, high: { value: 120, unit: 'm', reference: 'AGL' }, ground: { low: { value: 100, unit: 'm', reference: 'AMSL' }, high: { value: 200, unit: 'm', reference: 'AMSL' } }, from: '2026-02-01T00:00:00.000000Z' }] });
});

it('several volumes stay as they are', () => {
  const extents = [{ polygon, low_mm: 1500, high_mm: 2500 }, { polygon }];
  expect(draftOfSite({ ...told, said: undefined, extents })).toMatchObject({ shape: 'kept', kept: [{ polygon, low: { value: 1 }, high: { value: 3 } }, { polygon }] });
  const said = { extents: [{ point: { at: polygon[0], uncertainty_m: 5 } }, { high: { value: 3, unit: 'FL', reference: 'FL' } }] };
  expect(bodyOfPlace(draftOfSite({ ...told, said, extents }), now).body.extents).toEqual([said.extents[0], { polygon, ...said.extents[1] }]);
  expect(draftOfZone({ id: 'z', office: 'ru/x', version: 1, ovn: 'o', extents: [extents[0]!] })).toMatchObject({ at: 'o', shape: 'polygon', low: '1 m', from: '' });
});
