// Acts of an officer of the host, signed with the officer's own key and not with a key of the party (docs/formats.md, signed acts).
import { get, newKey, Refusal, type Ruling, signedCommand } from '../../lib/api';
import type { HeldKey } from '../../lib/keys';
import { type Members, newAct, sign, type SignedDocument, type Signer } from '../../lib/signing';

// Under what an officer's keys are kept in this browser: apart from those of her party.
export function holderOf(person: string): string {
  return `officer ${person}`;
}

// While the centre's clock is not believed, acts are dated by the log.
async function signed(kind: string, members: Members, key: HeldKey, standsStillAt?: string): Promise<SignedDocument> {
  const me = await get<Signer>('/me');
  const signer = standsStillAt ? { ...me, time: standsStillAt } : me;
  return sign(newAct(signer, kind, members, key.id), [key]);
}

// What was signed is kept while it is not known whether it was recorded, and goes again as it is.
export class OfficerActs {
  private kept: { of: string; document: SignedDocument; key: string } | undefined;

  // `beside`: a body that says what the act says and a password, which no act may hold.
  async send(kind: string, members: Members, key: HeldKey, standsStillAt?: string, beside?: unknown): Promise<Ruling> {
    const of = JSON.stringify([kind, members, key.id]);
    const again = this.kept?.of === of;
    const whole = again ? this.kept! : { of, document: await signed(kind, members, key, standsStillAt), key: newKey() };
    this.kept = whole;
    try {
      const ruling = await signedCommand(kind, whole.document.act, whole.document.signatures, whole.key, beside);
      this.kept = undefined;
      return ruling;
    } catch (why) {
      if (why instanceof Refusal && !why.mayBeDone && !(again && why.isUnheard)) this.kept = undefined;
      throw why;
    }
  }
}
