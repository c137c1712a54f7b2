// Asks the centre as one office, by a bearer token that is kept in this page's memory and nowhere else. Only a demo gives such
// tokens out. The cookie of whoever is signed in here is left at home: an asker is its own party and no other.
export interface Answer {
  question: string;
  status: number;
  headers: string; // as lines, without Date
  body: string;
}

export interface Asking {
  accept?: string;
  body?: unknown;
  method?: string;
}

export class NoAnswer extends Error {}

export class Asker {
  constructor(
    readonly office: string,
    private readonly token: string,
  ) {}

  async fetch(path: string, asking: Asking = {}, signal?: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: asking.accept ?? 'application/json',
      Authorization: `Bearer ${this.token}`,
      'Comity-Office': this.office,
    };
    const body = asking.body === undefined ? undefined : JSON.stringify(asking.body);
    if (body) headers['Content-Type'] = 'application/json';
    const method = asking.method ?? (body ? 'POST' : 'GET');
    try {
      return await fetch(path, { method, headers, body, signal, credentials: 'omit', cache: 'no-store' });
    } catch {
      throw new NoAnswer(path);
    }
  }

  async ask(path: string, asking: Asking = {}): Promise<Answer> {
    const response = await this.fetch(path, asking);
    const lines = [...response.headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`);
    return {
      question: questionOf(path, asking),
      status: response.status,
      headers: lines.sort().join('\n'),
      body: await response.text(),
    };
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.ask(path);
    if (answer.status !== 200) throw new NoAnswer(`${path}: ${answer.status}`);
    return JSON.parse(answer.body) as T;
  }

  // A ruling, accepted or refused; what is no ruling is thrown.
  async command(kind: string, body: unknown): Promise<Told> {
    const answer = await this.ask('/api/v1/commands', { body: { kind, body, idempotency_key: crypto.randomUUID() } });
    return toldBy(answer);
  }

  async preview(commands: { kind: string; body: unknown }[], questions: string[]): Promise<Record<string, unknown>> {
    const answer = await this.ask('/api/v1/previews', { body: { commands, questions } });
    if (answer.status !== 200) throw new NoAnswer(`${answer.question}: ${answer.status}`);
    return JSON.parse(answer.body) as Record<string, unknown>;
  }
}

export interface Reason {
  code: string;
  agreement?: string;
  clause?: string;
  subject?: string;
  detail?: string;
}

export interface Told {
  outcome: string;
  reasons: Reason[];
  filing?: { conflicts?: string; [name: string]: unknown };
}

function toldBy(answer: Answer): Told {
  if (answer.status !== 200 && answer.status !== 422) throw new NoAnswer(`${answer.question}: ${answer.status}`);
  return JSON.parse(answer.body) as Told;
}

export function questionOf(path: string, asking: Asking): string {
  const accept = asking.accept && asking.accept !== 'application/json' ? ` as ${asking.accept.split(';')[0]}` : '';
  return `${asking.method ?? (asking.body === undefined ? 'GET' : 'POST')} ${path}${accept}`;
}
