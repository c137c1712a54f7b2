// What stood in the lists at a time before now, as far as the server tells it: what was released then and is now. A notice says when it
// was raised, delivered, answered and ended, a position when it was measured. When an intent, a site or a zone was filed is not told:
// these stay as they are filed now. What a notice said is told while it is open, so of one that has ended there is only that it was.
import { fromWire } from '../../lib/time';
import type { Conflict, Intent, Notice } from './told';

export interface Lists {
  notices: Notice[];
  conflicts: Conflict[];
  intents: Intent[];
}

const timesOf = (notice: Notice) => [notice.raised, notice.delivered, notice.answered, notice.ended, notice.answer_by, ...notice.replies.map((one) => one.at)];

// The instants at which what is shown becomes another, in their order.
export function changesOf({ notices, intents }: Lists): number[] {
  const times = [...notices.flatMap(timesOf), ...intents.flatMap((one) => [one.telemetry?.measured_at, one.strayed_at])];
  return [...new Set(times.flatMap((one) => (one ? [fromWire(one)] : [])))].sort((a, b) => a - b);
}

// The last of them that is not after a time, so that between two nothing is worked out anew. Before all: -Infinity.
export function lastChange(changes: number[], at: number): number {
  let from = 0, until = changes.length;
  while (from < until) {
    const middle = (from + until) >> 1;
    if (changes[middle]! <= at) from = middle + 1;
    else until = middle;
  }
  return from ? changes[from - 1]! : -Infinity;
}

const upTo = (time: string | undefined, at: number) => (time && fromWire(time) <= at ? time : undefined);

// How often it was passed on, and to which unit, has no time of its own: it is left out.
function noticeAt(notice: Notice, at: number): Notice {
  const ended = upTo(notice.ended, at), answered = upTo(notice.answered, at);
  const { passed_to_unit: _, ...rest } = notice;
  const due = notice.answer_by !== undefined && fromWire(notice.answer_by) <= at;
  return {
    ...rest, state: ended ? notice.state : 'open', delivered: upTo(notice.delivered, at), answered, ended, escalations: 0, overdue: due && !answered && !ended,
    replies: notice.replies.filter((one) => fromWire(one.at) <= at),
  };
}

// What the other side has answered has no time: it is left out.
function conflictsAt(conflicts: Conflict[], notices: Notice[]): Conflict[] {
  const open = new Set(notices.filter((one) => one.state === 'open').map((one) => one.notice));
  return conflicts.filter((one) => open.has(one.notice)).map(({ other_side: _, ...rest }) => rest);
}

function intentAt(intent: Intent, at: number): Intent {
  const strays = !!upTo(intent.strayed_at, at);
  return { ...intent, telemetry: upTo(intent.telemetry?.measured_at, at) ? intent.telemetry : undefined, strayed_at: upTo(intent.strayed_at, at), off_nominal: strays || !intent.strayed_at ? intent.off_nominal : undefined };
}

export function listsAt(lists: Lists, at: number): Lists {
  const notices = lists.notices.filter((one) => fromWire(one.raised) <= at).map((one) => noticeAt(one, at));
  return { notices, conflicts: conflictsAt(lists.conflicts, notices), intents: lists.intents.map((one) => intentAt(one, at)) };
}
