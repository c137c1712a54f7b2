// The sending of a signed act. While it is not known whether one was recorded, what was signed is kept with its idempotency key, and
// may only be sent again as it is: a second act beside it would bind a second time. Another refusal says that it was not recorded.
import { newKey, Refusal, signedCommand } from '../../lib/api';
import { differences, type Act, type SignedDocument } from '../../lib/signing';
import { t } from '../../lib/strings';
import type { Ruling } from './forms';

interface Kept {
  of: string; // what was asked for
  kind: string;
  act: Act;
  signatures: SignedDocument['signatures'];
  key: string;
}

type Also = (act: Act) => Promise<SignedDocument['signatures']>;

export const refusalOf = (why: unknown) => (why instanceof Refusal ? why : new Refusal(-1, String(why)));

export class Sending {
  private lost = new Map<string, Kept>();
  kept = $state.raw<Kept | undefined>();
  working = $state(false);
  error = $state.raw<Refusal | undefined>();

  // Another question is asked: what is kept of it, if it was sent before.
  turnTo(of: string) {
    this.kept = this.lost.get(of);
    this.error = undefined;
  }

  // Sends what was signed, if it still says what is asked for now. Undefined: refused, or not known.
  async send(of: string, kind: string, document: SignedDocument, now: Act | null, also?: Also): Promise<Ruling | undefined> {
    if (this.working || this.kept) return undefined;
    const others = now ? differences(document.act, now) : ['kind'];
    if (others.length) return void (this.error = new Refusal(-1, t('act.file.differs', { members: others.join(', ') })));
    this.working = true;
    this.error = undefined;
    try {
      const more = also ? await also(document.act) : [];
      return await this.post({ of, kind, act: document.act, signatures: [...document.signatures, ...more], key: newKey() });
    } catch (why) {
      this.error = refusalOf(why);
    } finally {
      this.working = false;
    }
    return undefined;
  }

  // The same octets under the same key: done once, however often they come.
  async again(): Promise<Ruling | undefined> {
    if (this.working || !this.kept) return undefined;
    this.working = true;
    try {
      return await this.post(this.kept, true);
    } finally {
      this.working = false;
    }
  }

  private async post(whole: Kept, again = false): Promise<Ruling | undefined> {
    try {
      const ruling = (await signedCommand(whole.kind, whole.act, whole.signatures, whole.key)) as unknown as Ruling;
      this.forget(whole);
      this.error = undefined;
      return ruling;
    } catch (why) {
      const refusal = refusalOf(why);
      // An answer that breaks off is lost, too.
      if (refusal.mayBeDone || refusal.status === -1 || (again && refusal.isUnheard)) this.lost.set(whole.of, (this.kept = whole));
      else this.forget(whole);
      this.error = refusal;
      return undefined;
    }
  }

  private forget(whole: Kept) {
    this.lost.delete(whole.of);
    this.kept = undefined;
  }
}
