// What the centre tells an admin of a party, and an officer of the host.
import { wordsOf } from '../../lib/say';
import { t } from '../../lib/strings';

export interface Person {
  person: string;
  roles: Record<string, string[]>;
  state: string;
  issuer?: string; // of the party, by which she signs in, and who she is there: told to admins
  subject?: string;
}

export interface Client {
  client: string;
  office: string;
  rights: string[];
  state: string;
  issuer?: string; // whose tokens, about whom, act as it
  subject?: string;
}

export interface Issuer {
  issuer: string;
  url: string;
  allowed: boolean;
  offices?: string[];
  rights?: string[];
  roles?: string[]; // of people who sign in by it, where the centre has that
  keys?: { key: string; name?: string; algorithm: string }[];
  revoked?: boolean;
}

export interface Destination {
  destination: string;
  url: string;
  allowed: boolean;
  feeds?: string[];
  last_call?: { time: string; outcome: string; status?: number };
  secret?: string;
}

export interface Proposal {
  digest: string;
  kind: string;
  by: string;
  at: string;
  until: string;
  document?: { act?: Record<string, unknown> };
}

export interface Emergency {
  party?: string;
  agreement?: string;
  since: string;
  until: string;
  reason: string;
}

export interface Host {
  ruleset: number;
  time: string;
  log_stands_still_at?: string;
  put_back?: { cause: string; from: number; known?: number; epoch: number };
  limits: { limit: string; value: number; least: number; usual: number; most: number; what: string }[];
  proposals: Proposal[];
  suspended: { office: string; kind: string; since: string }[];
  emergencies?: Emergency[];
  destinations: Destination[];
  issuers: Issuer[];
  collections?: { root: string; id: string; title: string }[]; // of a centre of preset taxii
}

export const roles = ['watch', 'releasing', 'signing', 'audit', 'admin'] as const;
export const rights = ['read', 'contribute', 'file', 'acknowledge'] as const;
export type Role = (typeof roles)[number];
export type Right = (typeof rights)[number];

// What a change gives and takes, in the order of the list.
export function changeOf(before: string[], after: string[]): { gained: string[]; lost: string[] } {
  return { gained: after.filter((one) => !before.includes(one)), lost: before.filter((one) => !after.includes(one)) };
}

// What is to hold where the roles were changed by somebody else while a change of one's own was being thought of: that change, on top of theirs.
export function onTop(seen: string[], chosen: string[], now: string[]): string[] {
  const { gained, lost } = changeOf(seen, chosen);
  return [...now.filter((one) => !lost.includes(one)), ...gained.filter((one) => !now.includes(one))];
}

// 2 to 32 of a-z 0-9 -, a letter first.
export function isSlug(text: string): boolean {
  return /^[a-z][a-z0-9-]{1,31}$/.test(text);
}

// 120 bits from the browser's own source, in letters that are told apart when read aloud.
export function newPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const octets = crypto.getRandomValues(new Uint8Array(24));
  const all = [...octets].map((octet) => letters[octet % 32]).join('');
  return all.match(/.{6}/g)!.join('-');
}

// JSON for people: one member to a line.
export function lines(value: unknown): [string, string][] {
  return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([name, member]): [string, string][] =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? lines(member).map(([inner, text]) => [`${name}.${inner}`, text])
      : [[name, Array.isArray(member) ? member.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(', ') : String(member)]]);
}

// What a token may call its issuer: visible ASCII, at most 200.
export function isIssuerUrl(text: string): boolean {
  return /^[\x21-\x7e]{1,200}$/.test(text);
}

export interface IssuerChange {
  name: string; // like `ru/login`
  url: string;
  rights: string[];
  roles: string[]; // of people who sign in by it
  offices: string[]; // none: all
  was: Issuer | undefined;
  ended: string[]; // ids of keys that it has no more
}

// What follows of registering an issuer, or of changing one.
export function issuerSays({ name, url, rights: given, roles: people, offices, was, ended }: IssuerChange): string[] {
  if (!given.length && !people.length) return [t('people.issuers.consequence.none')];
  const values = { issuer: name, url: url || '…', offices: offices.join(', ') || t('people.issuers.everywhere'), rights: wordsOf('people.right', given), roles: wordsOf('people.role', people) };
  const counts = was?.allowed && !was.revoked && was.url === url;
  const lost = was && !was.revoked ? (was.roles ?? []).filter((one) => !people.includes(one)) : [];
  return [
    ...(given.length ? [t('people.issuers.consequence', values)] : []),
    ...(people.length ? [t('people.issuers.consequence.roles', values)] : []),
    t(counts ? 'people.issuers.consequence.at_once' : 'people.issuers.consequence.waits', values),
    ...(lost.length ? [t('people.issuers.consequence.lost', { issuer: name, roles: wordsOf('people.role', lost) })] : []),
    ...(was && !was.revoked ? [t('people.issuers.consequence.cut', values)] : []),
    ...(ended.length ? [t('people.issuers.consequence.ended', { keys: ended.join(', ') })] : []),
  ];
}

// What one officer of the host allows: addresses that parties have named.
export interface Address {
  kind: 'destination' | 'issuer';
  name: string;
  url: string;
  allowed: boolean;
}

export function addressesOf(host: Host): Address[] {
  return [
    ...host.destinations.map((one) => ({ kind: 'destination' as const, name: one.destination, url: one.url, allowed: one.allowed })),
    ...host.issuers.filter((one) => !one.revoked).map((one) => ({ kind: 'issuer' as const, name: one.issuer, url: one.url, allowed: one.allowed })),
  ];
}
