// Live data. The server says which topics have changed (a mark for each, and always all of them), and what a view has loaded of
// a topic with another mark is loaded again: so a connection that was lost and came back has missed nothing. The stream is read
// by hand and not by EventSource, which hides heartbeats: silence has to be seen.
import { untrack } from 'svelte';
import { get, saysFor, Refusal } from './api';
import { recheck, session } from './session.svelte';
import { noteServerTime, now_ms, stale_after_ms } from './time';

export type Topic = 'agreements' | 'conflicts' | 'duties' | 'intents' | 'items' | 'notices' | 'sites' | 'watch';
export type Marks = Record<string, string>;

// Between two loads of one list, from beginning to beginning: what a person can follow. In a burst, after so many in a row, five times as long
// as loading and drawing takes, so that it leaves the page four fifths of its time; what comes alone is seen at once.
const least_between_loads_ms = 250, most_between_loads_ms = 5000, times_as_long = 5, in_a_row = 4;
const retry_ms = [500, 1000, 2000, 4000, 8000];
const waitFor = (attempt: number) => retry_ms[Math.min(attempt, retry_ms.length - 1)]!;

class Live {
  status = $state<'idle' | 'connecting' | 'open' | 'lost'>('idle');
  heard = $state(0); // when something came last, a heartbeat included
  since = $state(0); // when the connection was lost
  marks = $state.raw<Marks>({});

  // Whether what is shown may be taken as it is now.
  isCurrent(now: number): boolean {
    return this.status === 'open' && now - this.heard < stale_after_ms;
  }
}

export const live = new Live();

// Events of a stream of text/event-stream, as lines come.
export class EventReader {
  private rest = '';
  private type = 'message';
  private data: string[] = [];

  feed(text: string, on: (type: string, data: string) => void) {
    const lines = (this.rest + text).split(/\r\n|\n|\r/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.line(line, on);
  }

  private line(line: string, on: (type: string, data: string) => void) {
    if (line === '') {
      if (this.data.length) on(this.type, this.data.join('\n'));
      this.type = 'message';
      this.data = [];
    } else if (line.startsWith('event:')) this.type = line.slice(6).trim();
    else if (line.startsWith('data:')) this.data.push(line.slice(5).replace(/^ /, ''));
  }
}

function onEvent(type: string, data: string) {
  if (type !== 'changed') return;
  try {
    live.marks = JSON.parse(data) as Marks;
  } catch {
    // a half line of a connection that broke; the next one says all topics again
  }
}

async function listen(signal: AbortSignal): Promise<void> {
  const headers = { Accept: 'text/event-stream', ...saysFor() };
  const response = await fetch('/console/live', { headers, cache: 'no-store', signal });
  if (response.status === 401) await recheck(); // ended, or somebody else's: then this connection is stopped
  if (!response.ok || !response.body) throw new Refusal(response.status, response.statusText);
  noteServerTime(response.headers.get('Date'));
  const reader = response.body.getReader();
  const text = new TextDecoder();
  const events = new EventReader();
  opened();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    live.heard = now_ms();
    events.feed(text.decode(value, { stream: true }), onEvent);
  }
}

// The marks may be those of before: what could not be loaded in the meantime is not told of again.
export function opened() {
  live.status = 'open';
  live.heard = now_ms();
  for (const one of failed) one.refresh();
}

function lost() {
  if (live.status !== 'lost') live.since = live.heard || now_ms();
  live.status = 'lost';
}

// Keeps one connection open until it is stopped. A connection that is silent for too long is given up and made anew.
export function startLive(): () => void {
  const whole = new AbortController();
  let attempt = 0;
  let current = new AbortController();
  const watchdog = setInterval(() => {
    if (live.status === 'open' && now_ms() - live.heard > stale_after_ms) current.abort();
  }, 1000);
  const round = async () => {
    while (!whole.signal.aborted) {
      current = new AbortController();
      await listen(current.signal).then(() => (attempt = 0), () => undefined);
      if (whole.signal.aborted) return;
      lost();
      await new Promise((then) => setTimeout(then, waitFor(attempt++)));
    }
  };
  live.status = 'connecting';
  live.marks = {};
  live.heard = 0;
  void round();
  return () => {
    clearInterval(watchdog);
    whole.abort();
    current.abort();
    live.status = 'idle';
  };
}

