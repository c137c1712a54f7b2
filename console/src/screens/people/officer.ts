// Acts of an officer of the host, signed with the officer's own key and not with a key of the party (docs/formats.md, signed acts).
import { get, type Ruling, signedCommand } from '../../lib/api';
import type { HeldKey } from '../../lib/keys';
import { type Members, newAct, sign, type Signer } from '../../lib/signing';

// Under what an officer's keys are kept in this browser: apart from those of her party.
export function holderOf(person: string): string {
  return `officer ${person}`;
}

// While the centre's clock is not believed, acts are dated by the log.
export async function sendAsOfficer(kind: string, members: Members, key: HeldKey, standsStillAt?: string): Promise<Ruling> {
  const me = await get<Signer>('/me');
  const signer = standsStillAt ? { ...me, time: standsStillAt } : me;
  const document = await sign(newAct(signer, kind, members, key.id), [key]);
  return signedCommand(kind, document.act, document.signatures);
}
