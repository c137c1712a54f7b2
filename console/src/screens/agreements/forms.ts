// What the centre tells of agreements (docs/formats.md), as far as these screens read it. Everything may be absent: a viewer is
// told only what it may know.
import type { MatrixRow } from './matrix';

export type Selector = string | string[] | { seats: string };

export interface Condition {
  consents?: 'all' | number | string[];
  date?: string;
  in_force?: string;
  adopted?: string;
  all_of?: Condition[];
  any_of?: Condition[];
}

export interface Filter {
  types?: string[];
  labels_any?: string[];
  labels_all?: string[];
  object_ids?: string[];
  marking_max?: string;
  unmarked?: string;
  other_markings?: string[];
  area?: { polygon: [number, number][] };
  valid_within?: { from: string; until: string };
}

export interface Separation {
  horizontal_m: number;
  vertical_m: number;
  time_s: number;
}

export interface Grid {
  cell_e7: number;
  altitude_m: number;
  time_s: number;
}

export interface Clause {
  id: string;
  type: string;
  text: string;
  humanitarian?: boolean;
  applies_from?: Condition;
  applies_until?: Condition;
  from?: Selector;
  to?: Selector;
  items?: Filter;
  fields?: 'all' | { only: string[] };
  precision?: { location?: { grid_m: number }; time?: { round_s: number } };
  attribution?: string;
  delay?: string;
  onward?: string;
  retention?: string;
  recall?: string;
  scope?: string;
  between?: [Selector, Selector];
  ends?: [Selector, Selector];
  area?: { polygon: [number, number][] } | null;
  states?: string[];
  separation?: Separation;
  grid?: Grid | null;
  level?: string | [string, string];
  contact?: string;
  evaluations_per_day?: number | null;
  about?: string;
  lead_time?: string;
  acknowledge_within?: string;
  read_back?: boolean;
  escalate_every?: string;
  languages?: string[];
  test_every?: string;
  overdue_after?: string;
}

export interface Standing {
  state: string;
  since: string;
  suspended_by_host?: { until: string; reason: string };
}

export interface Status {
  state: string;
  since: string;
  members?: string[];
  standing?: Record<string, Standing>;
  suspended_by_host?: { until: string; reason: string };
}

export interface AgreementRow {
  id: string;
  title?: string;
  version?: number;
  text_hash?: string;
  exercise?: boolean;
  sponsors?: string[];
  status: Status;
}

export interface Agreement extends AgreementRow {
  kind?: string;
  template?: string;
  binding?: boolean;
  text?: string;
  visibility?: Record<string, string>;
  depositary?: string;
  participants?: { party: string; founding_key?: string; offices?: string[] }[];
  eligible?: { mode: string; kinds?: string[] };
  adoption?: { rule: string };
  consent_by?: string[];
  entry_into_force?: Condition;
  late_joiner_delay?: string;
  retroactivity?: { mode: string };
  reservations?: { mode: string; clauses?: string[] };
  suspension?: { by: string; notice: string; resume: string; non_suspendable: string[] };
  withdrawal?: { allowed: boolean; notice: string; incoming: string };
  term?: { mode: string; until?: string };
  min_parties?: { n: number; effect: string };
  survival?: string[];
  clauses?: Clause[];
}

export interface SignedActRow {
  time: string;
  kind: string;
  party: string;
  office?: string;
  document?: { act: Record<string, unknown>; signatures: { key: string; value: string }[] };
}

export interface Clock {
  what: string;
  effective: string;
  clause?: string;
  party?: string;
}

export interface Reason {
  code: string;
  agreement?: string;
  clause?: string;
  subject?: string;
  detail: string;
}

export interface Effect {
  agreement: string;
  kind: string;
  party?: string;
  clause?: string;
  with?: string;
  value?: string;
  at?: string;
}

export interface Ruling {
  outcome: 'accepted' | 'refused';
  reasons: Reason[];
  effects: Effect[];
}

export type DiffRow = Omit<Clause, 'id' | 'text' | 'from' | 'to' | 'between' | 'ends'> & {
  clause: string;
  between: { from: string; to: string[] }[];
};

export interface Diff {
  agreement: string;
  assuming?: string;
  appear: DiffRow[];
  disappear: DiffRow[];
  more: boolean;
}

export interface Foreseen {
  'refused?'?: Ruling[];
  grant_diff?: Diff[];
}

export interface Problem {
  pointer: string;
  reason: string;
}

export interface Recovery {
  party: string;
  new_key: string;
  filed?: string;
  effective?: string;
  agreement?: string;
  waits_for?: string[];
}

export interface PartyKey {
  key: string;
  purpose: 'bind' | 'recovery';
  state: 'valid' | 'revoked';
  acts?: string[];
}

export interface Party {
  party: string;
  kind: string;
  name: string;
  founding_key: string;
  identity?: string; // the object that the centre made for it
  keys?: PartyKey[];
  recovery_needed?: number;
  last_seq?: number;
}

export interface Me {
  centre: { name: string; origin: string; demo: boolean };
  time: string;
  office: string;
  party: Party & { last_seq: number };
  roles: string[];
}

export type { MatrixRow };
