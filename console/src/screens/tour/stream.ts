// Listens to a list of the centre as one office, and says when an event comes that is looked for. Measured in this browser.
import { EventReader } from '../../lib/live.svelte';
import { type Asker, NoAnswer } from './asker';

export interface Heard {
  data: string;
  at: number; // performance.now()
}

export class Listening {
  readonly events: Heard[] = [];
  private waiting: (() => void)[] = [];
  private ended = false;
  private readonly stop = new AbortController();

  constructor(asker: Asker, path: string) {
    this.opened = this.listen(asker, path);
    this.opened.catch(() => undefined);
  }

  readonly opened: Promise<void>;

  private async listen(asker: Asker, path: string): Promise<void> {
    const response = await asker.fetch(path, { accept: 'text/event-stream' }, this.stop.signal);
    if (!response.ok || !response.body) throw new NoAnswer(`${path}: ${response.status}`);
    void this.read(response.body.getReader());
  }

  private async read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    const text = new TextDecoder();
    const events = new EventReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        events.feed(text.decode(value, { stream: true }), (_, data) => this.events.push({ data, at: performance.now() }));
        this.wake();
      }
    } catch {
      // cut: by the centre, or because nobody listens any more
    }
    this.ended = true;
    this.wake();
  }

  private wake() {
    for (const one of this.waiting.splice(0)) one();
  }

  // The first event from that place on that is looked for; undefined if none came in time.
  async first(wanted: (data: string) => boolean, within_ms: number, from = 0): Promise<Heard | undefined> {
    const until = performance.now() + within_ms;
    for (;;) {
      const found = this.events.slice(from).find((one) => wanted(one.data));
      const left = until - performance.now();
      if (found || left <= 0 || this.ended) return found;
      await new Promise<void>((then) => {
        const timer = setTimeout(then, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          then();
        });
      });
    }
  }

  close() {
    this.stop.abort();
  }
}
