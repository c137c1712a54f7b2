// What two officers of the host do together: what each act asks for, the body that is proposed (docs/formats.md, commands), and how the
// command line says the same. Whether the centre would take it, the centre says.
import { fromBase64 } from '../../lib/bytes';
import type { Members, Plain } from '../../lib/signing';
import { timeText, toWire, typedTime } from '../../lib/time';
import { type Host, isSlug, roles } from './told';

export const kinds = ['set_limits', 'register_party', 'set_roles', 'recover_key', 'emergency_suspend', 'adopt_ruleset', 'allow_framework', 'open_collection', 'advance_time', 'restored'] as const;
export type Kind = (typeof kinds)[number];

export interface Context {
  host: Host;
  party: string; // of the host
  parties: string[];
  offices: string[]; // of the host's party
}

// All that is typed or chosen is a text; of several things each is a word.
export type Values = Record<string, string>;

export interface Field {
  name: string;
  as: 'text' | 'number' | 'select' | 'choices' | 'key' | 'bundle';
  options?: readonly string[];
  least?: number;
  most?: number;
  optional?: true;
}

interface Form {
  fields: (context: Context) => Field[];
  begin: (context: Context) => Values;
  body: (values: Values, context: Context) => Members | undefined; // undefined: something is missing yet
  command: (values: Values) => string;
}

const hour_ms = 3_600_000;
const words = (text: string | undefined) => (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
const whole = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined);
const isKey = (text: string) => fromBase64(text)?.length === 32;
const field = (name: string, as: Field['as'] = 'text', more: Partial<Field> = {}): Field => ({ name, as, ...more });
const file = 'comity host propose FILE --key FILE';

function wireOf(text: string | undefined): string {
  const at = typedTime(text ?? '', Date.now());
  return Number.isNaN(at) ? 'TIME' : toWire(at);
}

// All of them, or nothing.
function all(members: Record<string, Plain | undefined>): Members | undefined {
  return Object.values(members).some((one) => one === undefined || one === '') ? undefined : (members as Members);
}

// A party's name has no dot, an agreement's has one.
const named = (target: string): Members => (target.includes('.') ? { agreement: target } : { party: target });

