// What a demo centre gives to anybody who asks, and no other centre does: one-time links that sign in as a person of each office,
// and for one of them a bearer token.
import { Asker } from './asker';

export interface Place {
  person: string;
  office: string;
  host: string; // of its own, so that one browser has several sessions
  link: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; status: number };

async function ask<T>(path: string, body?: unknown): Promise<Outcome<T>> {
  try {
    const response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Comity-Console': '1' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
    });
    if (!response.ok) return { ok: false, status: response.status };
    return { ok: true, value: (await response.json()) as T };
  } catch {
    return { ok: false, status: 0 };
  }
}

export async function places(): Promise<Outcome<Place[]>> {
  const told = await ask<{ people: Place[] }>('/console/demo');
  return told.ok ? { ok: true, value: told.value.people } : told;
}

export async function askerFor(place: Place): Promise<Outcome<Asker>> {
  const told = await ask<{ token: string }>('/console/demo/token', { link: tokenOf(place.link) });
  return told.ok ? { ok: true, value: new Asker(place.office, told.value.token) } : told;
}

// A link may be told whole or as what stands behind its #.
export function tokenOf(link: string): string {
  return link.slice(link.indexOf('#') + 1);
}

export function addressOf(place: Place): string {
  const port = location.port ? `:${location.port}` : '';
  return `${location.protocol}//${place.host}${port}/sign-in#${tokenOf(place.link)}`;
}
