// Chromium, and in it one browser for each party: a context of its own, whose answers are kept, whose errors count.
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from './centre.mjs';
import { check } from './suite.mjs';

const require = createRequire(join(root, 'console/package.json'));
const flags = ['--no-sandbox', '--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const shots = join(root, 'build/test-logs/browser');
// Without it Chromium says that it is headless, and a centre counts it among bots.
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const wide = { width: 1440, height: 900 }, narrow = { width: 390, height: 844 };

// What a browser writes to its console for every answer that is no 2xx, and for a stream that the centre has cut, is no error of the page.
const ordinary = /^Failed to load resource: (the server responded with a status of|net::ERR_(INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|CONNECTION_CLOSED|EMPTY_RESPONSE))/;

export class Browsers {
  troubles = [];
  parties = new Map();

  static async launch() {
    const { chromium } = require('playwright-core');
    const executablePath = process.env.COMITY_CHROMIUM ?? '/usr/bin/chromium';
    check(existsSync(executablePath), `no ${executablePath}: tools/setup installs it`);
    const all = new Browsers();
    all.profile = mkdtempSync(join(tmpdir(), 'comity-chromium-'));
    all.browser = await chromium.launch({ executablePath, headless: true, args: flags, env: { ...process.env, HOME: all.profile } });
    mkdirSync(shots, { recursive: true });
    return all;
  }

  async of(name, more = {}) {
    const context = await this.browser.newContext({ viewport: wide, userAgent, locale: 'en-GB', timezoneId: 'Europe/Athens', reducedMotion: 'reduce', ...more });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const party = new Party(name, context, page, this.troubles);
    this.parties.set(name, party);
    return party;
  }

  // What went wrong in any of them since the last time: a script that failed, a policy that was violated, a dialog.
  take() {
    return this.troubles.splice(0);
  }

  async close() {
    await this.browser.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}

export class Party {
  answers = [];

  constructor(name, context, page, troubles) {
    Object.assign(this, { name, context, page, troubles });
    context.on('page', (other) => this.watch(other));
    this.watch(page);
  }

  watch(page) {
    const trouble = (what) => this.troubles.push(`${this.name}: ${what}`);
    page.on('pageerror', (error) => trouble(`script: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !ordinary.test(message.text())) trouble(`console: ${message.text()}`);
    });
    page.on('dialog', (dialog) => {
      trouble(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('response', (response) => {
      const isStream = /event-stream/.test(response.headers()['content-type'] ?? '');
      if (/\/(console|public|api)\//.test(response.url()) && !isStream) this.answers.push(response.text().catch(() => ''));
    });
    page.on('requestfailed', (request) => {
      if (/ERR_BLOCKED_BY_CSP|blockedbyclient/i.test(request.failure()?.errorText ?? '')) trouble(`blocked: ${request.url()}`);
    });
  }

  // All that this browser was sent so far, but programs, pictures and streams.
  async sent() {
    const late = new Promise((then) => setTimeout(then, 5000, ''));
    return (await Promise.all(this.answers.map((one) => Promise.race([one, late])))).join('\n');
  }

  async goto(url) {
    await this.page.goto(url, { waitUntil: 'load', timeout: 20_000 });
  }

  // Goes to another screen as a click on a link would.
  async screen(path) {
    const { origin } = new URL(this.page.url());
    await this.goto(origin + path);
  }

  // Off a screen that draws a map all the time.
  async park() {
    await this.screen('/account');
  }

  text() {
    return this.page.locator('body').innerText();
  }

  async fetch(path, body) {
    return this.page.evaluate(async ([path, body]) => {
      const response = await fetch(path, { method: body === null ? 'GET' : 'POST', headers: { Accept: 'application/json', 'Comity-Console': '1', ...(body === null ? {} : { 'Content-Type': 'application/json' }) }, body: body === null ? undefined : JSON.stringify(body) });
      return { status: response.status, text: await response.text() };
    }, [path, body ?? null]);
  }

  // A picture for people to look at; and whether it fits 390 px, unless that is known.
  async shot(name, how = 'both') {
    await this.page.screenshot({ path: join(shots, `${name}-1440.png`), timeout: 40_000 }); // a map that draws in software lets one wait
    if (how === 'wide') return;
    await this.page.setViewportSize(narrow);
    await this.page.waitForTimeout(150);
    await this.page.screenshot({ path: join(shots, `${name}-390.png`), timeout: 40_000 });
    const wider = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await this.page.setViewportSize(wide);
    check(wider <= 1, `${name} is ${wider} px too wide for a screen of 390`);
  }

  // axe-core, run beside the page: what it calls serious or critical.
  async axe() {
    const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    await this.page.evaluate(source);
    const found = await this.page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] });
      return violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
    });
    return found;
  }
}
