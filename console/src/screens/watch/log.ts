// What happened, out of what this office is told: notices with their answers, calls, and the office's own commands.
import { fromWire } from '../../lib/time';
import { t, type Key } from '../../lib/strings';
import { sentenceOf } from '../../lib/words';
import type { Notice, Watch } from './told';

export interface Entry {
  at: number;
  text: string;
  by?: string;
  link?: string; // what to select
  tone?: 'alarm' | 'warn';
}

// Of the office's own commands the last ones are kept on a page.
export const most_records = 2000;

export interface Told {
  time: string;
  kind: string;
  by?: string;
  outcome: string;
  reasons: { code: string }[];
}

function ofNotice(notice: Notice): Entry[] {
  const n = notice.notice, link = `notice-${n}`;
  const one = (text: string | undefined, key: Key, more: Partial<Entry> = {}): Entry[] => (text ? [{ at: fromWire(text), text: t(key, { n }), link, ...more }] : []);
  return [
    ...one(notice.raised, 'watch.log.raised'),
    ...one(notice.delivered, 'watch.log.delivered'),
    ...notice.replies.flatMap((reply) => one(reply.at, `watch.log.${reply.answer}`, { by: reply.by, ...(reply.answer === 'acknowledged' ? {} : { tone: 'warn' }) })),
    ...one(notice.ended, `watch.log.ended.${notice.state}`),
  ];
}

function ofWatch(watch: Watch): Entry[] {
  return [
    ...watch.on_watch.map((one): Entry => ({ at: fromWire(one.since), text: t('watch.log.on'), by: one.person })),
    ...watch.lines.flatMap((line) => line.calls.map((call): Entry => ({
      at: fromWire(call.at), by: call.person, tone: call.reached ? undefined : 'warn',
      text: t(call.purpose === 'test' ? 'watch.log.test' : 'watch.log.call', { line: line.clause, result: t(call.reached ? 'watch.lines.reached' : 'watch.lines.unreached') }),
    }))),
  ];
}

function ofRecord(record: Told): Entry {
  const refused = record.outcome !== 'accepted';
  const why = refused ? `: ${record.reasons.map((one) => sentenceOf(one.code)).join(' ')}` : '';
  return { at: fromWire(record.time), by: record.by, text: t('watch.log.command', { kind: record.kind.replaceAll('_', ' '), outcome: record.outcome }) + why, tone: refused ? 'warn' : undefined };
}

// The newest first.
export function logOf(notices: Notice[], watch: Watch | undefined, records: Told[]): Entry[] {
  const all = [...notices.flatMap(ofNotice), ...(watch ? ofWatch(watch) : []), ...records.map(ofRecord)];
  return all.sort((a, b) => b.at - a.at);
}
