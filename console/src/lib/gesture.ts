// Many commands of one gesture. Sent again after a lost answer they have the same key, and are done once; rulings end the gesture, those
// that refuse too, so that trying again is looked at anew.
import { GestureKey, Refusal, send, type Ruling } from './api';

export interface Command {
  kind: string;
  body: unknown;
}

// Many in one commit, each ruled on by itself: the rulings in the same order, the refused ones among them.
export async function sendAll(key: GestureKey, commands: Command[]): Promise<Ruling[]> {
  try {
    const rulings = await send<Ruling[]>('POST', '/commands', commands, { 'Idempotency-Key': key.of(JSON.stringify(commands)) });
    key.done();
    return rulings;
  } catch (why) {
    if (!(why instanceof Refusal) || why.status !== 422) throw why;
    key.done();
    if (Array.isArray(why.body)) return why.body as Ruling[];
    throw why;
  }
}
