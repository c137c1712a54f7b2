// The list of items as it lives: the newest first, what came since one looked marked as new, and what is withdrawn gone at the
// next answer. Names are read of the items themselves, only of those that are on the screen, once.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { announce } from '../../lib/announce.svelte';
import { resource, type Resource } from '../../lib/live.svelte';
import { count } from '../../lib/strings';
import { briefOf, type Brief } from './brief';
import type { ItemRow } from './forms';
import type { ItemFilter } from './filters';
import { Newest, type Listed, type Question } from './newest';
import { itemText } from './told';

export const keyOf = (row: ItemRow) => `${row.id} ${row.version} ${row.agreement ?? ''}`;

const atOnce = 4;

export class Feed {
  readonly told: Resource<Listed>;
  readonly fresh = new SvelteSet<string>();
  readonly briefs = new SvelteMap<string, Brief | null>(); // null: not there any more
  // Of a list that is too long to be shown whole, what the filter asks the centre for.
  private readonly narrow: Resource<Listed | undefined>;
  listed = $derived.by(() => this.narrow.data ?? this.told.data);
  rows = $derived.by(() => [...(this.listed?.rows ?? [])].reverse());
  whole = $derived.by(() => this.told.data?.rows ?? []);
  private known: Set<string> | null = null;
  private waiting: ItemRow[] = [];
  private asking = 0;
  private asked = new Set<string>();

  constructor(role: Question['role'], filter: () => ItemFilter) {
    const newest = new Newest({ role });
    // Suspension and return change what may be seen, too.
    this.told = resource<Listed>(['items', 'agreements', 'duties'], async () => {
      const listed = await newest.read();
      this.compare(listed.rows);
      return listed;
    });
    let asked = '', found: Newest | undefined;
    const question = () => {
      const { type, agreement } = filter();
      return this.told.data?.older && (type || agreement) ? { role, type, agreement } : undefined;
    };
    this.narrow = resource<Listed | undefined>(['items', 'agreements', 'duties'], async () => {
      const now = question();
      if (JSON.stringify(now) !== asked) [asked, found] = [JSON.stringify(now), now && new Newest(now)];
      return found?.read();
    }, () => JSON.stringify(question()));
  }

  private compare(rows: ItemRow[]) {
    const keys = new Set(rows.map(keyOf));
    if (this.known) {
      const came = [...keys].filter((key) => !this.known!.has(key));
      came.forEach((key) => this.fresh.add(key));
      if (came.length) announce(count('items.arrived.one', 'items.arrived.many', came.length));
    }
    this.known = keys;
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
