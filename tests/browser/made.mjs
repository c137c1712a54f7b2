// What these tests file and give: objects of STIX 2.1, flights, and words that stand nowhere else.
import { randomUUID } from 'node:crypto';

export function report(name, more = {}) {
  const time = new Date().toISOString();
  return { type: 'report', spec_version: '2.1', id: `report--${randomUUID()}`, created: time, modified: time, published: time, name, labels: ['isil'], object_refs: [`campaign--${randomUUID()}`], ...more };
}

const metres = (value) => ({ value, unit: 'm', reference: 'W84' });
const wire = (ms) => new Date(ms).toISOString().replace('Z', '000Z');

// A corridor; places as they are typed, times in minutes from now.
export function flight(along, low, high, from, until, id = randomUUID()) {
  return { id, state: 'Accepted', extents: [{ corridor: { along, half_width_m: 2000 }, low: metres(low), high: metres(high), from: wire(Date.now() + from * 60_000), until: wire(Date.now() + until * 60_000) }] };
}

export const across = { us: ['36.0512N 40.3107E', '34.8813N 40.3121E'], ru: ['35.3179N 39.6171E', '35.3391N 40.9013E'] };
export const pastTheHospital = ['35.4127N 39.2003E', '35.1173N 39.2009E'];

// The corners of an office's plan as the centre keeps them, in integers and in degrees.
export function wordsOf(intent) {
  const all = new Set([intent.id]);
  for (const one of intent.extents)
    for (const [lng, lat] of one.polygon) for (const e7 of [lng, lat]) all.add(String(e7)).add(`${Math.trunc(e7 / 1e7)}.${String(e7 % 1e7).padStart(7, '0')}`);
  return [...all];
}
