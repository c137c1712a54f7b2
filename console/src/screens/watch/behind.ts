// What of the screen is behind: could not be loaded, or has been on its way for too long. While there is any, nothing that is made
// of it may be taken as it is now, whatever the connection says.
import type { Refusal } from '../../lib/api';
import { stale_after_ms } from '../../lib/time';

export interface Part {
  data: unknown;
  at: number; // when it was loaded last; 0: never
  error: Refusal | undefined;
  loading: boolean;
  since: number; // when the load that is under way was begun
}

export interface Behind<Name extends string> {
  what: Name;
  at: number;
  error?: Refusal;
}

export function behindOf<Name extends string>(parts: Record<Name, Part>, now: number): Behind<Name>[] {
  return (Object.keys(parts) as Name[]).flatMap((what) => {
    const { at, error, loading, since } = parts[what];
    const slow = loading && now - since > stale_after_ms;
    return error || slow ? [{ what, at, error }] : [];
  });
}
