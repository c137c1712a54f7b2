// What the centre tells anybody. Everything in it that a party or a visitor has written is text, and is shown as text.
import { Refusal } from '../../lib/api';

export interface PublicAgreement {
  id: string;
  title?: string;
  state?: string;
  since?: string;
  members?: string[];
}

export interface Centre {
  name: string;
  origin: string;
  demo: boolean;
  agreements?: PublicAgreement[];
  replies?: boolean;
  visits?: boolean;
}

export interface Reply {
  id?: string | number;
  name: string;
  text: string;
  at?: string;
}

export interface Peak {
  count: number;
  at: string;
}

export interface Visits {
  now: { guests: number; bots: number; members: number };
  most: Partial<Record<'today' | 'month' | 'year' | 'ever', Peak>>;
}

export const reply_characters = 2000;
export const visits_every_ms = 5 * 60_000;

async function ask<T>(path: string, body?: unknown, base = '/public'): Promise<T> {
  let response: Response;
  try {
    response = await fetch(base + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Comity-Console': '1' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    throw new Refusal(0, 'no connection');
  }
  if (!response.ok) throw new Refusal(response.status, response.statusText);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const centre = () => ask<Centre>('/centre');
// Who is signed in counts as a member: the cookie goes to the console's door and no further.
export const visits = (member: boolean) => ask<Visits>('/visits', undefined, member ? '/console' : '/public');

export async function replies(): Promise<Reply[]> {
  const told = await ask<Reply[] | { replies: Reply[] }>('/replies');
  return Array.isArray(told) ? told : told.replies;
}

export function sendReply(name: string, email: string, text: string): Promise<unknown> {
  return ask('/replies', { name, email, text });
}

// As people count them: a letter with its accents is one, an emoji too.
export function charactersOf(text: string): number {
  return [...text].length;
}
