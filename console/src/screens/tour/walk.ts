// Every answer that one office can get, as far as a browser asks: TAXII (discovery, roots, collections, manifests, objects and
// their versions), the lists of the native API, each agreement, party and item that they name, and the public page. It asks less
// than `comity sweep`, which also listens to streams and tries guessed names in every place; the page says so.
import type { Answer, Asker } from './asker';

const taxii = 'application/taxii+json;version=2.1';
const at_once = 5; // requests on the way; a browser opens six connections
const most_pages = 200;

const lists = [
  'me', 'refusals', 'duties', 'intents', 'sites', 'constraints', 'conflicts', 'notices', 'acknowledgements', 'watch', 'destinations',
  'issuers', 'frameworks', 'recoveries', 'clients', 'people', 'records', 'host', 'statements', 'board', 'recalls', 'onward',
].map((name) => `/api/v1/${name}`);

const drawings: [string, string][] = [
  ...['intents', 'sites', 'conflicts', 'notices'].map((name): [string, string] => [`/api/v1/${name}`, 'application/geo+json']),
  ['/api/v1/overlay.kml', 'application/vnd.google-earth.kml+xml'],
];

type Json = Record<string, unknown>;

function rowsIn(value: unknown, name: string): Json[] {
  const list = Array.isArray(value) ? value : (value as Json | null)?.[name];
  return Array.isArray(list) ? (list as Json[]) : [];
}

function texts(value: unknown, list: string, member: string): string[] {
  return rowsIn(value, list).map((row) => row[member]).filter((text): text is string => typeof text === 'string');
}

class Walker {
  readonly answers = new Map<string, Answer>();
  readonly ids = new Set<string>();

  constructor(
    private readonly asker: Asker,
    private readonly progress: (count: number) => void,
  ) {}

  async ask(path: string, accept = 'application/json'): Promise<unknown> {
    const answer = await this.asker.ask(path, { accept });
    this.answers.set(answer.question, answer);
    this.progress(this.answers.size);
    if (answer.status !== 200) return undefined;
    try {
      return JSON.parse(answer.body);
    } catch {
      return undefined;
    }
  }

  async all(paths: string[], accept?: string): Promise<void> {
    const left = [...paths];
    const one = async () => {
      for (let path = left.shift(); path !== undefined; path = left.shift()) await this.ask(path, accept);
    };
    await Promise.all(Array.from({ length: at_once }, one));
  }

  // All pages of a list; the ids that it has.
  async pages(path: string, cursor: string, accept: string): Promise<string[]> {
    const ids = new Set<string>();
    for (let page = path, count = 0; count < most_pages; count++) {
      const value = await this.ask(page, accept);
      for (const list of ['items', 'objects']) for (const id of texts(value, list, 'id')) ids.add(id);
      const next = (value as Json | undefined)?.next;
      if (typeof next !== 'string' || next === '') break;
      page = `${path}${path.includes('?') ? '&' : '?'}${cursor}=${encodeURIComponent(next)}`;
    }
    for (const id of ids) this.ids.add(id);
    return [...ids];
  }

  async taxii(): Promise<void> {
    const discovery = await this.ask('/taxii2/', taxii);
    for (const root of ((discovery as Json | undefined)?.api_roots as string[] | undefined) ?? []) {
      const path = root.replace(/^[a-z]+:\/\/[^/]+/, '');
      await this.ask(path, taxii);
      const collections = await this.ask(`${path}collections/`, taxii);
      for (const id of texts(collections, 'collections', 'id')) await this.collection(`${path}collections/${id}/`);
    }
  }

  private async collection(path: string): Promise<void> {
    await this.ask(path, taxii);
    await this.pages(`${path}manifest/`, 'next', taxii);
    const ids = await this.pages(`${path}objects/`, 'next', taxii);
    await this.all(ids.flatMap((id) => [`${path}objects/${id}/`, `${path}objects/${id}/versions/`]), taxii);
  }

  async native(): Promise<void> {
    await this.all(lists);
    for (const [path, accept] of drawings) await this.ask(path, accept);
    await this.all(['/', '/healthz', '/public/centre', '/public/replies', '/checkpoint', '/api/v1/nothing']);
    const agreements = texts(await this.ask('/api/v1/agreements'), 'agreements', 'id');
    const parts = ['', '/acts', '/clocks', '/matrix', '?version=2'];
    await this.all(agreements.flatMap((id) => parts.map((part) => `/api/v1/agreements/${id}${part}`)));
    const parties = texts(await this.ask('/api/v1/parties'), 'parties', 'party');
    await this.all(parties.flatMap((one) => [`/api/v1/parties/${one}`, `/api/v1/parties/${one}/offices`]));
    for (const role of ['received', 'contributed', 'reference']) await this.pages(`/api/v1/items?role=${role}`, 'after', 'application/json');
    const about = ['', '/why', '/who-sees'];
    await this.all([...this.ids].flatMap((id) => about.map((part) => `/api/v1/items/${encodeURIComponent(id)}${part}`)));
  }
}

export async function walk(asker: Asker, progress: (count: number) => void = () => undefined): Promise<Answer[]> {
  const walker = new Walker(asker, progress);
  await walker.taxii();
  await walker.native();
  return [...walker.answers.values()];
}

// As it is compared. The clock in /me is what time it is. What an office has done itself, signing in among it, is in its records and
// moves its mark Comity-Seen, so a visitor who looks around as that office changes these two: they are searched, not compared.
export function compared(answer: Answer): string {
  const headers = answer.headers.replace(/^comity-seen: .*$/m, 'comity-seen:');
  const ofItself = answer.question.startsWith('GET /api/v1/records');
  const body = ofItself ? '' : answer.question === 'GET /api/v1/me' ? answer.body.replace(/"time":"[^"]*"/, '"time":""') : answer.body;
  return `${answer.status}\n${headers}\n\n${body}`;
}

// Questions whose answers differ, or that only one of the two walks has.
export function differences(before: Answer[], after: Answer[]): string[] {
  const known = new Map(before.map((answer) => [answer.question, compared(answer)]));
  const found: string[] = [];
  for (const answer of after) {
    const was = known.get(answer.question);
    if (was === undefined) found.push(`${answer.question}: only after`);
    else if (was !== compared(answer)) found.push(answer.question);
    known.delete(answer.question);
  }
  return [...found, ...[...known.keys()].map((question) => `${question}: only before`)];
}

export function octetsOf(answers: Answer[]): number {
  return answers.reduce((sum, answer) => sum + answer.headers.length + answer.body.length, 0);
}
