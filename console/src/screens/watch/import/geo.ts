// GeoJSON (RFC 7946), and the geozones of EUROCAE: ED-318, which is GeoJSON with more in it, and ED-269, which has a form of its own.
import { t } from '../../../lib/strings';
import { emptyDraft, fault, most, remark, Unreadable, type Draft, type LatLng, type Limit, type Volume } from './draft';
import { describe, fieldOf, limit, Said } from './fields';
import { readClock, readMoment, readReference, readUnit, type Edge } from './values';

// A value with the way to it.
export interface At {
  value: unknown;
  where: string;
}

export function member(of: At, name: string): At | undefined {
  const value = of.value && typeof of.value === 'object' && !Array.isArray(of.value) && Object.hasOwn(of.value, name) ? (of.value as Record<string, unknown>)[name] : undefined;
  return value === undefined || value === null ? undefined : { value, where: `${of.where}/${name}` };
}
const isList = (of: At | undefined): of is At => Array.isArray(of?.value);
const elements = (of: At | undefined): At[] => (isList(of) ? (of.value as unknown[]).map((value, i) => ({ value, where: `${of.where}/${i}` })) : []);
const orOne = (of: At | undefined): At[] => (isList(of) ? elements(of) : of ? [of] : []);
const textOf = (of: At | undefined) => (typeof of?.value === 'string' || typeof of?.value === 'number' ? String(of.value) : '');
const text = (of: At | undefined, name: string) => textOf(of && member(of, name));
const number = (of: At | undefined, name: string): number | undefined => {
  const value = of && member(of, name)?.value;
  return typeof value === 'number' ? value : undefined;
};

function position(draft: Draft, of: At | undefined): LatLng | undefined {
  const [lng, lat] = Array.isArray(of?.value) ? (of.value as unknown[]) : [];
  if (typeof lng === 'number' && typeof lat === 'number') return { lat, lng };
  fault(draft, t('import.fault.position', { at: of?.where ?? '' }));
  return undefined;
}

export function openRing(points: LatLng[]): LatLng[] {
  const same = (a: LatLng | undefined, b: LatLng | undefined) => a?.lat === b?.lat && a?.lng === b?.lng;
  const ring = points.filter((one, i) => i === 0 || !same(one, points[i - 1]));
  while (ring.length > 1 && same(ring[0], ring.at(-1))) ring.pop();
  return ring;
}

// The outline; a hole is filled.
function outline(draft: Draft, rings: At | undefined): LatLng[] {
  const [outer, ...holes] = elements(rings);
  if (holes.length) remark(draft, t('import.remark.hole'));
  const points = elements(outer).map((one) => position(draft, one));
  const ring = points.includes(undefined) ? [] : openRing(points as LatLng[]);
  if (!points.includes(undefined) && (ring.length < 3 || ring.length > most.corners)) fault(draft, t('import.fault.ring', { at: outer?.where ?? rings?.where ?? '', n: most.corners }));
  return ring.length < 3 || ring.length > most.corners ? [] : ring;
}

function limitOf(draft: Draft, of: At, side: [value: string, reference: string], unit: string): Limit | undefined {
  const place = member(of, side[0]);
  if (!place || textOf(place).toLowerCase() === 'unl') return undefined;
  const value = typeof place.value === 'number' ? place.value : undefined;
  const measure = readUnit(unit), reference = readReference(text(of, side[1]));
  if (value !== undefined && measure === 'FL') return { value, unit: 'FL', reference: 'AMSL' };
  if (value !== undefined && measure && reference) return { value, unit: measure, reference };
  fault(draft, t('import.fault.altitude', { field: place.where }));
  return undefined;
}

interface Sizes { radius_m?: number; uncertainty_m?: number }

function addVolume(draft: Draft, volume: Volume, geometry: At) {
  const layer = member(geometry, 'layer');
  if (layer) {
    const unit = text(layer, 'uom');
    volume.low = limitOf(draft, layer, ['lower', 'lowerReference'], unit);
    volume.high = limitOf(draft, layer, ['upper', 'upperReference'], unit);
  }
  if (draft.volumes.length === most.volumes) fault(draft, t('import.fault.volumes', { n: most.volumes }));
  if (draft.volumes.length <= most.volumes) draft.volumes.push(volume);
}

