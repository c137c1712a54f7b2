// Who is signed in. The page never sees a token: the cookie is the browser's, and this is what the server says it stands for.
import { forgetSeen, onSessionEnded, Refusal, session as ask } from './api';

export interface OfficeOf {
  office: string;
  roles: string[];
}

export interface Who {
  person: string;
  office: string;
  offices: OfficeOf[];
  until: string;
  demo: boolean;
  centre_name: string;
  origin: string;
}

export type Credentials = { person: string; password: string; code?: string; office?: string } | { link: string };

class Session {
  state = $state<'unknown' | 'guest' | 'in' | 'ended' | 'unreachable'>('unknown');
  who = $state<Who | undefined>();

  get roles(): string[] {
    return this.who?.offices.find((one) => one.office === this.who?.office)?.roles ?? [];
  }
  get party(): string {
    return this.who?.office.split('/')[0] ?? '';
  }
  has(role: string): boolean {
    return this.roles.includes(role);
  }
}

export const session = new Session();

function enter(who: Who) {
  forgetSeen();
  session.who = who;
  session.state = 'in';
}

export function leave(how: 'guest' | 'ended') {
  forgetSeen();
  session.state = how;
  if (how === 'guest') session.who = undefined;
}

onSessionEnded(() => {
  if (session.state === 'in') leave('ended');
});

export async function loadSession(): Promise<void> {
  try {
    enter(await ask<Who>('GET', '/session'));
  } catch (error) {
    const refusal = error as Refusal;
    if (refusal.sessionEnded) leave(session.state === 'in' ? 'ended' : 'guest');
    else if (session.state === 'unknown') session.state = 'unreachable';
  }
}

export async function signIn(credentials: Credentials): Promise<void> {
  enter(await ask<Who>('POST', '/session', credentials));
}

export async function changeOffice(office: string): Promise<void> {
  enter(await ask<Who>('POST', '/session/office', { office }));
}

export async function signOut(where: 'here' | 'everywhere'): Promise<void> {
  await ask('DELETE', where === 'here' ? '/session' : '/sessions');
  leave('guest');
}
