// Which notice comes first, and which few things are alarms. Overdue before waiting, distress before plans, the nearest deadline
// before later ones, exercises behind what is real.
import { fromWire } from '../../lib/time';
import type { Conflict, Intent, Notice, Reply, Watch } from './told';

export type Urgency = 'overdue' | 'soon' | 'waiting' | 'answered' | 'closed';

export const soon_ms = 5 * 60_000;

export function lastAnswer(notice: Notice): Reply['answer'] | undefined {
  return notice.replies.at(-1)?.answer;
}

export function isWaiting(notice: Notice): boolean {
  return notice.state === 'open' && !notice.answered;
}

export function timeLeft_ms(notice: Notice, now: number): number {
  return notice.answer_by ? fromWire(notice.answer_by) - now : Infinity;
}

export function urgencyOf(notice: Notice, now: number): Urgency {
  if (notice.state !== 'open') return 'closed';
  if (!isWaiting(notice)) return 'answered';
  const left = timeLeft_ms(notice, now);
  if (notice.overdue || left < 0) return 'overdue';
  return left < soon_ms ? 'soon' : 'waiting';
}

const order: Urgency[] = ['overdue', 'soon', 'waiting', 'answered', 'closed'];

function compare(a: Notice, b: Notice, now: number): number {
  const exercise = Number(!!a.exercise) - Number(!!b.exercise);
  const urgency = order.indexOf(urgencyOf(a, now)) - order.indexOf(urgencyOf(b, now));
  const distress = Number(!!b.content?.contingent) - Number(!!a.content?.contingent);
  const left = Math.min(timeLeft_ms(a, now), 1e15) - Math.min(timeLeft_ms(b, now), 1e15);
  return exercise || urgency || distress || left || b.notice - a.notice;
}

export function byUrgency(notices: Notice[], now: number): Notice[] {
  return [...notices].sort((a, b) => compare(a, b, now));
}

export type AlarmKind = 'overdue' | 'distress' | 'stray' | 'cannot_assure' | 'read_back_differs' | 'query' | 'waiting' | 'unknown' | 'test_overdue' | 'nobody_on_watch';

export interface Alarm {
  id: string; // of the same cause, however often it is worked out
  kind: AlarmKind;
  rank: 1 | 2 | 3; // 1 rings until it is answered or shelved, 2 rings once, 3 is silent
  notice?: number;
  intent?: string;
  subject: string;
}

export interface Known {
  notices: Notice[];
  conflicts: Conflict[];
  intents: Intent[];
  watch: Watch | undefined;
}

function ofNotice(notice: Notice, now: number): Alarm[] {
  const urgency = urgencyOf(notice, now);
  if (urgency === 'closed' || urgency === 'answered') return [];
  const base = { notice: notice.notice, intent: notice.intent, subject: String(notice.notice) };
  if (urgency === 'overdue') return [{ ...base, id: `overdue ${notice.notice}`, kind: 'overdue', rank: notice.exercise ? 3 : 1 }];
  if (notice.content?.contingent) return [{ ...base, id: `distress ${notice.notice}`, kind: 'distress', rank: 1 }];
  return [{ ...base, id: `waiting ${notice.notice}`, kind: 'waiting', rank: notice.exercise ? 3 : 2 }];
}

function ofConflict(conflict: Conflict): Alarm[] {
  const side = conflict.other_side;
  if (side !== 'cannot_assure' && side !== 'read_back_differs' && side !== 'query') return [];
  return [{ id: `${side} ${conflict.notice}`, kind: side, rank: side === 'query' ? 3 : 2, notice: conflict.notice, intent: conflict.intent, subject: String(conflict.notice) }];
}

function ofIntent(intent: Intent): Alarm[] {
  const subject = intent.id.slice(0, 8);
  const all: Alarm[] = [];
  if (intent.off_nominal?.length) all.push({ id: `stray ${intent.id}`, kind: 'stray', rank: 1, intent: intent.id, subject });
  if (intent.unknown?.length) all.push({ id: `unknown ${intent.id}`, kind: 'unknown', rank: 2, intent: intent.id, subject });
  return all;
}

function ofWatch(watch: Watch, waiting: boolean): Alarm[] {
  const all: Alarm[] = watch.lines.filter((line) => line.test_overdue)
    .map((line) => ({ id: `test ${line.agreement} ${line.clause}`, kind: 'test_overdue', rank: 3, subject: line.clause }));
  if (!watch.on_watch.length && waiting) all.push({ id: 'nobody', kind: 'nobody_on_watch', rank: 2, subject: '' });
  return all;
}

// Everything that calls for somebody, the gravest first.
export function alarmsOf(known: Known, now: number): Alarm[] {
  const all = [
    ...known.notices.flatMap((one) => ofNotice(one, now)),
    ...known.conflicts.flatMap(ofConflict),
    ...known.intents.flatMap(ofIntent),
    ...(known.watch ? ofWatch(known.watch, known.notices.some(isWaiting)) : []),
  ];
  return all.sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id));
}

export const shown_at_once = 8; // more than that nobody reads: the rest is a number (ISA-18.2, flood)

export interface Shown {
  shown: Alarm[];
  grouped: number;
  shelved: Alarm[];
}

// What is shown of them: without what is shelved, and of a flood only the gravest.
export function presented(alarms: Alarm[], shelvedUntil: Record<string, number>, now: number): Shown {
  const shelved = alarms.filter((one) => (shelvedUntil[one.id] ?? 0) > now);
  const live = alarms.filter((one) => !shelved.includes(one));
  return { shown: live.slice(0, shown_at_once), grouped: Math.max(0, live.length - shown_at_once), shelved };
}
