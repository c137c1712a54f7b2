// What columns, properties and data of placemarks are called, and what becomes of their texts. Of HXL (1.1) the hashtag with one
// attribute that it must have.
import { t } from '../../../lib/strings';
import { fault, remark, type Draft } from './draft';
import { plainWord, readKind, readLimit, readMoment, readNumber, type Edge } from './values';

export type Field = 'name' | 'id' | 'latitude' | 'longitude' | 'uncertainty' | 'radius' | 'kind' | 'source' | 'measured' | 'reconfirm_by' | 'from' | 'until' | 'low' | 'high';

const headings: Record<Field, string> = {
  name: 'name|title|label|site|site name', id: 'id|code|identifier|uuid|pcode', latitude: 'lat|latitude|y', longitude: 'lon|lng|long|longitude|x',
  uncertainty: 'uncertainty|uncertainty m|accuracy|accuracy m|precision|precision m', radius: 'radius|radius m', kind: 'kind|type|category|amenity', source: 'source',
  measured: 'measured|method|how measured', reconfirm_by: 'reconfirm by|review by', from: 'from|start|valid from', until: 'until|end|valid until|expires', low: 'low|lower', high: 'high|upper',
};
const tags: Record<Field, string> = {
  name: '#loc+name', id: '#loc+id|#loc+code|#meta+id', latitude: '#geo+lat', longitude: '#geo+lon', uncertainty: '#geo+uncertainty|#geo+accuracy|#geo+precision', radius: '#geo+radius',
  kind: '#loc+type|#loc+kind', source: '#meta+source', measured: '#geo+method|#meta+method', reconfirm_by: '#date+reconfirm', from: '#date+start', until: '#date+end', low: '#geo+lower', high: '#geo+upper',
};
const fields = Object.keys(headings) as Field[];

export function fieldOf(heading: string): Field | undefined {
  return fields.find((field) => headings[field].split('|').includes(plainWord(heading)));
}

export function fieldOfTag(hashtag: string): Field | undefined {
  const [tag, ...attributes] = hashtag.replaceAll(' ', '').toLowerCase().split('+');
  return fields.find((field) => tags[field].split('|').some((one) => one.split('+')[0] === tag && attributes.includes(one.split('+')[1]!)));
}

// The texts of one place, each in one line; the first that says it counts, and an empty one says nothing.
export class Said {
  private texts = new Map<Field, string>();

  add(field: Field | undefined, text: string) {
    const plain = text.trim().replace(/[\n\r\t]/g, ' ');
    if (field && plain && !this.texts.has(field)) this.texts.set(field, plain);
  }
  text(field: Field): string {
    return this.texts.get(field) ?? '';
  }
  number(field: Field, draft: Draft): number | undefined {
    const number = readNumber(this.text(field));
    if (this.text(field) && number === undefined) fault(draft, t('import.fault.number', { field }));
    return number;
  }
}

function moment(said: Said, field: Field, edge: Edge, draft: Draft): string | undefined {
  const at = readMoment(said.text(field), edge);
  if (said.text(field) && !at) fault(draft, t('import.fault.time', { field }));
  return at;
}

// All but where it is and how large; what is there already is kept.
export function describe(draft: Draft, said: Said) {
  for (const field of ['name', 'id', 'source', 'measured'] as const) draft[field] ||= said.text(field);
  if (said.text('kind') && !draft.kind) {
    draft.kind = readKind(said.text('kind'));
    if (!draft.kind) {
      draft.kind = 'other';
      remark(draft, t('import.remark.kind', { kind: said.text('kind') }));
    }
  }
  draft.reconfirm_by = moment(said, 'reconfirm_by', 'begins', draft);
  const from = moment(said, 'from', 'begins', draft), until = moment(said, 'until', 'ends', draft);
  if (from || until) draft.windows.push({ from, until, schedule: [] });
}

// The limits that were said, on every volume that has none.
export function limit(draft: Draft, said: Said) {
  for (const field of ['low', 'high'] as const) {
    const text = said.text(field);
    if (!text || text.toLowerCase() === 'unl') continue;
    const read = readLimit(text);
    if (!read) fault(draft, t('import.fault.altitude', { field }));
    for (const volume of draft.volumes) volume[field] ??= read;
  }
}
