// What the codes of the server say to a person.
import { reasons } from '../strings/reasons';
import type { Reason, Refusal } from './api';
import { inert } from './inert';
import { t } from './strings';

export function sentenceOf(code: string): string {
  return (reasons as Record<string, string>)[code] ?? code.replaceAll('_', ' ');
}

// A reason as one sentence: the server's own words where it sent some, else those of the catalogue.
export function reasonText(reason: Reason): string {
  return reason.detail ? inert(reason.detail) : sentenceOf(reason.code);
}

export function whereOf(reason: Reason): string {
  if (!reason.agreement) return '';
  return reason.clause ? t('refused.clause', { clause: reason.clause, agreement: reason.agreement }) : reason.agreement;
}

const byStatus: Record<number, Parameters<typeof t>[0]> = {
  0: 'refused.offline', 403: 'refused.forbidden', 429: 'refused.quota', 503: 'refused.busy', 502: 'refused.offline', 504: 'refused.offline',
};

// Everything that a refusal says, as sentences.
export function sentencesOf(refusal: Refusal): string[] {
  if (refusal.reasons.length) return refusal.reasons.map(reasonText);
  if (refusal.problems.length) return refusal.problems.map((one) => inert(`${one.pointer ?? ''} ${one.reason}`.trim()));
  const known = byStatus[refusal.status];
  return [known ? t(known) : refusal.title];
}
