// What the centre tells of items (docs/formats.md), as far as these screens read it.
import type { Reason } from '../agreements/forms';

export interface ItemRow {
  id: string;
  type: string;
  version: string;
  date_added: string;
  form: 'whole' | 'edition';
  agreement?: string;
  clause?: string;
  permissive?: boolean;
  derived_from?: string;
}

export interface WhyReason {
  why: string;
  agreement: string;
  clause?: string;
}

export interface Field {
  name: string;
  grid_m?: number;
  round_s?: number;
}

export interface Terms {
  attribution: string;
  fields: 'all' | Field[];
  less_exactly?: Field[];
  prohibited?: string[];
  marked?: string[];
}

export interface Seen {
  office: string;
  given: boolean;
  clause?: string;
  terms?: Terms;
  reasons?: WhyReason[];
}

export interface Audience {
  agreement: string;
  offices: Seen[];
}

export interface Why {
  given: boolean;
  agreement: string;
  clause?: string;
  form?: string;
  reasons?: WhyReason[];
}

export interface Refused {
  time: string;
  kind: string;
  about?: string;
  reasons: Reason[];
}

export interface Refusals {
  counts: { code: string; count: number; detail: string }[];
  refusals: Refused[];
}

export interface Duty {
  duty: string;
  kind: string;
  reason: string;
  date_added: string;
  notice?: number;
  answer_by?: string;
  new_key?: string;
  exercise?: boolean;
  id?: string;
  version?: string;
  agreement?: string;
}

export interface PostedObject {
  id?: string;
  version?: string;
  ruling?: { outcome: string; reasons: Reason[] };
  problems?: { pointer: string; reason: string }[];
  status?: number;
}

export interface Posted {
  objects: PostedObject[];
  accepted: number;
  refused: number;
  warnings?: { code: string; asked: string; objects: number; first: string; pointer: string; detail: string }[];
}

export interface Foreseen {
  who_sees: { command: number; audience: Audience }[];
  'refused?': { outcome: string; reasons: Reason[] }[];
}
