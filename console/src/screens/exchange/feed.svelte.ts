// The list of items as it lives: the newest first, what came since one looked marked as new, and what is withdrawn gone at the
// next answer. Names are read of the items themselves, only of those that are on the screen, once.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { announce } from '../../lib/announce.svelte';
import { resource, type Resource } from '../../lib/live.svelte';
import { count } from '../../lib/strings';
import { briefOf, type Brief } from './brief';
import type { ItemRow } from './forms';
import type { ItemFilter } from './filters';
import { cameSince, keyOf, Newest, type Listed, type Question } from './newest';
import { itemText } from './told';

export { keyOf };

const atOnce = 4;

export class Feed {
  readonly told: Resource<Listed>;
  readonly fresh = new SvelteSet<string>();
  readonly briefs = new SvelteMap<string, Brief | null>(); // null: not there any more
  // Of a list of which not all is listed, what the filter asks the centre for.
  private readonly narrow: Resource<(Listed & { of: Newest }) | undefined>;
  private readonly newest: Newest;
  listed = $derived.by((): Listed | undefined => this.narrow.data ?? this.told.data);
  rows = $derived.by(() => this.listed?.rows ?? []);
  whole = $derived.by(() => this.told.data?.rows ?? []);
  loading = $derived.by(() => (this.narrow.data ? this.narrow : this.told).loading);
  isFull = $derived.by(() => !!this.listed && this.shown().isFull);
  private before: Listed | undefined;
  private waiting: ItemRow[] = [];
  private asking = 0;
  private asked = new Set<string>();

  constructor(role: Question['role'], filter: () => ItemFilter) {
    const newest = (this.newest = new Newest({ role }));
    // Suspension and return change what may be seen, too.
    this.told = resource<Listed>(['items', 'agreements', 'duties'], async () => {
      const listed = await newest.read();
      this.compare(listed);
      return listed;
    });
    let asked = '', found: Newest | undefined;
    const question = () => {
      const { type, agreement } = filter();
      return this.told.data?.more && (type || agreement) ? { role, type, agreement } : undefined;
    };
    this.narrow = resource(['items', 'agreements', 'duties'], async () => {
      const now = question();
      if (JSON.stringify(now) !== asked) [asked, found] = [JSON.stringify(now), now && new Newest(now)];
      return found && { ...(await found.read()), of: found };
    }, () => JSON.stringify(question()));
  }

  private shown(): Newest {
    return this.narrow.data?.of ?? this.newest;
  }

  // Lists one page more of what is shown.
  older() {
    this.shown().widen();
    (this.narrow.data ? this.narrow : this.told).refresh();
  }

  private compare(listed: Listed) {
    const came = this.before ? cameSince(this.before, listed) : [];
    came.forEach((row) => this.fresh.add(keyOf(row)));
    if (came.length) announce(count('items.arrived.one', 'items.arrived.many', came.length));
    this.before = listed;
  }

  // Whatever is on the screen now.
  want(rows: ItemRow[]) {
    for (const row of rows) {
      const key = keyOf(row);
      if (this.asked.has(key)) continue;
      this.asked.add(key);
      this.waiting.push(row);
    }
    while (this.asking < atOnce && this.waiting.length) void this.next();
  }

  private async next() {
    const row = this.waiting.shift()!;
    ++this.asking;
    try {
      const text = await itemText(row.id, row.version);
      this.briefs.set(keyOf(row), text ? briefOf(JSON.parse(text) as Record<string, unknown>) : null);
    } catch {
      this.asked.delete(keyOf(row)); // asked again when it is on the screen the next time
    }
    --this.asking;
    if (this.waiting.length) void this.next();
  }
}
