// Acts that were signed elsewhere, and are sent from here as they are: what `comity sign` or `--write` printed, and what the command line
// kept of what it sent, which a party presents again to a centre whose journal was put back (25-isolation G15).
import { newKey } from '../../lib/api';

export interface Brought {
  file: string;
  kind: string;
  says: [string, string][]; // all that it says, to the last member
  text: string; // the command
  key: string;
  wasRefused: boolean; // when it was sent first
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const word = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

// Null: it is no command and no signed act.
export function broughtOf(file: string, text: string): Brought | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const kept = isObject(value) && isObject(value.command) ? value.command : value;
  if (!isObject(kept)) return null;
  const act = isObject(kept.act) ? kept.act : undefined;
  const kind = kept.kind ?? act?.kind;
  if (typeof kind !== 'string' || (act ? !Array.isArray(kept.signatures) : !isObject(kept.body))) return null;
  const ruling = isObject(value) && isObject(value.ruling) ? value.ruling : undefined;
  const key = typeof kept.idempotency_key === 'string' ? kept.idempotency_key : newKey();
  const says = Object.entries(act ?? (kept.body as object)).map(([name, member]): [string, string] => [name, word(member)]);
  return { file, kind, says, text: JSON.stringify({ ...kept, kind }), key, wasRefused: ruling?.outcome === 'refused' };
}
