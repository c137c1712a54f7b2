import { expect, it } from 'vitest';
import { toWire } from '../../lib/time';
import type { Notice } from './told';
import { alarmsOf, byUrgency, presented, shown_at_once, urgencyOf } from './urgency';

const now = Date.parse('2026-01-31T12:00:00Z');

function notice(number: number, more: Partial<Notice> = {}): Notice {
  return { notice: number, state: 'open', raised: toWire(now), about: 'intent', intent: 'a', overdue: false, escalations: 0, replies: [], ...more };
}
const due = (minutes: number) => ({ answer_by: toWire(now + minutes * 60_000) });

it('overdue, then soon, then waiting, then answered, then closed; exercises last', () => {
  const all = [
    notice(1, { state: 'over' }), notice(2, { answered: toWire(now) }), notice(3, due(60)), notice(4, due(2)), notice(5, due(-1)), notice(6, { ...due(-90), exercise: true }),
    notice(7, { ...due(30), content: { about: 'contingent', intent: 'a', level: 'warning', contingent: true, volumes: [] } }), notice(8),
  ];
  expect(byUrgency(all, now).map((one) => one.notice)).toEqual([5, 4, 7, 3, 8, 2, 1, 6]);
});

it('a deadline that passed is overdue even before the server has said so', () => {
  expect(urgencyOf(notice(1, due(-1)), now)).toBe('overdue');
  expect(urgencyOf(notice(1, { overdue: true }), now)).toBe('overdue');
});

it('alarms are few: a flood is a number, what is shelved comes back by itself', () => {
  const flood = Array.from({ length: 30 }, (_, i) => notice(i + 1, due(i < 2 ? -1 : 60)));
  const alarms = alarmsOf({ notices: flood, conflicts: [], intents: [], watch: undefined }, now);
  expect(alarms.slice(0, 2).map((one) => one.kind)).toEqual(['overdue', 'overdue']);
  const shelved = { 'overdue 1': now + 1000 };
  const first = presented(alarms, shelved, now);
  expect(first.shown.length).toBe(shown_at_once);
  expect(first.grouped).toBe(30 - 1 - shown_at_once);
  expect(first.shelved.map((one) => one.notice)).toEqual([1]);
  expect(presented(alarms, shelved, now + 2000).shelved).toEqual([]);
});

it('nobody on watch is an alarm only while something waits', () => {
  const watch = { on_watch: [], lines: [] };
  expect(alarmsOf({ notices: [], conflicts: [], intents: [], watch }, now)).toEqual([]);
  expect(alarmsOf({ notices: [notice(1, due(60))], conflicts: [], intents: [], watch }, now).map((one) => one.kind)).toContain('nobody_on_watch');
});
