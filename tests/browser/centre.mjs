// A demo centre of its own for these tests: the very program, loaded with a scenario, served on a free port.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { until } from './suite.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const program = join(root, process.env.COMITY_BUILD ?? 'build/release', 'comity');

export function freePort() {
  return new Promise((then) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => then(port));
    });
  });
}

export class Centre {
  // `step`: none for theatre-2015, `fire` for rodopi-fire. As ./run does it, flights are filed for the hours ahead.
  static async start(step) {
    const centre = new Centre();
    centre.folder = mkdtempSync(join(tmpdir(), 'comity-browser-'));
    centre.data = join(centre.folder, 'demo');
    centre.port = await freePort();
    centre.step = step;
    centre.demo(...(step ? [step] : []));
    centre.access = accessIn(centre.data);
    return centre;
  }

  demo(...words) {
    return execFileSync(program, ['demo', ...words, '--data', this.data, '--port', String(this.port)], { cwd: root, encoding: 'utf8', timeout: 120_000, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  // In the browser each party has a host name of its own, and so a session of its own.
  at(party) {
    return `http://${party}.localhost:${this.port}`;
  }

  // The command line, as that office. What it prints; throws if it is refused.
  cli(office, ...words) {
    return this.cliWith(join(this.data, 'demo-keys/credentials.toml'), office, ...words);
  }

  cliWith(credentials, office, ...words) {
    const env = { ...process.env, COMITY_CREDENTIALS: credentials, COMITY_URL: this.url };
    return execFileSync(program, ['--as', office, ...words], { cwd: root, encoding: 'utf8', timeout: 60_000, env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  told(office, ...words) {
    return JSON.parse(this.cli(office, '--json', ...words));
  }

  ask(office, ...what) {
    return askAs(this.url, this.access[office], office, ...what);
  }

  async command(office, kind, body) {
    return (await this.ask(office, '/api/v1/commands', { kind, body })).json();
  }

  // One-time links, by office.
  async links() {
    const response = await fetch(`http://localhost:${this.port}/console/demo`);
    const { people } = await response.json();
    return Object.fromEntries(people.map((one) => [one.office, `http://${one.host}:${this.port}/sign-in#${one.link}`]));
  }

  officers() {
    return officersIn(this.data);
  }

  file(name, text) {
    const path = join(this.folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  stop() {
    try {
      this.demo('stop');
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }
}

// The API by a person's own name and password, beside any browser.
async function askAs(url, who, office, path, body, method = body === undefined ? 'GET' : 'POST') {
  const headers = { Accept: 'application/json', 'Comity-Office': office, Authorization: `Basic ${Buffer.from(`${who.person}:${who.person_password}`).toString('base64')}` };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) };
}

// Who may sign in for which office, and how.
function accessIn(data) {
  return Object.fromEntries(JSON.parse(readFileSync(join(data, 'demo-keys/access.json'), 'utf8')).map((one) => [one.office, one]));
}

// The officer of the host who may sign in, and where the keys of both are.
function officersIn(data) {
  const text = readFileSync(join(data, 'demo-keys/credentials.toml'), 'utf8');
  const [, person, password] = /\["centre-host\/operations"\]\nuser = "(.*)"\npassword = "(.*)"/.exec(text);
  const key = (name) => join(data, 'demo-keys', `officer-${name}-officer.key`);
  return { person, password, keys: { first: key('first'), second: key('second') } };
}

// A centre with the scenario, served as a host serves one: with what options, and in what surroundings.
export class Served {
  static async load(folder, environment = {}) {
    const centre = new Served();
    centre.data = join(folder, 'centre');
    centre.port = await freePort();
    centre.url = `http://localhost:${centre.port}`;
    centre.environment = { ...process.env, ...environment };
    execFileSync(program, ['demo', 'load', '--data', centre.data], { stdio: 'ignore', timeout: 120_000, env: centre.environment });
    centre.access = accessIn(centre.data);
    return centre;
  }

  at() {
    return this.url;
  }

  serve(...options) {
    this.process = spawn(program, ['serve', '--data', this.data, '--port', String(this.port), ...options], { stdio: 'ignore', env: this.environment });
    return until('the centre answers', 30_000, async () => (await fetch(`${this.url}/sign-in`).catch(() => ({ ok: false }))).ok);
  }

  officers() {
    return officersIn(this.data);
  }

  cli(office, ...words) {
    return this.cliWith(join(this.data, 'demo-keys/credentials.toml'), office, ...words);
  }

  cliWith(credentials, office, ...words) {
    const { LD_PRELOAD: _, ...environment } = this.environment; // the clock of the centre is not that of who asks it
    const env = { ...environment, COMITY_CREDENTIALS: credentials, COMITY_URL: `http://127.0.0.1:${this.port}` };
    return execFileSync(program, ['--as', office, ...words], { encoding: 'utf8', timeout: 60_000, env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  ask(office, ...what) {
    return askAs(`http://127.0.0.1:${this.port}`, this.access[office], office, ...what);
  }

  stop() {
    const ended = new Promise((then) => (this.process ? this.process.once('exit', then) : then()));
    this.process?.kill('SIGTERM');
    return ended;
  }
}
