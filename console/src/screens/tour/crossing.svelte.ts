// The flight of us that steps 4 and 5 share: filed, moved and ended by this page, beside that of ru.
import { microseconds, timeOf } from '../../lib/signing';
import type { Told } from './asker';
import { type Intent, intentAt, intentOfRu, intentsOf, isAhead, type Notice, noticesOf, type Volume } from './flights';
import { memorandum, ru, stage, us } from './stage.svelte';

const minute_us = 60_000_000;

class Crossing {
  id = $state<string | undefined>();
  times = $state.raw<{ from: string; until: string } | undefined>();
  plans = $state.raw<Record<string, Intent[]>>({});
  notices = $state.raw<Record<string, Notice[]>>({});

  async now_us(): Promise<number> {
    const me = await (await stage.as(us)).get<{ time: string }>('/api/v1/me');
    return microseconds(me.time);
  }

  // ru's next flight; where it has none any more, that of the scenario, in two hours.
  async flightOfRu(): Promise<Intent> {
    const asker = await stage.as(ru);
    const now = await this.now_us();
    const ahead = (await intentsOf(asker)).find((one) => isAhead(one, now / 1000));
    if (ahead) return ahead;
    const id = crypto.randomUUID();
    const body = intentOfRu(id, timeOf(now + 120 * minute_us), timeOf(now + 180 * minute_us));
    await asker.command('put_intent', body);
    return (await intentsOf(asker)).find((one) => one.id === id)!;
  }

  // Files it, or moves it where it is filed already.
  async putAt(lng: number): Promise<Told> {
    const asker = await stage.as(us);
    const other = (await this.flightOfRu()).extents[0]!;
    const now = await this.now_us();
    const from = Math.max(microseconds(other.from), now + minute_us);
    this.times = { from: timeOf(from), until: other.until };
    const own = (await intentsOf(asker)).find((one) => one.id === this.id);
    const id = own?.id ?? crypto.randomUUID();
    const ruling = await asker.command('put_intent', intentAt(lng, id, this.times.from, this.times.until, own?.ovn));
    if (ruling.outcome === 'accepted') this.id = id;
    return ruling;
  }

  async end(): Promise<void> {
    const asker = await stage.as(us);
    const own = (await intentsOf(asker)).find((one) => one.id === this.id);
    if (own) await asker.command('delete_intent', { id: own.id, at: own.ovn });
    this.id = undefined;
    await this.look();
  }

  // What each of the two is shown now.
  async look(): Promise<void> {
    const plans: Record<string, Intent[]> = {}, notices: Record<string, Notice[]> = {};
    for (const office of [us, ru]) {
      const asker = await stage.as(office);
      plans[office] = await intentsOf(asker);
      notices[office] = await noticesOf(asker);
    }
    this.plans = plans;
    this.notices = notices;
  }

  // Of an office: what is open under the memorandum about that flight.
  warnings(office: string, intent?: string): Notice[] {
    return (this.notices[office] ?? []).filter((one) => one.state === 'open' && one.about === 'intent' && one.agreement === memorandum && (!intent || one.intent === intent));
  }

  // Where flights of the other side meet the office's own, by what it is told: one notice for each flight of its own, with all.
  squares(office: string): Volume[] {
    return this.warnings(office).flatMap((one) => one.content?.volumes ?? []);
  }

  sites(office: string, intent?: string): Notice[] {
    return (this.notices[office] ?? []).filter((one) => one.state === 'open' && one.about === 'site' && (!intent || one.intent === intent));
  }
}

export const crossing = new Crossing();
