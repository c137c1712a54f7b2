// The one place that talks to the server. Reads and writes go to /console/api/v1, with the cookie of the session. What is not
// an answer is thrown as a Refusal: refused commands, problem documents, a lost session, a lost connection.
import { noteServerTime } from './time';
import { noteAnswered, noteSent } from './unanswered';

export interface Reason {
  code: string;
  agreement?: string;
  clause?: string;
  subject?: string;
  detail?: string;
}

export interface Ruling {
  outcome: string;
  reasons: Reason[];
  effects?: unknown[];
  digest?: string;
  filing?: Record<string, unknown>;
  preview?: Record<string, unknown>;
}

export interface Problem {
  pointer?: string;
  reason: string;
}

export class Refusal extends Error {
  constructor(
    readonly status: number, // 0: no connection
    readonly title: string,
    readonly reasons: Reason[] = [],
    readonly problems: Problem[] = [],
    readonly body: Record<string, unknown> = {}, // all that was answered
  ) {
    super(title);
  }
  get sessionEnded(): boolean {
    return this.status === 401;
  }
  get offline(): boolean {
    return this.status === 0;
  }
  // Whether what was sent may have been done all the same: the answer was lost, or was none.
  get mayBeDone(): boolean {
    return this.status === 0 || this.status >= 500;
  }
  // Whether this answer to a second sending says nothing about the first one.
  get isUnheard(): boolean {
    return [401, 403, 408, 425, 429].includes(this.status);
  }
}

const base = '/console/api/v1';
const readYourWriteFor_ms = 15_000;
let seen: { mark: string; at: number } | undefined;
const whenEnded = new Set<() => void>();
let shownAs = { office: '', person: '' }; // by the page; empty: nobody is signed in
const notForOffice = new Set(['/session', '/sessions']); // signing in and out, and who is here

export function onSessionEnded(then: () => void): () => void {
  whenEnded.add(then);
  return () => whenEnded.delete(then);
}

// Marks are of one office: another one begins without.
export function forgetSeen() {
  seen = undefined;
}

// The cookie is of all tabs, the page of one: each request says for which office and person it is meant, and where the cookie stands
// for another by now it is refused with 401.
export function actFor(office: string, person = '') {
  shownAs = { office, person };
}

export function saysFor(): Record<string, string> {
  const { office, person } = shownAs;
  return office ? { 'Comity-Office': office, 'Comity-Person': person } : {};
}

async function refusalOf(response: Response): Promise<Refusal> {
  const body = await response.json().catch(() => ({}));
  const title = body.detail || body.title || body.outcome || response.statusText;
  return new Refusal(response.status, String(title), body.reasons ?? [], body.problems ?? body.errors ?? [], body);
}

function isForOffice(url: string): boolean {
  return !notForOffice.has(url.slice('/console'.length));
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    throw new Refusal(0, 'no connection');
  }
  noteServerTime(response.headers.get('Date'));
  if (response.ok) return response;
  if (response.status === 401 && isForOffice(url)) whenEnded.forEach((then) => then());
  throw await refusalOf(response);
}

async function bodyOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export interface Asked {
  accept?: string;
  signal?: AbortSignal;
}

export async function getText(path: string, asked: Asked = {}): Promise<string> {
  const headers: Record<string, string> = { Accept: asked.accept ?? 'application/json', ...saysFor() };
  if (seen && Date.now() - seen.at < readYourWriteFor_ms) headers['Comity-At-Least'] = seen.mark;
  const response = await ask(base + path, { headers, signal: asked.signal });
  return response.text();
}

export async function get<T>(path: string, asked: Asked = {}): Promise<T> {
  return JSON.parse(await getText(path, asked)) as T;
}

// A write to the API; what is read after it has it.
export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown,
                              more: Record<string, string> = {}): Promise<T> {
  const headers: Record<string, string> = { 'Comity-Console': '1', Accept: 'application/json', ...saysFor(), ...more };
  if (body !== undefined && !headers['Content-Type']) headers['Content-Type'] = 'application/json';
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const key = more['Idempotency-Key'];
  const again = key !== undefined && noteSent(key, path, text ?? '', `${shownAs.person} ${shownAs.office}`);
  try {
    const response = await ask(base + path, { method, headers, body: text });
    const mark = response.headers.get('Comity-Seen');
    if (mark) seen = { mark, at: Date.now() };
    const told = await bodyOf<T>(response);
    if (key !== undefined) noteAnswered(key);
    return told;
  } catch (why) {
    const isAnswer = why instanceof Refusal && !why.mayBeDone && !(again && why.isUnheard);
    if (key !== undefined && isAnswer) noteAnswered(key);
    throw why;
  }
}

// One key for each gesture: what is sent again after a lost answer is done once.
export function newKey(): string {
  return crypto.randomUUID();
}

// The key of a gesture whose content may still be edited: what is sent again unchanged has the same one, what says something else
// is another gesture.
export class GestureKey {
  private content: string | undefined;
  private key = '';

  of(content: string): string {
    if (content !== this.content) [this.content, this.key] = [content, newKey()];
    return this.key;
  }

  done() {
    this.content = undefined;
  }
}

// One command of a gesture; its ruling if it was accepted, else a Refusal with the reasons. There is no sending without a key: what is
// sent again after a lost answer is done once. A ruling ends the gesture, one that refuses too: trying again is then looked at anew.
export async function command(kind: string, body: unknown, gesture: GestureKey | string): Promise<Ruling> {
  const key = typeof gesture === 'string' ? gesture : gesture.of(JSON.stringify([kind, body]));
  const ended = () => typeof gesture === 'string' || gesture.done();
  try {
    const ruling = await send<Ruling>('POST', '/commands', { kind, body }, { 'Idempotency-Key': key });
    ended();
    return ruling;
  } catch (why) {
    if (why instanceof Refusal && why.status === 422) ended();
    throw why;
  }
}

// A signed command: the act that the party's key has signed. Whoever signs keeps what was signed with its key until it is known what
// became of it, since another signature is another act.
export function signedCommand(kind: string, act: unknown, signatures: unknown[], key: string, body?: unknown): Promise<Ruling> {
  return send<Ruling>('POST', '/commands', { kind, act, signatures, body }, { 'Idempotency-Key': key });
}

// What belongs to the session itself, beside the API.
export async function session<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...(notForOffice.has(path) ? {} : saysFor()) };
  if (method !== 'GET') headers['Comity-Console'] = '1';
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const text = body === undefined ? undefined : JSON.stringify(body);
  return bodyOf<T>(await ask('/console' + path, { method, headers, body: text }));
}
