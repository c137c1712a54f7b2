// What calls for somebody: the alarms of an office and the lists they are made of. Whoever has the role `watch` hears them on whichever
// screen is open, so the frame has them once and the screen Watch shows the same ones; where the frame has none, Watch has its own.
// What was shelved stays so for as long as its time, whatever is opened meanwhile, and is nobody else's.
import { announce } from '../lib/announce.svelte';
import { get } from '../lib/api';
import { clock } from '../lib/clock.svelte';
import { resource, type Resource } from '../lib/live.svelte';
import { session } from '../lib/session.svelte';
import { t, type Key } from '../lib/strings';
import { title } from '../lib/title.svelte';
import { behindOf } from '../screens/watch/behind';
import { sound } from '../screens/watch/sound.svelte';
import type { Conflict, Intent, Notice, Watch } from '../screens/watch/told';
import { alarmsOf, isWaiting, presented, type Alarm, type Shown } from '../screens/watch/urgency';

const page = 1000;
const shelf_ms = 10 * 60_000;
const again_ms = 20_000;

// All of a list that comes in pages.
export async function whole<T>(path: string, after: (last: T) => string | number): Promise<T[]> {
  const all: T[] = [];
  for (let from = ''; ; ) {
    const part = await get<T[]>(`${path}?limit=${page}${from}`);
    all.push(...part);
    if (part.length < page) return all;
    from = `&after=${encodeURIComponent(after(part.at(-1)!))}`;
  }
}

export const textOf = (alarm: Alarm) => t(`watch.alarm.${alarm.kind}` as Key, { subject: alarm.subject });

class Shelf {
  until = $state<Record<string, number>>({});
  private whose = '';

  be(whose: string) {
    if (whose !== this.whose) this.until = {};
    this.whose = whose;
  }
}

const shelf = new Shelf();

// For a component, and for as long as it is there.
export class Calls {
  readonly intents: Resource<Intent[]> = resource(['intents'], () => whole<Intent>('/intents', (one) => one.id));
  readonly notices: Resource<Notice[]> = resource(['notices', 'duties'], () => whole<Notice>('/notices', (one) => one.notice));
  readonly conflicts: Resource<Conflict[]> = resource(['conflicts', 'notices'], () => whole<Conflict>('/conflicts', (one) => one.notice));
  readonly watch: Resource<Watch> = resource(['watch'], () => get<Watch>('/watch'));
  readonly parts = { intents: this.intents, notices: this.notices, conflicts: this.conflicts, watch: this.watch };

  // While a list cannot be had, that there is no alarm says nothing.
  readonly unknown: boolean = $derived(behindOf(this.parts, clock.now).length > 0);
  readonly all: Alarm[] = $derived(alarmsOf({
    notices: this.notices.data ?? [], conflicts: this.conflicts.data ?? [], intents: this.intents.data ?? [], watch: this.watch.data,
  }, clock.now));
  readonly presented: Shown = $derived(presented(this.all, shelf.until, clock.now));
  private readonly waiting: number = $derived((this.notices.data ?? []).filter(isWaiting).length);
  private known = new Set<string>();
  private rang = 0;

  constructor() {
    shelf.be(session.whose);
    $effect(() => this.tell());
    $effect(() => {
      void clock.now;
      if (this.presented.shown.some((one) => one.rank === 1) && Date.now() - this.rang >= again_ms) this.ring(1);
    });
    $effect(() => {
      title.mark = this.waiting ? `(${this.waiting}) ` : '';
      return () => (title.mark = '');
    });
  }

  get shelvedUntil(): Readonly<Record<string, number>> {
    return shelf.until;
  }

  shelve(id: string) {
    shelf.until[id] = clock.now + shelf_ms;
  }

  unshelve(id: string) {
    delete shelf.until[id];
  }

  private tell() {
    const fresh = this.all.filter((one) => !this.known.has(one.id) && one.rank < 3);
    this.known = new Set(this.all.map((one) => one.id));
    if (!fresh.length) return;
    const rank = fresh[0]!.rank === 1 ? 1 : 2;
    announce(fresh.slice(0, 3).map(textOf).join('. '), rank === 1 ? 'urgent' : 'polite');
    this.ring(rank);
  }

  private ring(rank: 1 | 2) {
    sound.ring(rank);
    this.rang = Date.now();
  }
}

let ofFrame: Calls | undefined;

export function startCalls(): Calls {
  const calls = new Calls();
  ofFrame = calls;
  $effect(() => () => {
    if (ofFrame === calls) ofFrame = undefined;
  });
  return calls;
}

export const callsHere = (): Calls => ofFrame ?? new Calls();
