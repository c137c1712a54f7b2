// How an agreement lives and ends, in sentences: entry into force, joining, suspension, leaving, who may know what.
import { listed, wordOf } from '../../lib/say';
import { t } from '../../lib/strings';
import type { Agreement } from './forms';
import { day, durationText, secondsOf } from './quantities';
import { conditionText } from './sentences';

function notice(duration: string): string {
  return secondsOf(duration) === 0 ? t('rule.at.once') : t('rule.after', { time: durationText(duration) });
}

function entry(agreement: Agreement): string[] {
  const condition = agreement.entry_into_force;
  const out: string[] = [];
  if (condition) {
    const said = conditionText(condition);
    out.push(condition.date ? t('rule.entry.date', { date: said }) : t('rule.entry', { condition: said }));
  }
  if (agreement.eligible) out.push(wordOf('rule.eligible', agreement.eligible.mode));
  const closed = agreement.eligible?.mode === 'closed';
  if (agreement.late_joiner_delay && !closed) {
    const delay = agreement.late_joiner_delay;
    out.push(secondsOf(delay) === 0 ? t('rule.late.none') : t('rule.late', { delay: durationText(delay) }));
  }
  if (agreement.retroactivity && !closed) out.push(wordOf('rule.retro', agreement.retroactivity.mode));
  if (agreement.reservations) {
    const clauses = listed(agreement.reservations.clauses ?? []);
    out.push(wordOf('rule.reservations', agreement.reservations.mode, { clauses }));
  }
  return out;
}

function leaving(agreement: Agreement): string[] {
  const { suspension, withdrawal, term, min_parties } = agreement;
  const out: string[] = [];
  if (suspension) {
    out.push(wordOf('rule.suspend', suspension.by, { notice: notice(suspension.notice) }));
    out.push(wordOf('rule.resume', suspension.resume));
  }
  if (withdrawal) {
    const said = { notice: notice(withdrawal.notice) };
    if (!withdrawal.allowed) out.push(t('rule.withdraw.no'));
    else if (withdrawal.incoming === 'reciprocal_until_effect') out.push(t('rule.withdraw.reciprocal', said));
    else out.push(t('rule.withdraw', said));
  }
  if (term) out.push(term.until ? t('rule.term.until', { until: day(term.until) }) : t('rule.term.none'));
  if (min_parties) out.push(wordOf('rule.min', min_parties.effect, { n: min_parties.n }));
  return out;
}

function seeing(agreement: Agreement): string[] {
  const shown = agreement.visibility ?? {};
  return (['existence', 'text', 'membership', 'acts'] as const)
    .filter((aspect) => shown[aspect])
    .map((aspect) => t(`rule.see.${aspect}`, { who: wordOf('rule.who', shown[aspect]!) }));
}

export function rulesOf(agreement: Agreement): string[] {
  return [...entry(agreement), ...leaving(agreement), ...seeing(agreement)];
}
