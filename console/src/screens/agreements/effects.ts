// Effects of a ruling as sentences.
import { wordOf } from '../../lib/say';
import { t } from '../../lib/strings';
import type { Effect } from './forms';

export function effectText(effect: Effect): string {
  const said = {
    agreement: effect.agreement,
    party: effect.party ?? '',
    clause: effect.clause ?? '',
    with: effect.with ?? '',
  };
  if (effect.kind === 'state') return t('effect.state', { ...said, value: wordOf('state', effect.value ?? '') });
  if (effect.kind === 'standing') return t('effect.standing', { ...said, value: wordOf('standing', effect.value ?? '') });
  const text = wordOf('effect', effect.kind, said);
  return text === effect.kind.replaceAll('_', ' ') ? t('effect.other', { ...said, kind: text }) : text;
}
