// What the steps of the tour share: who can be asked, the secret, and what ir was told before it was given.
import { type Answer, type Asker, NoAnswer } from './asker';
import { askerFor, type Place, places } from './demo';
import type { Report } from './made';
import { walk } from './walk';

export const il = 'il/general-staff';
export const ru = 'ru/general-staff';
export const ir = 'ir/general-staff';
export const us = 'us/defense';
export const relief = 'relief/liaison';
export const staff = 'ru.il-staff';
export const centre = 'ru.baghdad-centre';
export const memorandum = 'us.flight-safety-ru';

const token_kept_ms = 10 * 60_000;

class Stage {
  state = $state<'loading' | 'ready' | 'other_demo' | 'no_demo' | 'unreachable'>('loading');
  open = $state.raw<Place[]>([]); // links to follow; each works once
  word = $state('');
  secret = $state.raw<Report | undefined>();
  before = $state.raw<Answer[]>([]);
  passed = $state<Record<number, boolean>>({});
  private askers = new Map<string, { asker: Promise<Asker>; until: number }>();

  async load(): Promise<void> {
    const told = await places();
    if (told.ok) this.open = told.value;
    const plays = [il, ru, ir, us].every((office) => this.open.some((one) => one.office === office));
    this.state = told.ok ? (plays ? 'ready' : 'other_demo') : told.status === 0 ? 'unreachable' : 'no_demo';
  }

  // Links that nobody has used.
  async renew(): Promise<void> {
    const told = await places();
    if (told.ok) this.open = told.value;
  }

  // Its token is for an hour or less; long before that there is another.
  as(office: string): Promise<Asker> {
    const known = this.askers.get(office);
    if (known && known.until > performance.now()) return known.asker;
    const asker = this.enter(office);
    asker.catch(() => this.askers.delete(office)); // the next gesture tries again
    this.askers.set(office, { asker, until: performance.now() + token_kept_ms });
    return asker;
  }

  private async enter(office: string): Promise<Asker> {
    const told = await places(); // fresh ones: those that are shown stay good
    const place = told.ok ? told.value.find((one) => one.office === office) : undefined;
    if (!place) throw new NoAnswer(`no way in as ${office}`);
    const asker = await askerFor(place);
    if (!asker.ok) throw new NoAnswer(`no token for ${office}`);
    return asker.value;
  }

  async walkAs(office: string, progress?: (count: number) => void): Promise<Answer[]> {
    return walk(await this.as(office), progress);
  }
}

export const stage = new Stage();
