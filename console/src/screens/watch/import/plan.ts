// What importing a file would do, and doing it: all of it or nothing. New ones go first, in one commit: if the server refuses one of
// them, those that it took are withdrawn again and nothing else is sent. Changes follow.
import { GestureKey } from '../../../lib/api';
import { fromWire, toWire } from '../../../lib/time';
import { reasonText } from '../../../lib/words';
import { sendAll } from '../../../lib/gesture';
import type { Site, SiteKind } from '../told';
import { bodyOf, isTold, siteId, type Body } from './body';
import { check, type Finding, type IsLand, type There } from './checks';
import { most, type Draft } from './draft';

// For what the file does not say.
export interface Filling {
  source: string;
  kind: SiteKind | '';
  reconfirm_by: string; // a wire time; empty: none
  uncertainty_m: string;
  ground: string; // lowest..highest, metres above the sea
  from: string;
  until: string;
}

export type Doing = 'new' | 'changed' | 'same' | 'refused';

export interface Planned {
  draft: Draft;
  id: string;
  doing: Doing;
  body?: Body;
  findings: Finding[];
  refusal: string; // of the server
  filed: boolean;
}

export function filled(draft: Draft, fill: Filling): Draft {
  const [, low, high] = /^\s*(-?[\d.]+)\s*(?:\.\.|-|–)\s*(-?[\d.]+)\s*$/.exec(fill.ground) ?? [];
  const uncertainty = Number(fill.uncertainty_m);
  const edge = (of: string | undefined, cut: string, choose: (a: string, b: string) => boolean) => (cut && (!of || choose(cut, of)) ? cut : of);
  return {
    ...draft, name: draft.name || draft.id, source: draft.source || fill.source, kind: draft.kind ?? (fill.kind || undefined), reconfirm_by: draft.reconfirm_by ?? (fill.reconfirm_by || undefined),
    ground: draft.ground ?? (low === undefined ? undefined : { low_m: Number(low), high_m: Number(high) }),
    volumes: draft.volumes.map((one) => (one.shape === 'point' && one.radius_m === undefined && uncertainty > 0 ? { ...one, radius_m: uncertainty } : one)),
    windows: draft.windows.map((one) => (one.schedule.length ? { ...one, from: edge(one.from, fill.from, (a, b) => a > b), until: edge(one.until, fill.until, (a, b) => a < b) } : one)),
  };
}

function thereOf(sites: Site[]): There[] {
  return sites.map(({ id, name, extents }) => ({ id, name, points: (extents[0]?.polygon ?? []).map(([lng, lat]) => ({ lat: lat / 1e7, lng: lng / 1e7 })) }));
}

export function cornersOf(drafts: Draft[]): number {
  return drafts.reduce((sum, one) => sum + one.volumes.reduce((all, volume) => all + volume.points.length, 0) * Math.max(1, one.windows.length), 0);
}

export async function planOf(office: string, read: Draft[], fill: Filling, sites: Site[], isLand: IsLand, now: number): Promise<Planned[]> {
  const drafts = read.map((one) => filled(one, fill));
  const ids = await Promise.all(drafts.map((one) => siteId(office, fill.source, one)));
  const findings = check(drafts, ids, thereOf(sites), isLand, toWire(now));
  return drafts.map((draft, i) => {
    const own = findings.filter((one) => one.draft === i);
    const common = { draft, id: ids[i]!, findings: own, refusal: '', filed: false };
    if (own.some((one) => one.severity === 'refuse')) return { ...common, doing: 'refused' as const };
    const body = bodyOf(draft, ids[i]!), site = sites.find((one) => one.id === ids[i]);
    if (!site) return { ...common, doing: 'new' as const, body };
    return { ...common, doing: isTold(body, site) ? ('same' as const) : ('changed' as const), body: { ...body, at: site.version } };
  });
}

export const count = (plan: Planned[], doing: Doing) => plan.filter((one) => one.doing === doing).length;
export const asked = (plan: Planned[]) => plan.flatMap((one) => one.findings).filter((one) => one.severity === 'ask').length;
export const tooMany = (drafts: Draft[]) => drafts.length > most.places || cornersOf(drafts) > most.all_corners;

async function fileAll(keys: GestureKey, plan: Planned[], doing: Doing): Promise<boolean> {
  const sent = plan.filter((one) => one.doing === doing && !one.filed);
  if (!sent.length) return true;
  const rulings = await sendAll(keys, sent.map((one) => ({ kind: 'put_site', body: one.body })));
  sent.forEach((one, i) => {
    const ruling = rulings[i];
    one.filed = ruling?.outcome === 'accepted';
    one.refusal = one.filed ? '' : (ruling?.reasons ?? []).map(reasonText).join(' ');
  });
  return sent.every((one) => one.filed);
}

// Changes the plan: what was filed, and what the server refused. Keys: so that each of the three is done once.
export class Filing {
  private readonly adding = new GestureKey();
  private readonly changing = new GestureKey();
  private readonly taking = new GestureKey();

  async send(plan: Planned[]): Promise<boolean> {
    if (await fileAll(this.adding, plan, 'new')) return fileAll(this.changing, plan, 'changed');
    const taken = plan.filter((one) => one.filed && one.doing === 'new');
    if (taken.length) await sendAll(this.taking, taken.map((one) => ({ kind: 'withdraw_site', body: { id: one.id, at: 1 } })));
    for (const one of taken) one.filed = false;
    return false;
  }
}

// A day as the moment with which it begins, or after which it has ended.
export function dayTime(day: string, edge: 'begins' | 'ends'): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(fromWire(`${day}T00:00:00.000000Z`))) return '';
  return edge === 'begins' ? `${day}T00:00:00.000000Z` : `${day}T23:59:59.999999Z`;
}