function addPoint(draft: Draft, coordinates: At, geometry: At, sizes: Sizes) {
  const at = position(draft, coordinates);
  if (!at) return;
  const extent = member(geometry, 'extent');
  const radius = extent ? number(extent, 'radius') : sizes.radius_m;
  if (extent && (text(extent, 'subType') !== 'Circle' || radius === undefined)) return fault(draft, t('import.fault.circle', { at: extent.where }));
  addVolume(draft, { shape: radius === undefined ? 'point' : 'circle', points: [at], radius_m: radius ?? sizes.uncertainty_m }, geometry);
}

function addPolygon(draft: Draft, rings: At, geometry: At) {
  const points = outline(draft, rings);
  if (points.length) addVolume(draft, { shape: 'polygon', points }, geometry);
}

function addGeometry(draft: Draft, geometry: At, sizes: Sizes) {
  const type = text(geometry, 'type'), coordinates = member(geometry, 'coordinates');
  if (type === 'GeometryCollection') elements(member(geometry, 'geometries')).forEach((one) => addGeometry(draft, one, sizes));
  else if (/LineString$/.test(type)) fault(draft, t('import.fault.line', { at: geometry.where }));
  else if (!isList(coordinates) || !/^(Multi)?(Point|Polygon)$/.test(type)) fault(draft, t('import.fault.geometry', { at: geometry.where }));
  else
    for (const one of type.startsWith('Multi') ? elements(coordinates) : [coordinates])
      if (type.endsWith('Point')) addPoint(draft, one, geometry, sizes);
      else addPolygon(draft, one, geometry);
}

const systems = ['urn:ogc:def:crs:OGC:1.3:CRS84', 'urn:ogc:def:crs:OGC::CRS84', 'OGC:CRS84', 'urn:ogc:def:crs:EPSG::4326', 'EPSG:4326'];

function featureOf(feature: At): Draft {
  const draft = emptyDraft(feature.where || t('import.at.document'));
  draft.id = text(feature, 'id');
  const said = new Said(), properties = member(feature, 'properties');
  for (const name of Object.keys((properties?.value as object | undefined) ?? {})) said.add(fieldOf(name), text(properties, name));
  describe(draft, said);
  const sizes = { radius_m: said.number('radius', draft), uncertainty_m: said.number('uncertainty', draft) };
  const geometry = member(feature, 'geometry');
  if (geometry) addGeometry(draft, geometry, sizes);
  else fault(draft, t('import.fault.geometry', { at: draft.where }));
  limit(draft, said);
  return draft;
}

export function readGeojson(document: At): Draft[] {
  const crs = member(document, 'crs'), type = text(document, 'type'), features = member(document, 'features');
  if (crs && !systems.includes(text(member(crs, 'properties'), 'name'))) throw new Unreadable(t('import.wrong.crs'));
  if (type === 'Feature') return [featureOf(document)];
  if (type === 'FeatureCollection' && isList(features)) {
    const all = elements(features);
    if (all.length > most.places) throw new Unreadable(t('import.wrong.large', { n: most.places }));
    if (all.some((one) => text(one, 'type') !== 'Feature')) throw new Unreadable(t('import.wrong.geojson'));
    return all.map(featureOf);
  }
  if (type === 'FeatureCollection' || !member(document, 'coordinates')) throw new Unreadable(t('import.wrong.geojson'));
  const draft = emptyDraft(t('import.at.document'));
  addGeometry(draft, document, {});
  return [draft];
}

// --- geozones ---

const dayWords = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN', 'ANY'], eventWords = ['SR', 'SS', 'BMCT', 'EMCT', 'EECT'];

function edgeOf(draft: Draft, daily: At, time: string, event: string): string {
  const at = text(daily, time), on = text(daily, event);
  if (at && !on && readClock(at, 'begins')) return at;
  if (!at && eventWords.includes(on)) return on;
  fault(draft, t('import.fault.daily', { at: daily.where }));
  return '';
}

function addPeriods(draft: Draft, periods: At | undefined) {
  let always = false;
  for (const period of orOne(periods)) {
    const edge = (name: string, side: Edge) => {
      const at = readMoment(text(period, name), side);
      if (text(period, name) && !at) fault(draft, t('import.fault.time', { field: `${period.where}/${name}` }));
      return text(period, 'permanent') === 'YES' ? undefined : at;
    };
    const from = edge('startDateTime', 'begins'), until = edge('endDateTime', 'ends');
    const schedule = orOne(member(period, 'schedule')).map((daily) => {
      const days = orOne(member(daily, 'day')).map(textOf);
      if (!days.length || days.length > dayWords.length || days.some((day) => !dayWords.includes(day))) fault(draft, t('import.fault.daily', { at: daily.where }));
      return { days, start: edgeOf(draft, daily, 'startTime', 'startEvent'), end: edgeOf(draft, daily, 'endTime', 'endEvent') };
    });
    always ||= !from && !until && !schedule.length;
    draft.windows.push({ from, until, schedule });
  }
  if (always) draft.windows = [];
}

