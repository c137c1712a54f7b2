// Development only, never shipped: stands in for the console's door. It passes /console/api/v1 on to a running centre with the
// credentials of a person of the demo, answers /console/session itself, and makes /console/live by asking again and again.
// COMITY_DEV_URL (http://127.0.0.1:8642), COMITY_DEV_KEYS (../build/demo/demo-keys/credentials.toml).
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';

const centre = process.env.COMITY_DEV_URL ?? 'http://127.0.0.1:8642';
const keys = process.env.COMITY_DEV_KEYS ?? '../build/demo/demo-keys/credentials.toml';

interface Login { office: string; user: string; password: string }
interface Seat { person: string; password: string; office: string }
const seats = new Map<string, Seat>();

function logins(): Login[] {
  const found: Login[] = [];
  for (const part of readFileSync(keys, 'utf8').split(/^\[/m).slice(1)) {
    const value = (name: string) => new RegExp(`^${name}\\s*=\\s*"(.*)"`, 'm').exec(part)?.[1] ?? '';
    found.push({ office: /^"?([^"\]]+)/.exec(part)![1]!, user: value('user'), password: value('password') });
  }
  return found;
}

function seatOf(request: IncomingMessage): Seat | undefined {
  return seats.get(/comity-dev=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
}

function authOf(seat: Seat): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${seat.person}:${seat.password}`).toString('base64')}`, 'Comity-Office': seat.office };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function say(response: ServerResponse, status: number, body?: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

async function whoIs(seat: Seat) {
  const answer = await fetch(`${centre}/api/v1/me`, { headers: authOf(seat) });
  const me = answer.ok ? ((await answer.json()) as Record<string, unknown>) : {};
  const offices = logins().filter((one) => one.user === seat.person).map((one) => ({ office: one.office, roles: (one.office === seat.office ? me.roles : undefined) ?? ['watch', 'releasing', 'signing', 'admin'] }));
  const until = new Date(Date.now() + 12 * 3_600_000).toISOString().replace('Z', '000Z');
  return { person: seat.person, office: seat.office, offices, until, demo: true, centre_name: 'Development centre', origin: 'demo.comity.example' };
}

async function sessionDoor(request: IncomingMessage, response: ServerResponse, path: string) {
  const seat = seatOf(request);
  if (request.method === 'GET') return seat ? say(response, 200, await whoIs(seat)) : say(response, 401, {});
  if (request.headers['comity-console'] !== '1') return say(response, 403, {});
  if (request.method === 'DELETE') return seats.clear(), say(response, 204);
  const asked = JSON.parse((await bodyOf(request)).toString() || '{}') as Record<string, string>;
  if (path === '/session/office') {
    if (!seat) return say(response, 401, {});
    const other = logins().find((one) => one.user === seat.person && one.office === asked.office);
    if (other) seat.office = other.office;
    return say(response, 200, await whoIs(seat));
  }
  const found = logins().find((one) => one.user === asked.person && one.password === asked.password && (!asked.office || one.office === asked.office));
  if (!found) return say(response, 401, {});
  const id = randomUUID();
  seats.set(id, { person: found.user, password: found.password, office: found.office });
  say(response, 200, await whoIs(seats.get(id)!), { 'Set-Cookie': `comity-dev=${id}; HttpOnly; SameSite=Strict; Path=/` });
}

async function apiDoor(request: IncomingMessage, response: ServerResponse, seat: Seat, path: string) {
  const unsafe = request.method !== 'GET' && request.method !== 'HEAD';
  if (unsafe && request.headers['comity-console'] !== '1') return say(response, 403, { title: 'Forbidden', status: 403 });
  const headers: Record<string, string> = authOf(seat);
  for (const name of ['accept', 'content-type', 'idempotency-key', 'comity-at-least']) if (request.headers[name]) headers[name] = String(request.headers[name]);
  const body = unsafe ? new Uint8Array(await bodyOf(request)) : undefined;
  const answer = await fetch(centre + path, { method: request.method, headers, body: body?.length ? body : undefined });
  const out: Record<string, string> = {};
  for (const name of ['content-type', 'comity-seen', 'date', 'retry-after']) if (answer.headers.get(name)) out[name] = answer.headers.get(name)!;
  response.writeHead(answer.status, out);
  response.end(Buffer.from(await answer.arrayBuffer()));
}

const topics: Record<string, string> = { agreements: '/agreements', conflicts: '/conflicts', duties: '/duties', intents: '/intents', items: '/items?limit=1000', notices: '/notices', sites: '/sites', watch: '/watch' };

async function marksOf(seat: Seat): Promise<string> {
  const marks: Record<string, string> = {};
  for (const [topic, path] of Object.entries(topics)) {
    const answer = await fetch(`${centre}/api/v1${path}`, { headers: authOf(seat) });
    marks[topic] = createHash('sha256').update(await answer.text()).digest('hex').slice(0, 16);
  }
  return JSON.stringify(marks);
}

function liveDoor(request: IncomingMessage, response: ServerResponse, seat: Seat) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  let last = '';
  const round = async () => {
    const now = await marksOf(seat).catch(() => undefined);
    if (now === undefined) return response.destroy();
    response.write(now === last ? ': still here\n\n' : `event: changed\ndata: ${now}\n\n`);
    last = now;
  };
  void round();
  const timer = setInterval(() => void round(), 2000);
  request.on('close', () => clearInterval(timer));
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function middleware(strict: boolean): Connect.NextHandleFunction {
  return (request, response, next) => {
    if (strict) response.setHeader('Content-Security-Policy', policy);
    const url = request.url ?? '';
    if (!url.startsWith('/console/')) return next();
    const path = url.slice('/console'.length);
    const seat = seatOf(request);
    const failed = (error: unknown) => say(response, 502, { title: String(error), status: 502 });
    if (path.startsWith('/session')) return void sessionDoor(request, response, path).catch(failed);
    if (!seat) return say(response, 401, {});
    if (path === '/live') return liveDoor(request, response, seat);
    return void apiDoor(request, response, seat, path).catch(failed);
  };
}

export function door(): Plugin {
  return {
    name: 'comity-door',
    configureServer: (server) => void server.middlewares.use(middleware(false)),
    configurePreviewServer: (server) => void server.middlewares.use(middleware(true)),
  };
}
