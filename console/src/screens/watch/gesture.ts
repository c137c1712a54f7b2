// A command of a gesture. Sent again after a lost answer it has the same key, and is done once; a ruling that refuses it ends the
// gesture, so that trying again is looked at anew.
import { command, GestureKey, Refusal, type Ruling } from '../../lib/api';

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
