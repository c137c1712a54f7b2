// Texts to begin with: the frame of an agreement with every key that the compiler asks for, and one clause of each type to fill in.
// What comes of it is only a beginning; what is stored and signed is the text in the editor, as it stands there.
import type { Agreement, Party } from './forms';

export interface Beginning {
  title: string;
  slug: string;
  kind: string;
  party: string; // the drafter's
  participants: { party: string; offices: string[] }[];
}

export function frame(of: Beginning): object {
  return {
    format: 'comity-agreement/1',
    id: `${of.party}.${of.slug}`,
    version: 1,
    kind: of.kind,
    title: of.title,
    binding: false,
    text: `# ${of.title}\n\nWhat the participants agree, in their own words.\n\nIf this system is down: whom to call, who decides, and after how long silence counts as loss of contact.\n`,
    visibility: { existence: 'parties', text: 'parties', membership: 'parties', acts: 'parties' },
    depositary: 'centre',
    sponsors: [of.party],
    participants: of.participants,
    eligible: { mode: 'closed' },
    adoption: { rule: 'unanimity_strict' },
    consent_by: ['signature'],
    entry_into_force: { consents: 'all' },
    late_joiner_delay: 'P0D',
    provisional_application: false,
    retroactivity: { mode: 'none' },
    reservations: { mode: 'prohibited' },
    objection_window: 'P0D',
    amendment: { rule: { rule: 'unanimity_strict' }, effect: 'all_when_adopted' },
    suspension: { by: 'unilateral', notice: 'PT0S', resume: 'all', non_suspendable: [] },
    withdrawal: { allowed: true, notice: 'P30D', incoming: 'stops_at_notice' },
    term: { mode: 'none' },
    min_parties: { n: 2, effect: 'terminate' },
    survival: [],
    clauses: [clauseOf('grant', new Set(), of.participants)],
  };
}

export const clauseTypes = ['grant', 'prohibit', 'deconflict', 'notify', 'contact', 'text'] as const;
export type ClauseType = (typeof clauseTypes)[number];

const bodies: Record<ClauseType, (ends: [string[], string[]]) => object> = {
  grant: () => ({
    text: 'What is shared.',
    from: 'each',
    to: 'others',
    items: { types: ['report', 'indicator'], marking_max: 'amber', unmarked: 'allow' },
    fields: 'all',
    precision: {},
    attribution: 'named',
    delay: 'PT0S',
    onward: 'originator_consent',
    retention: 'P365D',
    recall: 'oblige',
  }),
  prohibit: () => ({
    scope: 'this_agreement',
    text: 'What is never passed.',
    from: 'each',
    to: 'others',
    items: { labels_any: ['source'] },
    fields: 'all',
  }),
  deconflict: (ends) => ({
    text: 'Each side is warned of a conflict; plans are not disclosed.',
    between: ends,
    area: { polygon: [[355000000, 320000000], [425000000, 320000000], [425000000, 375000000], [355000000, 375000000]] },
    window: null,
    states: ['Accepted', 'Activated', 'Nonconforming', 'Contingent'],
    separation: { horizontal_m: 9260, vertical_m: 300, time_s: 900 },
    lead_time: 'PT2H',
    level: 'warning',
    contact: 'line',
    grid: { cell_e7: 1048576, altitude_m: 1024, time_s: 1024 },
    evaluations_per_day: 500,
  }),
  notify: () => ({
    text: 'Use of volumes is announced.',
    from: 'each',
    to: 'others',
    about: 'intent',
    lead_time: 'PT2H',
    acknowledge_within: 'PT15M',
    read_back: true,
    escalate_every: 'PT5M',
  }),
  contact: (ends) => ({ text: 'A line at all hours.', ends, languages: ['en'], test_every: 'PT12H', overdue_after: 'PT30M' }),
  text: () => ({ text: 'Words of conduct.' }),
};

// A clause under an id that the text does not have yet.
export function clauseOf(type: ClauseType, taken: Set<string>, participants: { offices?: string[]; party: string }[]): object {
  const base = type === 'contact' ? 'line' : type === 'grant' ? 'share' : type;
  let id: string = base;
  for (let n = 2; taken.has(id); ++n) id = `${base}-${n}`;
  const sides = participants.map((one) => one.offices ?? [one.party]);
  return { id, type, ...bodies[type]([sides[0] ?? [], sides.slice(1).flat()]) };
}

// Every participant is named by its founding key too, so that no other party can stand under its name. What was put in, by party.
export function withFoundingKeys(text: Agreement, parties: Party[]): { text: Agreement; put: string[] } {
  const put: string[] = [];
  const participants = (text.participants ?? []).map((one) => {
    const key = parties.find((party) => party.party === one.party)?.founding_key;
    if (!key || one.founding_key) return one;
    put.push(`${one.party} ${key}`);
    return { ...one, founding_key: key };
  });
  return put.length > 0 ? { text: { ...text, participants }, put } : { text, put };
}

// Where in the text a JSON pointer leads: the offset of the value, or of the nearest thing around it.
export function placeOf(json: string, pointer: string): number {
  const steps = pointer.split('/').slice(1).map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
  let at = skip(json, 0);
  for (const step of steps) {
    const inside = json[at] === '{' ? member(json, at, step) : json[at] === '[' ? element(json, at, Number(step)) : -1;
    if (inside < 0) return at;
    at = inside;
  }
  return at;
}

function skip(json: string, at: number): number {
  while (at < json.length && /[\s,:]/.test(json[at]!)) ++at;
  return at;
}

function pass(json: string, at: number): number {
  if (json[at] === '"') {
    for (++at; at < json.length && json[at] !== '"'; ++at) if (json[at] === '\\') ++at;
    return at + 1;
  }
  if (json[at] !== '{' && json[at] !== '[') {
    while (at < json.length && !/[\s,\]}]/.test(json[at]!)) ++at;
    return at;
  }
  for (let depth = 0; at < json.length; ++at) {
    if (json[at] === '"') at = pass(json, at) - 1;
    else if (json[at] === '{' || json[at] === '[') ++depth;
    else if ((json[at] === '}' || json[at] === ']') && --depth === 0) return at + 1;
  }
  return at;
}

function member(json: string, open: number, name: string): number {
  for (let at = skip(json, open + 1); json[at] === '"'; ) {
    const end = pass(json, at);
    const value = skip(json, end);
    if (json.slice(at + 1, end - 1) === name) return value;
    at = skip(json, pass(json, value));
  }
  return -1;
}

function element(json: string, open: number, n: number): number {
  let at = skip(json, open + 1);
  for (let i = 0; i < n && at < json.length && json[at] !== ']'; ++i) at = skip(json, pass(json, at));
  return json[at] === ']' || at >= json.length ? -1 : at;
}
