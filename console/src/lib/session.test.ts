// One cookie, many tabs: each request says for which office and person its page is, and a page whose session has changed elsewhere follows.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { command, get, session as ask } from './api';
import { changeOffice, leave, loadSession, recheck, session, signIn, signOut } from './session.svelte';

const who = (office: string, person = 'ana@jica') => ({ person, office, offices: [], until: '', demo: false, centre_name: '', origin: '' });
let cookie: ReturnType<typeof who> | undefined; // what the server takes it for
let asked: { method: string; path: string; office: string | null; person: string | null }[] = [];

function answer(path: string, method: string, office: string | null, person: string | null = null): Response {
  if (path === '/console/session' && method === 'DELETE') cookie = undefined;
  if (path === '/console/session' && method === 'POST') cookie = who('jica/a');
  if (path === '/console/session/office') cookie = who('jica/b');
  if (path.startsWith('/console/session') && cookie) return Response.json(cookie);
  if (path === '/console/session' && method === 'DELETE') return new Response(null, { status: 204 });
  const isAsItThinks = (!office || office === cookie?.office) && (!person || person === cookie?.person);
  return cookie && isAsItThinks ? Response.json({}) : Response.json({}, { status: 401 });
}

beforeEach(async () => {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const [office, person] = ['Comity-Office', 'Comity-Person'].map((name) => new Headers(init.headers).get(name)) as [string | null, string | null];
    asked.push({ method: init.method ?? 'GET', path, office, person });
    return answer(path, init.method ?? 'GET', office, person);
  });
  cookie = undefined;
  session.moved = undefined;
  await signIn({ person: 'ana@jica', password: 'x' });
  asked = [];
});
afterEach(() => void vi.unstubAllGlobals());

it('says on each request for which office and person the page is, but not where one signs in or out', async () => {
  await get('/me');
  await command('sign_on_watch', {}, 'k');
  await ask('POST', '/totp');
  await loadSession();
  await changeOffice('jica/b');
  await get('/me');
  await signOut('here');
  await get('/me').catch(() => undefined);
  expect(asked.map((one) => one.office)).toEqual(['jica/a', 'jica/a', 'jica/a', null, 'jica/a', 'jica/b', null, null]);
  expect(asked.map((one) => one.person)).toEqual(asked.map((one) => one.office && 'ana@jica'));
});

it('becomes the page of the other office, and says so, when the cookie is of another one', async () => {
  cookie = who('jica/b');
  await expect(command('acknowledge', { notice: 1 }, 'k')).rejects.toMatchObject({ status: 401 });
  await recheck();
  expect([session.state, session.who?.office]).toEqual(['in', 'jica/b']);
  expect(session.moved).toEqual({ before: 'jica/a', office: 'jica/b', person: 'ana@jica' });
  await get('/me');
  expect(asked.at(-1)?.office).toBe('jica/b');
});

it('becomes the page of the other person of the same office, and acts as nobody before that', async () => {
  cookie = who('jica/a', 'ben@jica');
  await expect(command('acknowledge', { notice: 1 }, 'k')).rejects.toMatchObject({ status: 401 });
  await recheck();
  expect(session.who?.person).toBe('ben@jica');
  expect(session.moved).toEqual({ before: 'jica/a', office: 'jica/a', person: 'ben@jica' });
});

it('tells the other tabs whom a page that is new here has found, as after a provider, and looks where it is somebody else', async () => {
  const other = new BroadcastChannel('comity-session');
  const heard: unknown[] = [];
  other.onmessage = ({ data }) => heard.push(data);
  leave('guest');
  await loadSession();
  await vi.waitFor(() => expect(heard).toEqual([{ found: 'ana@jica jica/a' }]));
  asked = [];
  other.postMessage({ found: 'ana@jica jica/a' });
  cookie = who('jica/a', 'ben@jica');
  other.postMessage({ found: 'ben@jica jica/a' });
  await vi.waitFor(() => expect(session.who?.person).toBe('ben@jica'));
  expect(asked.map((one) => one.path)).toEqual(['/console/session']);
  expect(heard.length, 'who follows says nothing, or they would never end').toBe(1);
  other.close();
});

it('says that the session has ended only where it has', async () => {
  cookie = undefined;
  await get('/me').catch(() => undefined);
  await recheck();
  expect([session.state, session.who?.office, session.moved]).toEqual(['ended', 'jica/a', undefined]);
});

it('goes where another tab has signed out, and stays where that was not what happened', async () => {
  const other = new BroadcastChannel('comity-session');
  other.postMessage('out');
  await vi.waitFor(() => expect(asked.length).toBe(1));
  await recheck();
  expect(session.state, 'it is only looked at').toBe('in');
  cookie = undefined;
  await get('/me').catch(() => undefined);
  await recheck();
  expect(session.state, 'and not remembered').toBe('ended');
  other.postMessage('out');
  await vi.waitFor(() => expect([session.state, session.who]).toEqual(['guest', undefined]));
  other.close();
});

it('tells the other tabs that it has signed out', async () => {
  const other = new BroadcastChannel('comity-session');
  const heard: unknown[] = [];
  other.onmessage = ({ data }) => heard.push(data);
  await signOut('here');
  await vi.waitFor(() => expect(heard).toEqual(['out']));
  other.close();
});

it('does not take an answer from before its own change', async () => {
  let arrive: (response: Response) => void = () => undefined;
  const late = new Promise<Response>((then) => (arrive = then));
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => (path === '/console/session' ? late : answer(path, init.method!, null)));
  const checked = recheck();
  await changeOffice('jica/b');
  arrive(Response.json(who('jica/a')));
  await checked;
  expect([session.who?.office, session.moved]).toEqual(['jica/b', undefined]);
});
