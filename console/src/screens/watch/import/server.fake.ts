// For tests: a server that rules on lists of commands, and keeps what was sent.
import type { vi } from 'vitest';

export type Sent = { kind: string; body: Record<string, unknown> }[];

export function refuse(on: typeof vi, which: (command: Sent[number]) => boolean): Sent[] {
  const sent: Sent[] = [];
  on.stubGlobal('fetch', (_: string, init: { body: string }) => {
    const list = JSON.parse(init.body) as Sent;
    sent.push(list);
    const rulings = list.map((one) => (which(one) ? { outcome: 'refused', reasons: [{ code: 'quota' }] } : { outcome: 'accepted', reasons: [] }));
    return Promise.resolve(new Response(JSON.stringify(rulings), { status: list.some(which) ? 422 : 200 }));
  });
  return sent;
}

export const clear = (on: typeof vi) => refuse(on, () => false);
