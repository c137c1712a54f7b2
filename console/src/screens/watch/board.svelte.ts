// Everything the watch screen shows and shares: what was loaded, the one time, what is selected. Each part of the screen reads it.
import { clock } from '../../lib/clock.svelte';
import { live, resource, type Resource } from '../../lib/live.svelte';
import { route, setQuery } from '../../lib/router.svelte';
import { t } from '../../lib/strings';
import { now_ms } from '../../lib/time';
import { callsHere, whole, type Calls } from '../../shell/calls.svelte';
import { behindOf } from './behind';
import { queryOf, readConductor, shownTime, windowAround, type Conductor, type Window } from './conductor';
import { middleOf, volumesOf, type Volume } from './features';
import type { Mark } from './map/labels';
import type { Vehicle } from './map/chart';
import { changesOf, lastChange, listsAt, type Lists } from './past';
import type { Conflict, Constraint, Intent, Notice, Site, Watch } from './told';
import { byUrgency, isWaiting } from './urgency';

export type PartName = 'intents' | 'notices' | 'conflicts' | 'sites' | 'constraints' | 'watch';

export class Board {
  readonly calls: Calls = callsHere();
  readonly intents: Resource<Intent[]> = this.calls.intents;
  readonly notices: Resource<Notice[]> = this.calls.notices;
  readonly conflicts: Resource<Conflict[]> = this.calls.conflicts;
  readonly watch: Resource<Watch> = this.calls.watch;
  readonly sites: Resource<Site[]> = resource(['sites'], () => whole<Site>('/sites', (one) => one.id));
  readonly constraints: Resource<Constraint[]> = resource(['intents', 'agreements'], () => whole<Constraint>('/constraints', (one) => `${one.office}:${one.id}`));

  readonly parts: Record<PartName, Resource<unknown>> = { ...this.calls.parts, sites: this.sites, constraints: this.constraints };
  readonly behind = $derived(behindOf(this.parts, clock.now));
  // Whether what is shown may be taken as it is now: the connection is, and all of it has come.
  readonly current: boolean = $derived(live.isCurrent(clock.now) && this.behind.length === 0);
  readonly stale: boolean = $derived(!this.current && (live.heard > 0 || this.behind.length > 0));

  private started = $state(now_ms());
  private fast = $state(now_ms()); // ticks faster than the clock while a replay runs

  // By text, so that a change elsewhere in the address is none of the time.
  private readonly said: string = $derived(JSON.stringify([route.query.at, route.query.speed, route.query.span]));
  readonly conductor: Conductor = $derived.by(() => {
    const [at, speed, span] = JSON.parse(this.said) as (string | null)[];
    return readConductor({ at: at ?? '', speed: speed ?? '', span: span ?? '' });
  });
  readonly at: number = $derived(shownTime(this.conductor, this.conductor.mode === 'replay' ? this.fast : clock.now, this.started));
  private readonly windowFrom: number = $derived(windowAround(this.at, this.conductor.hours).from);
  readonly window: Window = $derived({ from: this.windowFrom, until: this.windowFrom + this.conductor.hours * 3_600_000 });

  readonly ranked: Notice[] = $derived(byUrgency(this.notices.data ?? [], clock.now));

  // What the map, the lists and the timeline show: as it is now or, before now, as it was as far as that is told. Alarms and answers are
  // always of now.
  readonly past: boolean = $derived(this.conductor.mode !== 'live' && this.at < clock.now - 1000);
  private readonly present: Lists = $derived({ notices: this.notices.data ?? [], conflicts: this.conflicts.data ?? [], intents: this.intents.data ?? [] });
  private readonly changes: number[] = $derived(this.past ? changesOf(this.present) : []);
  private readonly changed: number = $derived(this.past ? lastChange(this.changes, this.at) : Infinity);
  readonly shown: Lists = $derived(this.changed === Infinity ? this.present : listsAt(this.present, this.changed));
  readonly time: number = $derived(this.past ? Math.floor(this.at / 1000) * 1000 : clock.now); // what countdowns go by
  readonly listed: Notice[] = $derived(this.past ? byUrgency(this.shown.notices, this.changed) : this.ranked);

  readonly volumes: Volume[] = $derived(volumesOf({
    intents: this.shown.intents, conflicts: this.shown.conflicts, sites: this.sites.data ?? [], constraints: this.constraints.data ?? [],
  }));
  readonly waiting: Notice[] = $derived(this.ranked.filter(isWaiting));

  readonly selected: string = $derived(route.query.sel ?? '');
  readonly noticeSelected: Notice | undefined = $derived(this.listed.find((one) => `notice-${one.notice}` === this.selected));
  readonly intentSelected: Intent | undefined = $derived(this.intents.data?.find((one) => one.id === (this.noticeSelected?.intent ?? this.selected)));

  readonly marks: Mark[] = $derived(this.volumes.length > 400 ? [] : this.volumes.filter((one) => one.kind !== 'own' || this.volumes.length < 150).map(markOf));
  readonly vehicles: Vehicle[] = $derived(this.shown.intents.filter((one) => one.telemetry).map(vehicleOf));

  constructor() {
    $effect(() => {
      if (this.conductor.mode !== 'replay') return;
      void this.conductor.at_ms;
      this.started = this.fast = now_ms();
      const timer = setInterval(() => (this.fast = now_ms()), 200);
      return () => clearInterval(timer);
    });
  }

  select(id: string) {
    setQuery({ sel: id || null });
  }

  conduct(change: Partial<Conductor>) {
    setQuery(queryOf({ ...this.conductor, at_ms: this.at, ...change }));
  }

  isAlone(intent: string): boolean {
    return !this.shown.conflicts.some((one) => one.intent === intent);
  }
}

function markOf(volume: Volume): Mark {
  const text = volume.kind === 'cell' ? t('watch.map.cell', { n: volume.name }) : volume.kind === 'stray' ? `▲ ${volume.name}` : volume.name;
  return { at: middleOf(volume), text, look: volume.kind === 'cell' || volume.urgent ? 'urgent' : 'volume' };
}

function vehicleOf(intent: Intent): Vehicle {
  const [lng, lat] = intent.telemetry!.position;
  return { at: [lng / 1e7, lat / 1e7], track: intent.telemetry!.track_deg ?? 0, name: intent.id.slice(0, 8) };
}