// When what follows from a change has been laid out and drawn; of a page that nobody looks at, at once.
function drawn(): Promise<void> {
  return new Promise((then) => {
    if (typeof document === 'undefined' || document.hidden) return void setTimeout(then);
    requestAnimationFrame(() => requestAnimationFrame(() => then()));
    setTimeout(then, 2000); // it may be hidden meanwhile
  });
}

const failed = new Set<{ refresh: () => void }>();

// What another time may succeed: a lost answer, a busy centre. An answer that says no says it again until something changes.
function passes({ status }: Refusal): boolean {
  return status <= 0 || status === 408 || status === 429 || status >= 500 || (status === 401 && session.state === 'in');
}

export class Resource<T> {
  data = $state.raw<T | undefined>();
  at = $state(0); // when it was loaded
  error = $state.raw<Refusal | undefined>();
  loading = $state(false);
  since = $state(0); // when the load that is under way was begun
  private started = 0;
  private pause_ms = least_between_loads_ms;
  private hurried = 0; // loads in a row that waited for their turn
  private text: string | undefined;
  private attempt = 0;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again = false;

  constructor(private readonly load: () => Promise<T>) {}

  // Loads now, or as soon as that is not too often.
  refresh() {
    if (this.loading) this.again = true;
    else this.runIn(Math.max(0, this.started + this.pause_ms - Date.now()));
  }

  stop() {
    this.stopped = true;
    failed.delete(this);
    clearTimeout(this.timer);
  }

  private runIn(wait: number) {
    if (this.stopped) return;
    clearTimeout(this.timer); // a retry that waits longer gives way
    this.timer = setTimeout(() => void this.run(), wait);
  }

  private async run() {
    this.loading = true;
    this.hurried = Date.now() - this.started > 2 * this.pause_ms ? 0 : this.hurried + 1;
    this.started = Date.now();
    this.since = now_ms();
    try {
      const data = await this.load();
      const text = JSON.stringify(data);
      if (text !== this.text) this.data = data; // else it stays the same thing, and nothing that hangs on it is drawn again
      this.text = text;
      this.at = now_ms();
      this.error = undefined;
      this.attempt = 0;
      failed.delete(this);
    } catch (error) {
      this.error = error instanceof Refusal ? error : new Refusal(-1, String(error));
      if (!this.stopped) failed.add(this);
    }
    await drawn();
    const took_ms = Date.now() - this.started;
    const long_ms = this.hurried < in_a_row ? 0 : Math.min(most_between_loads_ms, times_as_long * took_ms);
    this.pause_ms = Math.max(least_between_loads_ms, long_ms);
    this.loading = false;
    if (this.again) {
      this.again = false;
      this.refresh();
    } else if (this.error && passes(this.error)) this.runIn(waitFor(this.attempt++));
  }
}

// For a component: loads at once, and again whenever one of the topics has another mark or `on` says something else.
export function resource<T>(topics: Topic[], load: () => Promise<T>, on: () => unknown = () => 0): Resource<T> {
  const made = new Resource(load);
  const marks = $derived(topics.map((topic) => live.marks[topic] ?? '').join(' '));
  $effect(() => {
    void marks;
    void on();
    untrack(() => made.refresh()); // it looks at whether it is loading, which is no reason to load again
  });
  $effect(() => () => made.stop());
  return made;
}

// The usual case: a list of the API as it is.
export function listed<T>(topics: Topic[], path: string): Resource<T> {
  return resource(topics, () => get<T>(path));
}
