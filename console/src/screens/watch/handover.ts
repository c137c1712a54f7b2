// The note that goes with a hand-over: what is sent with an offer, and which notes this person is told (docs/formats.md, hand_over).
import { t } from '../../lib/strings';
import type { OnWatch } from './told';

const most_letters = 2000;

// Why this cannot be a note; nothing if it can, or if there is none.
export function noteFault(note: string): string {
  const letters = [...note.trim()];
  if (letters.length > most_letters) return t('watch.on.note.long', { n: letters.length - most_letters });
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(note.trim()) ? t('watch.on.note.controls') : '';
}

export function offerOf(to: string, note: string): { to: string; note?: string } {
  const words = note.replace(/\r\n?/g, '\n').trim();
  return words ? { to: to.trim(), note: words } : { to: to.trim() };
}

// Of what was offered to her, before she takes it.
export function noteOffered(on: OnWatch[], me: string): string | undefined {
  return on.find((one) => one.offered_to === me)?.offered_note;
}