const forms: Record<Kind, Form> = {
  set_limits: {
    fields: ({ host }) => host.limits.map(({ limit, least, most }) => field(limit, 'number', { least, most })),
    begin: ({ host }) => Object.fromEntries(host.limits.map((one) => [one.limit, String(one.value)])),
    body: (values, { host }) => {
      const changed = host.limits.filter((one) => whole(values[one.limit]) !== one.value);
      const bad = changed.some(({ limit, least, most }) => !((whole(values[limit]) ?? -1) >= least && whole(values[limit])! <= most));
      return changed.length && !bad ? Object.fromEntries(changed.map((one) => [one.limit, whole(values[one.limit])!])) : undefined;
    },
    command: () => 'comity host limits NAME=N --key FILE',
  },
  register_party: {
    fields: () => [
      field('slug'), field('name'), field('kind', 'select', { options: ['state', 'organisation', 'agency', 'force', 'company'] }), field('listing', 'select', { options: ['listed', 'unlisted'] }),
      field('key', 'key'), field('office'), field('admin'), field('recovery_keys', 'text', { optional: true }), field('recovery_needed', 'number', { least: 1, most: 16, optional: true }),
    ],
    begin: () => ({ kind: 'state', listing: 'listed' }),
    body: ({ slug, name, kind, listing, key, office, admin, recovery_keys, recovery_needed }) => {
      const recovery = words(recovery_keys), needed = whole(recovery_needed);
      if (![slug, office, admin].every((one) => isSlug(one ?? '')) || !isKey(key ?? '') || !recovery.every(isKey) || (recovery.length > 0 && !needed)) return undefined;
      const more: Members = recovery.length ? { recovery_keys: recovery, recovery_needed: needed! } : {};
      const body = all({ slug, name: name?.trim(), kind, listing, key, office, admin });
      return body && { ...body, ...more };
    },
    command: () => file,
  },
  set_roles: {
    fields: ({ offices }) => [field('person'), field('office', 'select', { options: offices }), field('roles', 'choices', { options: [...roles, 'host'], optional: true }), field('officer_key', 'key', { optional: true })],
    begin: ({ offices }) => ({ office: offices[0] ?? '', roles: 'host' }),
    body: ({ person, office, roles: given, officer_key }, { party }) => {
      if (!person?.endsWith(`@${party}`) || (officer_key && !isKey(officer_key))) return undefined;
      const body = all({ person, office });
      return body && { ...body, roles: words(given), ...(officer_key ? { officer_key } : {}) };
    },
    command: () => file,
  },
  recover_key: {
    fields: ({ parties }) => [field('party', 'select', { options: parties }), field('key', 'key')],
    begin: ({ parties }) => ({ party: parties[0] ?? '' }),
    body: ({ party, key }) => (isKey(key ?? '') ? all({ party, key }) : undefined),
    command: ({ party }) => `comity host recover-key ${party || 'PARTY'} FILE --key FILE`,
  },
  emergency_suspend: {
    fields: ({ parties }) => [field('target', 'text', { options: parties }), field('hours', 'number', { least: 1, most: 72 }), field('reason')],
    begin: () => ({ hours: '24' }),
    body: ({ target, hours, reason }) => {
      const lasts = whole(hours);
      if (!target?.trim() || !reason?.trim() || !lasts || lasts > 72) return undefined;
      return { ...named(target.trim()), lasts: `PT${lasts}H`, reason: reason.trim() };
    },
    command: ({ target, hours }) => `comity host suspend ${target || 'PARTY'} --for PT${hours || 24}H --reason TEXT --key FILE`,
  },
  adopt_ruleset: {
    fields: ({ host }) => [field('ruleset', 'number', { least: host.ruleset })],
    begin: ({ host }) => ({ ruleset: String(host.ruleset + 1) }),
    body: ({ ruleset }, { host }) => ((whole(ruleset) ?? 0) > host.ruleset ? { ruleset: whole(ruleset)! } : undefined),
    command: ({ ruleset }) => `comity host ruleset ${ruleset || 'N'} --key FILE`,
  },
  allow_framework: {
    fields: () => [field('framework'), field('title'), field('bundle', 'bundle')],
    begin: () => ({}),
    body: ({ framework, title, root, objects }) => (isSlug(framework ?? '') ? all({ framework, title: title?.trim(), root, objects: whole(objects) }) : undefined),
    command: ({ framework }) => `comity host allow-framework ${framework || 'NAME'} FILE --title TITLE --key FILE`,
  },
  open_collection: {
    fields: ({ host }) => [
      field('root', 'text', { options: [...new Set((host.collections ?? []).map((one) => one.root))] }), field('id', 'text', { options: (host.collections ?? []).map((one) => one.id) }),
      field('title'), field('description', 'text', { optional: true }), field('alias', 'text', { optional: true }), field('readers', 'text', { optional: true }), field('writers', 'text', { optional: true }),
    ],
    begin: () => ({ id: crypto.randomUUID(), readers: 'everyone' }),
    body: ({ root, id, title, description, alias, readers, writers }) => {
      const users = (text: string | undefined): Plain => (text?.trim() === 'everyone' ? 'everyone' : words(text));
      const body = all({ root: root?.trim(), id: id?.trim(), title: title?.trim() });
      return body && { ...body, ...(description?.trim() ? { description: description.trim() } : {}), ...(alias?.trim() ? { alias: alias.trim() } : {}), readers: users(readers), writers: users(writers) };
    },
    command: ({ root, id }) => `comity host open-collection ${root || 'PATH'} ${id || 'UUID'} --title TITLE --key FILE`,
  },
  // By the officer's own clock, not by the centre's: that one is what is doubted.
  advance_time: {
    fields: () => [field('to')],
    begin: () => ({ to: timeText(Date.now() + hour_ms) }),
    body: ({ to }) => {
      const at = typedTime(to ?? '', Date.now());
      return Number.isNaN(at) ? undefined : { to: toWire(at) };
    },
    command: ({ to }) => `comity host advance-time --to ${wireOf(to)} --key FILE`,
  },
  restored: {
    fields: ({ host }) => [field('from', 'number', { least: 1 }), field('lost_to', 'number', { least: host.put_back?.known ?? 1 }), field('epoch', 'number', { least: 1 })],
    begin: ({ host: { put_back } }) => ({ from: String(put_back?.from ?? ''), lost_to: String(put_back?.known ?? put_back?.from ?? ''), epoch: String(put_back?.epoch ?? '') }),
    body: ({ from, lost_to, epoch }) => ((whole(lost_to) ?? 0) >= (whole(from) ?? 1) ? all({ from: whole(from), to: whole(lost_to), epoch: whole(epoch) }) : undefined),
    command: ({ from, lost_to }) => `comity host restored ${from || 'FROM'} ${lost_to || 'TO'} --key FILE`,
  },
};

export const formOf = (kind: Kind): Form => forms[kind];

// Those that make sense in this centre, now.
export function kindsFor({ host }: Context): Kind[] {
  const apart: Partial<Record<Kind, boolean>> = { open_collection: !!host.collections, restored: !!host.put_back, advance_time: !!host.log_stands_still_at, allow_framework: !host.collections };
  return kinds.filter((kind) => apart[kind] ?? true);
}
