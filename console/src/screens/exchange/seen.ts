// When something was seen, as it is typed: a clock without a day is the last time that it showed so, nothing is seen before it is, and the
// last time is not before the first. Either may be left out.
import { t } from '../../lib/strings';
import { toWire, typedTime } from '../../lib/time';

export interface SeenTime {
  at: number; // NaN: none
  wrong: string;
}

function readTime(typed: string, now: number): SeenTime {
  if (!typed.trim()) return { at: NaN, wrong: '' };
  const at = typedTime(typed, now, 'gone');
  if (Number.isNaN(at)) return { at, wrong: t('watch.time.gone.hint') };
  return { at, wrong: at > now ? t('answer.sighting.ahead') : '' };
}

export function seenTimes(typed: { first: string; last: string }, now: number): { first: SeenTime; last: SeenTime } {
  const first = readTime(typed.first, now), last = readTime(typed.last, now);
  return { first, last: last.at < first.at ? { ...last, wrong: t('answer.sighting.order') } : last };
}

// As STIX writes it, with three digits of a second.
export function stixTime({ at }: SeenTime): string {
  return Number.isNaN(at) ? '' : toWire(at).replace(/\d{3}Z$/, 'Z');
}
