// What comes at a known time, in words.
import { wordOf } from '../../lib/say';
import { t } from '../../lib/strings';
import type { Clock } from './forms';

export function clockText(clock: Clock): string {
  if (clock.what === 'suspension' && clock.party) return t('clock.suspension.party', { party: clock.party });
  return wordOf('clock', clock.what, { clause: clock.clause ?? '', party: clock.party ?? '' });
}