// The first that has a text; a plain text where an older file has one.
const textIn = (texts: At | undefined) => elements(texts).map((one) => text(one, 'text')).find(Boolean) ?? textOf(texts);

function zoneOf(where: string, zone: At, periods: string): Draft {
  const draft = emptyDraft(where), country = text(zone, 'country');
  draft.id = (country && `${country}/`) + text(zone, 'identifier');
  draft.name = textIn(member(zone, 'name')) || text(zone, 'identifier');
  const [authority] = orOne(member(zone, 'zoneAuthority'));
  draft.source = authority ? textIn(member(authority, 'name')) : '';
  addPeriods(draft, member(zone, periods));
  return draft;
}

function judge(draft: Draft, restriction: string): Draft {
  draft.kind = draft.windows.length && draft.windows.every((one) => one.until) ? 'temporary_restriction' : 'other';
  if (restriction === 'NO_RESTRICTION') remark(draft, t('import.remark.unrestricted'));
  return draft;
}

function addProjection(draft: Draft, part: At) {
  const shape = member(part, 'horizontalProjection'), type = text(shape, 'type'), unit = text(part, 'uomDimensions');
  let volume: Volume;
  if (type === 'Circle') {
    const at = position(draft, member(shape!, 'center')), radius_m = number(shape, 'radius');
    if (!at || radius_m === undefined) return fault(draft, t('import.fault.circle', { at: shape!.where }));
    if (unit.toLowerCase() === 'ft') remark(draft, t('import.remark.feet'));
    volume = { shape: 'circle', points: [at], radius_m };
  } else {
    const points = type === 'Polygon' ? outline(draft, member(shape!, 'coordinates')) : [];
    if (type !== 'Polygon') fault(draft, t('import.fault.geometry', { at: part.where }));
    if (!points.length) return;
    volume = { shape: 'polygon', points };
  }
  volume.low = limitOf(draft, part, ['lowerLimit', 'lowerVerticalReference'], unit);
  volume.high = limitOf(draft, part, ['upperLimit', 'upperVerticalReference'], unit);
  draft.volumes.push(volume);
}

function zonesIn(document: At): At[] {
  const list = isList(document) ? document : ['features', 'UASZoneList', 'UASZoneVersion'].map((name) => member(document, name)).find(isList);
  const all = elements(list);
  if (!list || all.some((one) => !one.value || typeof one.value !== 'object')) throw new Unreadable(t('import.wrong.zones'));
  if (all.length > most.places) throw new Unreadable(t('import.wrong.large', { n: most.places }));
  return all;
}

export function readEd269(document: At): Draft[] {
  return zonesIn(document).map((zone) => {
    const draft = zoneOf(zone.where, zone, 'applicability'), parts = elements(member(zone, 'geometry'));
    if (!parts.length) fault(draft, t('import.fault.geometry', { at: zone.where }));
    if (parts.length > most.volumes) fault(draft, t('import.fault.volumes', { n: most.volumes }));
    else parts.forEach((part) => addProjection(draft, part));
    return judge(draft, text(zone, 'restriction'));
  });
}

export function readEd318(document: At): Draft[] {
  return zonesIn(document).map((feature) => {
    const zone = member(feature, 'properties') ?? feature, draft = zoneOf(feature.where, zone, 'limitedApplicability');
    const geometry = member(feature, 'geometry');
    if (geometry) addGeometry(draft, geometry, {});
    else fault(draft, t('import.fault.geometry', { at: feature.where }));
    return judge(draft, text(zone, 'type'));
  });
}

// By the first zone of the list, as each standard must have it.
export function readJson(text_: string): Draft[] {
  let value: unknown;
  try {
    value = JSON.parse(text_);
  } catch (why) {
    throw new Unreadable(t('import.wrong.json', { why: (why as Error).message }));
  }
  const document: At = { value, where: '' };
  const [first] = elements(member(document, 'features')), properties = first && member(first, 'properties');
  const old = isList(document) || member(document, 'UASZoneList') || member(document, 'UASZoneVersion') || (first && isList(member(first, 'geometry')));
  if (old) return readEd269(document);
  const zone = properties && ['identifier', 'country', 'type', 'variant'].every((name) => member(properties, name));
  return zone ? readEd318(document) : readGeojson(document);
}
