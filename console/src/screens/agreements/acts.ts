// The acts that bind a party to a text or let it go, and when each is offered. Whether the centre would take one is the centre's
// to say (`/previews`); this only keeps from view what could make no sense in this state.
import type { Agreement, SignedActRow, Status } from './forms';

export const kinds = [
  'sponsor',
  'unsponsor',
  'table_agreement',
  'sign',
  'suspend',
  'resume',
  'withdraw',
  'take_back_withdrawal',
  'end_prohibition',
  'confirm_recovery',
] as const;
export type ActKind = (typeof kinds)[number];

// The states in order, until the end; the others are ends or breaks of it.
export const ladder = ['draft', 'tabled', 'open', 'in_force'] as const;
export const ends = ['terminated', 'lapsed', 'withdrawn', 'superseded'] as const;

export type Rung = { state: string; how: 'done' | 'now' | 'ahead' };

// The ladder as it stands: an end or a suspension takes the place of what it ended or stopped.
export function rungs(state: string): Rung[] {
  const at = (ladder as readonly string[]).indexOf(state === 'adopted' ? 'open' : state);
  if (at >= 0) return ladder.map((one, i) => ({ state: one, how: i < at ? 'done' : i === at ? 'now' : 'ahead' }));
  if (state === 'suspended') return [...done(ladder), { state, how: 'now' }];
  const passed = state === 'withdrawn' || state === 'lapsed' ? ladder.slice(0, state === 'lapsed' ? 3 : 2) : ladder;
  return [...done(passed), { state, how: 'now' }];
}

const done = (states: readonly string[]): Rung[] => states.map((state) => ({ state, how: 'done' }));

export const isOver = (state: string) => (ends as readonly string[]).includes(state);

// Who has sponsored it now: the last word of each party counts. Null where the acts are not told.
export function sponsoredBy(acts: SignedActRow[]): Set<string> {
  const parties = new Set<string>();
  for (const act of acts) {
    if (act.kind === 'sponsor') parties.add(act.party);
    if (act.kind === 'unsponsor') parties.delete(act.party);
  }
  return parties;
}

export interface Situation {
  status: Status;
  own: string; // the viewer's party
  agreement: Agreement;
  acts: SignedActRow[];
}

function drafting({ status, own, acts }: Situation): ActKind[] {
  const offered: ActKind[] = [sponsoredBy(acts).has(own) ? 'unsponsor' : 'sponsor'];
  if (status.state === 'draft') offered.push('table_agreement');
  return offered;
}

function running({ status, own, agreement }: Situation): ActKind[] {
  const standing = status.standing?.[own]?.state ?? 'none';
  const offered: ActKind[] = [];
  if (standing === 'negotiating') offered.push('sign');
  if (standing === 'party') offered.push('suspend');
  if (status.state === 'suspended' || anySuspended(status) || standing.startsWith('suspended')) offered.push('resume');
  if (standing.endsWith('withdrawing')) offered.push('take_back_withdrawal');
  else if (['party', 'suspended', 'contracting'].includes(standing)) offered.push('withdraw');
  if (agreement.clauses?.some((clause) => clause.type === 'prohibit')) offered.push('end_prohibition');
  return offered;
}

function anySuspended(status: Status): boolean {
  return Object.values(status.standing ?? {}).some((one) => one.state.startsWith('suspended'));
}

// In the order in which they are offered; the first is what most come for.
export function offered(situation: Situation): ActKind[] {
  const { state } = situation.status;
  if (isOver(state)) return situation.agreement.clauses?.some((one) => one.type === 'prohibit') ? ['end_prohibition'] : [];
  if (state === 'draft' || state === 'tabled') return drafting(situation);
  return running(situation);
}

// What stops something or ends it: drawn as such, and never the first thing under the pointer.
export function isGrave(kind: ActKind): boolean {
  return kind === 'suspend' || kind === 'withdraw' || kind === 'end_prohibition' || kind === 'unsponsor';
}
