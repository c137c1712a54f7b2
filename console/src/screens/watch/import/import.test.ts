import { readFileSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import { sha256Hex } from '../../../lib/bytes';
import { clear, refuse, type Sent } from './server.fake';
import type { Site } from '../told';
import type { IsLand } from './checks';
import { rowsOf } from './csv';
import { Unreadable, type Draft } from './draft';
import { kmlIn } from './kml';
import { asked, count, Filing, planOf, type Filling, type Planned } from './plan';
import { readPlaces } from './read';
import { readClock, readKind, readLimit, readMoment, readNumber } from './values';

// Browsers and newer Nodes know 'deflate-raw'; Debian 12's Node has it in its own way alone.
try {
  new DecompressionStream('deflate-raw');
} catch {
  const { toWeb } = Duplex as unknown as { toWeb: (stream: Duplex) => DecompressionStream };
  Object.assign(globalThis, { DecompressionStream: function () { return toWeb(createInflateRaw()); } });
}

const now = Date.parse('2026-11-30T09:00:00Z');
const file = (name: string) => new Uint8Array(readFileSync(`../tests/vectors/places/${name}`));
const text = (said: string) => new TextEncoder().encode(said) as Uint8Array<ArrayBuffer>;
const none: Filling = { source: '', kind: '', reconfirm_by: '', uncertainty_m: '', ground: '', from: '', until: '' };
const everywhere: IsLand = () => true;
const planned = async (drafts: Draft[], fill: Partial<Filling> = {}, sites: Site[] = [], isLand = everywhere) => planOf('iq/defence', drafts, { ...none, ...fill }, sites, isLand, now);
const codes = (plan: Planned[]) => plan.map((one) => one.findings.map((finding) => finding.code));
const csv = (rows: string) => readPlaces(text(`name,lat,lon,uncertainty,kind,reconfirm_by\n${rows}`));

// The ids and bodies here are what `comity sites import --dry-run --json` says of the same files.
it('a table with HXL tags: the same sites that the command line makes of it', async () => {
  const plan = await planned(await readPlaces(file('sites.csv')), { source: 'sites.csv' });
  expect(plan.map((one) => one.id)).toEqual(['da3ce5af-8ebb-4607-8f0e-3acda8272ec2', '9c487894-2d19-417b-8658-2665435a7910', '80d10999-fbf8-4fe2-96e0-1c5cae0f620c', '38c5cfb5-d9f4-4afb-842a-26ee85ab3e93']);
  expect(plan[0]!.body).toEqual({ id: plan[0]!.id, kind: 'hospital', name: 'Field hospital "North", ward 2', source: 'health cluster', measured: 'GPS', reconfirm_by: '2096-03-31T00:00:00.000000Z', extents: [{ point: { at: [371343000, 362021000], uncertainty_m: 50 } }] });
  expect(plan[3]!.body).toMatchObject({ kind: 'water', reconfirm_by: '2096-03-31T09:00:00.000000Z' });
  expect(codes(plan).flat()).toEqual([]);
});

it('geozones of both standards, with what they leave out filled in', async () => {
  const fill = { reconfirm_by: '2096-01-31T00:00:00.000000Z', until: '2095-12-31T23:59:59.999999Z' };
  const old = await planned(await readPlaces(file('zones-ed269.json')), { ...fill, source: 'zones-ed269.json', ground: '350..900' });
  expect(old.map((one) => one.id)).toEqual(['d8ff6e58-7b09-44f1-82be-4cf91a37aadc', '6be2d876-7663-486e-90ad-a4ac2b4462ce']);
  expect(old[0]!.body!.extents).toMatchObject([{ circle: { centre: [74801000, 469612000], radius_m: 5000 }, low: { reference: 'GND' }, ground: { low: { value: 350 }, high: { value: 900 } } }, { high: { value: 4501, unit: 'ft', reference: 'AMSL' } }]);
  expect(old[1]!.body).toMatchObject({ kind: 'temporary_restriction', schedule: { utc_offset_minutes: 0, periods: [{ days: ['SAT', 'SUN'], from: '08:00', until: '20:00' }] }, extents: [{ until: fill.until }] });
  expect(codes(await planned(await readPlaces(file('zones-ed269.json')), { reconfirm_by: fill.reconfirm_by }))[0]).toContain('no_ground');
  const young = await planned(await readPlaces(file('zones-ed318.json')), { ...fill, source: 'zones-ed318.json', ground: '100..2500' });
  expect(young.map((one) => [one.id, one.body!.kind])).toEqual([['ef8cd66a-52c2-4e36-81a0-182e8028860a', 'temporary_restriction'], ['d45263d7-9a28-4be0-9d0e-9841b6d15255', 'other']]);
  expect([count(young, 'new'), asked(young)]).toEqual([2, 1]);
});

it('GeoJSON: areas, several of one, what is no place', async () => {
  const plan = await planned(await readPlaces(file('sites.geojson')), { source: 'sites.geojson' });
  expect(plan.map((one) => [one.id, one.body!.extents.length])).toEqual([['a018fb75-b02e-4614-bc90-c8b7f880d894', 1], ['11361e46-be67-4df7-ab86-83dece7ec3d5', 2]]);
  expect(codes(await planned(await readPlaces(file('points.geojson'))))).toEqual([[], ['remark', 'no_reconfirm_by', 'no_ground'], ['cannot_be_read', 'no_kind', 'no_reconfirm_by'], ['cannot_be_read', 'remark', 'no_kind', 'no_reconfirm_by']]);
});

it('the KML of an archive, octet for octet; what is none is refused', async () => {
  expect(await sha256Hex(await kmlIn(file('sites.kmz')))).toBe('e93067abe138d3e6cc985d59b5a0d987d85925f53f2c1ca6113f1146ced333c9');
  const broken = file('sites.kmz');
  await expect(kmlIn(broken.slice(0, 100))).rejects.toThrow(Unreadable);
  broken.fill(0, 60, 200);
  await expect(kmlIn(broken)).rejects.toThrow(Unreadable);
});

it('cells with quotes, with the delimiter in them, over lines; rows know where they end', () => {
  expect(rowsOf('a;b\r\n"x;""y""\nz" ; 2\r\n\r\nq;')).toEqual([{ line: 1, cells: ['a', 'b'] }, { line: 3, cells: ['x;"y"\nz', ' 2'] }, { line: 4, cells: [''] }, { line: 5, cells: ['q', ''] }]);
  expect(() => rowsOf('a,b\n1,x"y')).toThrow(Unreadable);
  expect(() => rowsOf('a,b\n1,"never')).toThrow(Unreadable);
});

it.each([['{"type":"Topology"}'], ['{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:3857"}},"features":[]}'], ['{'], ['name,lat\nx,1'], ['']])('%s is refused whole', async (said) => {
  await expect(readPlaces(text(said))).rejects.toThrow(Unreadable);
});

it('small texts', () => {
  expect([' +36.5 ', '1e2', '36,5', '', '--1', 'Infinity'].map(readNumber)).toEqual([36.5, 100, undefined, undefined, undefined, undefined]);
  expect(['2026-02-28', '2026-02-30', '2026-01-31T12:00Z', '2026-01-31 12:00:00.1234567+03:00', '2026-01-31T12:00:00', '2026-01-31T25:00Z'].map((one) => readMoment(one, 'begins')))
    .toEqual(['2026-02-28T00:00:00.000000Z', undefined, '2026-01-31T12:00:00.000000Z', '2026-01-31T09:00:00.123456Z', undefined, undefined]);
  expect(readMoment('2026-02-28', 'ends')).toBe('2026-02-28T23:59:59.999999Z');
  expect([readClock('08:00:30Z', 'begins'), readClock('08:00:30+02:00', 'ends'), readClock('24:00Z', 'ends'), readClock('24:01Z', 'ends'), readClock('08:00', 'begins')])
    .toEqual([{ minutes: 480, offset: 0 }, { minutes: 481, offset: 120 }, { minutes: 1440, offset: 0 }, undefined, undefined]);
  expect(['Health_Facility', 'place-of-worship', 'bakery'].map(readKind)).toEqual(['hospital', 'heritage', undefined]);
  expect(['120 m AGL', '400ft amsl', 'FL95', 'GND', '120', '10 AGL', '5 km AGL'].map(readLimit))
    .toEqual([{ value: 120, unit: 'm', reference: 'AGL' }, { value: 400, unit: 'ft', reference: 'AMSL' }, { value: 95, unit: 'FL', reference: 'AMSL' }, { value: 0, unit: 'm', reference: 'AGL' }, undefined, { value: 10, unit: 'm', reference: 'AGL' }, undefined]);
});

it('swapped axes: by land, and by where the others lie', async () => {
  const sea = (at: { lat: number; lng: number }) => at.lng > 30; // west of it there is none
  expect(codes(await planned(await csv('A,36.2,12.1,50,hospital,2096-01-01'), {}, [], (at) => at.lat < 30))).toEqual([['swapped_axes']]);
  expect(codes(await planned(await csv('A,36.2,12.1,50,hospital,2096-01-01\nB,36.2,12.1,50,temporary_restriction,2096-01-01'), {}, [], () => false))).toEqual([['in_the_sea'], ['duplicate']]);
  const rows = 'A,36.1,47.1,50,school,2096-01-01\nB,36.2,47.2,50,school,2096-01-01\nC,36.3,47.3,50,school,2096-01-01\nD,47.0,36.2,50,school,2096-01-01';
  expect(codes(await planned(await csv(rows), {}, [], sea))).toEqual([[], [], [], ['swapped_axes']]);
});

it('what cannot be filed is refused, each for its reason', async () => {
  const rows = ['A,0,0,50,school,2096-01-01', 'B,95,36,50,school,2096-01-01', 'C,36,47,,school,2096-01-01', 'D,36.5,47,50,school,2020-01-01', ',36.6,47,50,,', 'F,36.7,47,70000,bakery,2096-01-01', 'G,x,47,50,school,2096-01-01'];
  expect(codes(await planned(await csv(rows.join('\n'))))).toEqual([['null_island'], ['impossible'], ['no_uncertainty'], ['reconfirm_in_the_past'], ['no_name', 'no_kind', 'no_reconfirm_by'], ['remark', 'impossible'], ['cannot_be_read']]);
  const bow = { type: 'Feature', properties: { name: 'Bow', kind: 'camp', reconfirm_by: '2096-01-01' }, geometry: { type: 'Polygon', coordinates: [[[47, 36], [48, 37], [48, 36], [47, 37], [47, 36]]] } };
  expect(codes(await planned(await readPlaces(text(JSON.stringify(bow)))))).toEqual([['no_ring']]);
  expect(codes(await planned(await csv('A,36,47,50,school,2096-01-01\nA,36,47,50,school,2096-01-01')))).toEqual([[], ['identity_twice', 'duplicate']]);
});

const siteOf = (one: Planned): Site => ({ ...(one.body as never as Site), version: 4, stale: false, extents: [{ polygon: [[470000000, 360000000], [470000100, 360000000], [470000100, 360000100]] }], said: { extents: one.body!.extents } });

it('a second import changes what has changed, and leaves the rest', async () => {
  const rows = ['A,36,47,50,school,2096-01-01', 'B,37,48,50,school,2096-01-01'];
  const first = await planned(await csv(rows.join('\n')), { source: 'x' });
  const sites = first.map(siteOf);
  expect((await planned(await csv(rows.join('\n')), { source: 'x' }, sites)).map((one) => one.doing)).toEqual(['same', 'same']);
  const again = await planned(await csv(rows.join('\n').replace('48,50', '48,90')), { source: 'x' }, sites);
  expect(again.map((one) => [one.doing, one.body!.at])).toEqual([['same', 4], ['changed', 4]]);
  expect((await planned(await csv(rows[0]!), { source: 'y' }, sites)).map((one) => [one.doing, ...codes([one]).flat()])).toEqual([['new', 'duplicate']]);
});

afterEach(() => vi.unstubAllGlobals());

it('all or nothing: where the server refuses a new one, the others are withdrawn again and no change is sent', async () => {
  const rows = 'A,36,47,50,school,2096-01-01\nB,37,48,50,school,2096-01-01\nC,38,49,50,school,2096-01-01';
  const first = await planned(await csv(rows), { source: 'x' });
  const changed = siteOf({ ...first[2]!, body: { ...first[2]!.body!, name: 'was' } });
  const plan = await planned(await csv(rows), { source: 'x' }, [changed]);
  const sent: Sent[] = refuse(vi, (command) => command.body.name === 'B');
  expect(await new Filing().send(plan)).toBe(false);
  expect(sent.map((list) => list.map((one) => [one.kind, one.body.name ?? one.body.at]))).toEqual([[['put_site', 'A'], ['put_site', 'B']], [['withdraw_site', 1]]]);
  expect(plan.map((one) => [one.filed, !!one.refusal])).toEqual([[false, false], [false, true], [false, false]]);
  const all = clear(vi);
  expect(await new Filing().send(plan)).toBe(true);
  expect(all.map((list) => list.length)).toEqual([2, 1]);
  expect(plan.every((one) => one.filed)).toBe(true);
});
