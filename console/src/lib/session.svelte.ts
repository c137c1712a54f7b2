// Who is signed in. The page never sees a token: the cookie is the browser's, and this is what the server says it stands for.
import { actFor, forgetSeen, onSessionEnded, Refusal, session as ask } from './api';
import { forgetUnanswered } from './unanswered';

export interface OfficeOf {
  office: string;
  roles: string[];
}

export interface Who {
  person: string;
  office: string;
  offices: OfficeOf[];
  until: string;
  issuer?: string; // of the party, by which the person signed in
  demo: boolean;
  centre_name: string;
  origin: string;
}

export type Credentials = { person: string; password: string; code?: string; office?: string } | { link: string };

const nameOf = ({ person, office }: Who) => `${person} ${office}`;

class Session {
  state = $state<'unknown' | 'guest' | 'in' | 'ended' | 'unreachable'>('unknown');
  who = $state<Who | undefined>();
  moved = $state.raw<{ before: string; office: string; person: string } | undefined>(); // by another tab, until it is read

  get roles(): string[] {
    return this.who?.offices.find((one) => one.office === this.who?.office)?.roles ?? [];
  }
  get party(): string {
    return this.who?.office.split('/')[0] ?? '';
  }
  // Whose the things are that this browser keeps: others sign in at it.
  get whose(): string {
    return this.who ? nameOf(this.who) : '';
  }
  has(role: string): boolean {
    return this.roles.includes(role);
  }
}

export const session = new Session();

// What one tab does to the cookie all tabs of the browser feel; the message only says to look, and is not believed. A page that has just
// been loaded says whom it found, for somebody may have come in by a provider: who shows the same has nothing to look at.
type Said = 'in' | 'out' | { found: string };
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('comity-session');
if (tabs)
  tabs.onmessage = ({ data }: MessageEvent<Said>) => {
    signedOut = data === 'out';
    const isSame = typeof data === 'object' && session.state === 'in' && data.found === session.whose;
    if (!isSame) void recheck();
  };

let signedOut = false; // here, in another tab: then whom nobody answers for any more has gone, and was not cut off
let changes = 0; // of this tab's own doing: an answer from before one is about somebody else
let checking: Promise<void> | undefined;
let once_more = false;

function enter(who: Who) {
  ++changes;
  signedOut = false;
  forgetSeen();
  actFor(who.office, who.person);
  forgetUnanswered(who.person);
  session.who = who;
  session.state = 'in';
}

export function leave(how: 'guest' | 'ended') {
  ++changes;
  forgetSeen();
  session.state = how;
  if (how !== 'guest') return;
  forgetUnanswered();
  actFor('');
  session.who = undefined;
}

// Whoever was here is here still, or has gone, or is somebody else: then the page becomes theirs, and says so.
function found(who: Who) {
  signedOut = false;
  const before = session.who;
  if (before && session.state === 'in' && before.person === who.person && before.office === who.office)
    return void Object.assign(before, who);
  if (before && (before.person !== who.person || before.office !== who.office))
    session.moved = { before: before.office, office: who.office, person: who.person };
  enter(who);
  if (!before) tabs?.postMessage({ found: nameOf(who) } satisfies Said);
}

async function look(): Promise<void> {
  const then = changes;
  try {
    const who = await ask<Who>('GET', '/session');
    if (then === changes) found(who);
  } catch (error) {
    if (then !== changes) return;
    const refusal = error as Refusal;
    if (refusal.sessionEnded) leave(!signedOut && (session.state === 'in' || session.state === 'ended') ? 'ended' : 'guest');
    else if (session.state === 'unknown') session.state = 'unreachable';
  }
}

// Whom the cookie stands for now. Who asks while an answer is on its way, which may be from before the change, waits for another.
export function recheck(): Promise<void> {
  if (checking) once_more = true;
  else checking = untilSettled().finally(() => (checking = undefined));
  return checking;
}

async function untilSettled(): Promise<void> {
  do {
    once_more = false;
    await look();
  } while (once_more);
}

export const loadSession = recheck;

onSessionEnded(() => {
  if (session.state === 'in') void recheck();
});

export async function signIn(credentials: Credentials): Promise<void> {
  enter(await ask<Who>('POST', '/session', credentials));
  tell('in');
}

export async function changeOffice(office: string): Promise<void> {
  enter(await ask<Who>('POST', '/session/office', { office }));
  tell('in');
}

export async function signOut(where: 'here' | 'everywhere'): Promise<void> {
  await ask('DELETE', where === 'here' ? '/session' : '/sessions');
  leave('guest');
  tell('out');
}

// The other tabs follow at once.
function tell(what: 'in' | 'out') {
  session.moved = undefined;
  tabs?.postMessage(what satisfies Said);
}
