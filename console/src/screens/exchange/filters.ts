// Filters of the list of items, and those that this browser keeps. Candidates are what the centre released to this viewer;
// nothing is searched that is not shown.
import type { Brief } from './brief';
import type { ItemRow } from './forms';

export interface ItemFilter {
  q: string;
  type: string;
  agreement: string;
  form: string;
}

export interface Saved {
  name: string;
  filter: ItemFilter;
}

export const noFilter: ItemFilter = { q: '', type: '', agreement: '', form: '' };

export function filterOf(query: Record<string, string>): ItemFilter {
  return { q: query.q ?? '', type: query.type ?? '', agreement: query.agreement ?? '', form: query.form ?? '' };
}

export const isNone = (filter: ItemFilter) => Object.values(filter).every((one) => one === '');

// What STIX 2.1 has, but for the objects of a bundle's own making (markings, languages, extensions).
export const stixTypes = [
  'attack-pattern', 'campaign', 'course-of-action', 'grouping', 'identity', 'incident', 'indicator', 'infrastructure', 'intrusion-set', 'location', 'malware',
  'malware-analysis', 'note', 'observed-data', 'opinion', 'relationship', 'report', 'sighting', 'threat-actor', 'tool', 'vulnerability',
];

// Every word has to be found somewhere.
export function matches(row: ItemRow, brief: Brief | undefined, filter: ItemFilter): boolean {
  if (filter.type && row.type !== filter.type) return false;
  if (filter.agreement && row.agreement !== filter.agreement) return false;
  if (filter.form && row.form !== filter.form) return false;
  if (!filter.q.trim()) return true;
  const told = [row.id, row.type, row.agreement, row.clause, brief?.name, ...(brief?.labels ?? []), brief?.tlp && `tlp:${brief.tlp}`];
  const all = told.join(' ').toLowerCase();
  return filter.q.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

const most = 30;
const place = (whose: string, role: string) => `comity-filters ${whose} ${role}`; // person and office, list

// Whatever stands there: a browser's storage is anybody's who sits at it.
export function savedFilters(store: Storage, whose: string, role: string): Saved[] {
  try {
    const told: unknown = JSON.parse(store.getItem(place(whose, role)) ?? '[]');
    if (!Array.isArray(told)) return [];
    return told
      .filter((one): one is Saved => typeof one?.name === 'string' && typeof one?.filter === 'object' && one.filter !== null)
      .map((one) => ({ name: one.name.slice(0, 60), filter: filterOf(clean(one.filter)) }))
      .slice(0, most);
  } catch {
    return [];
  }
}

function clean(told: object): Record<string, string> {
  return Object.fromEntries(Object.entries(told).filter((one): one is [string, string] => typeof one[1] === 'string'));
}

export function keepFilters(store: Storage, whose: string, role: string, all: Saved[]) {
  store.setItem(place(whose, role), JSON.stringify(all.slice(0, most)));
}

export function withFilter(all: Saved[], one: Saved): Saved[] {
  return [...all.filter((other) => other.name !== one.name), one].sort((a, b) => a.name.localeCompare(b.name));
}
