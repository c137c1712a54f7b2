// A command of a gesture. Sent again after a lost answer it has the same key, and is done once; a ruling that refuses it ends the
// gesture, so that trying again is looked at anew.
import { command, GestureKey, Refusal, send, type Ruling } from '../../lib/api';

export async function sendOnce(key: GestureKey, kind: string, body: unknown): Promise<Ruling> {
  try {
    const ruling = await command(kind, body, key.of(JSON.stringify([kind, body])));
    key.done();
    return ruling;
  } catch (why) {
    if (why instanceof Refusal && why.status === 422) key.done();
    throw why;
  }
}

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
