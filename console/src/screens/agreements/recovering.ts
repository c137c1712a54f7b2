// What is signed about a key that the host gives: an objection to one that is to come, or, in an agreement, the confirmation of one.
import type { Members } from '../../lib/signing';
import type { Recovery } from './forms';

// The text that is confirmed under, and for which of them it was read: another one may be on its way.
export interface TextRead {
  of: Recovery;
  text: { agreement: string; version: number; text_hash: string } | null; // null: not told, or not the one that is listed
}

// What the act says; null while the text of just this one has not come.
export function membersOf(chosen: Recovery | undefined, read: TextRead | undefined): Members | null {
  if (!chosen) return null;
  if (!chosen.agreement) return { new_key: chosen.new_key };
  if (read?.of !== chosen || read.text?.agreement !== chosen.agreement) return null;
  return { ...read.text, recovered: chosen.party, new_key: chosen.new_key };
}
