// What the server tells of the airspace and the watch: the JSON of docs/formats.md, as far as this screen reads it.
import type { Point } from '../../lib/coordinates';

export interface Extent {
  polygon: Point[];
  low_mm?: number;
  high_mm?: number;
  from?: string;
  until?: string;
}

export interface Box {
  south_e7: number;
  north_e7: number;
  west_e7: number;
  east_e7: number;
  low_mm?: number;
  high_mm?: number;
  from?: string;
  until?: string;
}

export interface Telemetry {
  measured_at: string;
  position: Point;
  accuracy_mm: number;
  low_mm?: number;
  high_mm?: number;
  speed_mps?: number;
  track_deg?: number;
  next_by?: string;
}

export interface Unknown {
  agreement: string;
  clause: string;
  call?: string;
  answer: string;
}

export const intentStates = ['Accepted', 'Activated', 'Nonconforming', 'Contingent'] as const;
export type IntentState = (typeof intentStates)[number];

export interface Intent {
  id: string;
  ovn: string;
  version: number;
  state: IntentState;
  operation: 'flight' | 'movement';
  extents: Extent[];
  said?: Record<string, unknown>;
  telemetry?: Telemetry;
  off_nominal?: Extent[];
  strayed_at?: string;
  exercise?: boolean;
  unknown?: Unknown[];
}

export interface Other {
  office?: string;
  intent: string;
  state?: IntentState;
  from?: string;
  until?: string;
  extents?: Extent[];
  telemetry?: Telemetry;
  off_nominal?: Extent[];
}

export interface Content {
  notice?: number;
  about: 'intent' | 'contingent' | 'site';
  intent: string;
  level: 'warning' | 'reference' | 'details';
  contingent: boolean;
  volumes: Box[];
  site?: string;
  exercise?: boolean;
  short_notice?: string;
}

export interface Reply {
  answer: 'acknowledged' | 'query' | 'cannot_assure' | 'read_back_differs';
  at: string;
  by?: string;
  read_back_agrees?: boolean;
  words?: string;
}

export interface Notice {
  notice: number;
  state: 'open' | 'over' | 'changed' | 'not_in_force' | 'unknown';
  raised: string;
  about: Content['about'];
  intent: string;
  agreement?: string;
  clause?: string;
  call?: string;
  content?: Content;
  read_back?: string;
  other?: Other;
  answer_by?: string;
  exercise?: boolean;
  overdue: boolean;
  escalations: number;
  delivered?: string;
  answered?: string;
  replies: Reply[];
  passed_to_unit?: string;
  ended?: string;
}

export interface Conflict extends Content {
  notice: number;
  agreement?: string;
  clause?: string;
  call?: string;
  other?: Other;
  other_side?: 'acknowledged' | 'query' | 'cannot_assure' | 'waiting' | 'overdue' | 'read_back_differs';
}

export const siteKinds = ['hospital', 'school', 'water', 'camp', 'heritage', 'shelter', 'temporary_restriction', 'other'] as const;
export type SiteKind = (typeof siteKinds)[number];

export interface Site {
  id: string;
  version: number;
  kind: SiteKind;
  name: string;
  source: string;
  measured?: string;
  reconfirm_by: string;
  stale: boolean;
  extents: Extent[];
  said?: Record<string, unknown>;
  windows?: { from: string; until: string }[];
}

export interface Constraint {
  id: string;
  office: string;
  version: number;
  ovn?: string; // of one's own
  from?: string;
  until?: string;
  extents?: Extent[]; // not at `reference`
  said?: Record<string, unknown>;
}

export interface Contact {
  by: 'mail' | 'gateway';
  address: string;
  last_page?: { time: string; outcome: string };
}

export interface OnWatch {
  person: string;
  since: string;
  contacts: Contact[];
  offered_to?: string;
  offered_note?: string;
  note?: { from: string; at: string; text: string }; // with which it was taken
}

export interface Call {
  by: 'own' | 'other';
  purpose: 'test' | 'talk';
  at: string;
  reached: boolean;
  language: string;
  minutes: number;
  person?: string;
  notice?: number;
  words?: string;
}

export interface Line {
  agreement: string;
  clause: string;
  languages: string[];
  other_end: { office: string; watched: boolean }[];
  test_due: string;
  test_overdue: boolean;
  calls: Call[];
}

export interface Watch {
  on_watch: OnWatch[];
  lines: Line[];
}

export interface Preview {
  conflicts: string;
  by: string;
  notices: (Content & { agreement?: string; clause?: string; call?: string; other?: Other })[];
  alternatives?: { later_s?: number; higher_m?: number; lower_m?: number };
  unknown?: Unknown[];
  short_notice?: { agreement: string; clause: string; lead_time: string; short_by: string; call?: string }[];
}
