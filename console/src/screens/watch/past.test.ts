import { expect, it } from 'vitest';
import { changesOf, lastChange, listsAt } from './past';
import type { Conflict, Intent, Notice } from './told';

const day = (time: string) => `2026-01-31T${time}:00.000000Z`;
const at = (time: string) => Date.parse(`2026-01-31T${time}:00Z`);
const base = { about: 'intent', intent: 'x', overdue: false, escalations: 2, replies: [] } as const;
const first: Notice = { ...base, notice: 1, state: 'over', raised: day('10:00'), delivered: day('10:01'), answered: day('10:05'), ended: day('11:00'), answer_by: day('10:15'), passed_to_unit: 'second', replies: [{ answer: 'acknowledged', at: day('10:05'), by: 'anna@ru' }] };
const second: Notice = { ...base, notice: 2, state: 'open', raised: day('10:30'), answer_by: day('10:45'), replies: [] };
const conflict = (notice: number) => ({ notice, other_side: 'acknowledged', volumes: [] }) as unknown as Conflict;
const intent = { id: 'x', extents: [], state: 'Nonconforming', telemetry: { measured_at: day('10:50') }, strayed_at: day('10:40'), off_nominal: [{ polygon: [] }] } as unknown as Intent;
const lists = { notices: [first, second], conflicts: [conflict(2)], intents: [intent] };
const brief = (time: string) => listsAt(lists, at(time)).notices.map((one) => [one.notice, one.state, one.overdue, one.replies.length, !!one.delivered]);

it('a notice is there from when it was raised, open until it ended, with the answers that it had', () => {
  expect(brief('09:59')).toEqual([]);
  expect(brief('10:00')).toEqual([[1, 'open', false, 0, false]]);
  expect(brief('10:20')).toEqual([[1, 'open', false, 1, true]]);
  expect(brief('10:50')).toEqual([[1, 'open', false, 1, true], [2, 'open', true, 0, false]]);
  expect(brief('11:00')).toEqual([[1, 'over', false, 1, true], [2, 'open', true, 0, false]]);
});

it('what has no time is not said of the past', () => {
  const then = listsAt(lists, at('11:00'));
  expect(then.notices[0]).toMatchObject({ escalations: 0 });
  expect(then.notices[0]).not.toHaveProperty('passed_to_unit');
  expect(then.conflicts[0]).not.toHaveProperty('other_side');
});

it('a conflict is there while its notice was open', () => {
  expect(listsAt(lists, at('10:29')).conflicts).toEqual([]);
  expect(listsAt(lists, at('10:30')).conflicts).toHaveLength(1);
});

it('a position is there from when it was measured, where it strayed from when it did', () => {
  const [before] = listsAt(lists, at('10:39')).intents, [strayed] = listsAt(lists, at('10:40')).intents, [seen] = listsAt(lists, at('10:50')).intents;
  expect([before!.telemetry, before!.strayed_at, before!.off_nominal]).toEqual([undefined, undefined, undefined]);
  expect([strayed!.telemetry, strayed!.off_nominal?.length]).toEqual([undefined, 1]);
  expect(seen!.telemetry).toBeDefined();
});

it('nothing is worked out anew between two changes, and each change is one', () => {
  const changes = changesOf(lists);
  expect(changes.map((one) => new Date(one).toISOString().slice(11, 16))).toEqual(['10:00', '10:01', '10:05', '10:15', '10:30', '10:40', '10:45', '10:50', '11:00']);
  for (let minute = 0; minute < 24 * 60; ++minute) {
    const now = at('00:00') + minute * 60_000;
    expect(listsAt(lists, lastChange(changes, now))).toEqual(listsAt(lists, now));
  }
  expect(lastChange([], 5)).toBe(-Infinity);
});
