// One cookie, many tabs: each request says for which office its page is, and a page whose office has changed elsewhere follows.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { command, get, session as ask } from './api';
import { changeOffice, loadSession, recheck, session, signIn, signOut } from './session.svelte';

const who = (office: string, person = 'ana@jica') => ({ person, office, offices: [], until: '', demo: false, centre_name: '', origin: '' });
let cookie: ReturnType<typeof who> | undefined; // what the server takes it for
let asked: { method: string; path: string; office: string | null }[] = [];

function answer(path: string, method: string, office: string | null): Response {
  if (path === '/console/session' && method === 'DELETE') cookie = undefined;
  if (path === '/console/session' && method === 'POST') cookie = who('jica/a');
  if (path === '/console/session/office') cookie = who('jica/b');
  if (path.startsWith('/console/session') && cookie) return Response.json(cookie);
  if (path === '/console/session' && method === 'DELETE') return new Response(null, { status: 204 });
  return cookie && (!office || office === cookie.office) ? Response.json({}) : Response.json({}, { status: 401 });
}

beforeEach(async () => {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const office = new Headers(init.headers).get('Comity-Office');
    asked.push({ method: init.method ?? 'GET', path, office });
    return answer(path, init.method ?? 'GET', office);
  });
  cookie = undefined;
  session.moved = undefined;
  await signIn({ person: 'ana@jica', password: 'x' });
  asked = [];
});
afterEach(() => void vi.unstubAllGlobals());

it('says on each request for which office the page is, but not where one signs in or out', async () => {
  await get('/me');
  await command('sign_on_watch', {}, 'k');
  await ask('POST', '/totp');
  await loadSession();
  await changeOffice('jica/b');
  await get('/me');
  await signOut('here');
  await get('/me').catch(() => undefined);
  expect(asked.map((one) => one.office)).toEqual(['jica/a', 'jica/a', 'jica/a', null, 'jica/a', 'jica/b', null, null]);
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

it('says that the session has ended only where it has', async () => {
  cookie = undefined;
  await get('/me').catch(() => undefined);
  await recheck();
  expect([session.state, session.who?.office, session.moved]).toEqual(['ended', 'jica/a', undefined]);
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
