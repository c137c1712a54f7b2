// A session that nears its end. Whoever is on watch is given more of it when she asks with an hour left (the centre decides, and says
// until when); whoever is not is told in time to sign in again, beside the page and not in place of it.

export const asked_with_ms = 60 * 60_000, warned_with_ms = 15 * 60_000;
export const between_ms = 5 * 60_000; // between two questions: she may take the watch in that hour

export function isToAsk(left_ms: number, since_ms: number): boolean {
  return left_ms > 0 && left_ms <= asked_with_ms && since_ms >= between_ms;
}

export function isToWarn(left_ms: number): boolean {
  return left_ms > 0 && left_ms <= warned_with_ms;
}

// In a tab of its own: this one follows, and keeps what is being written (session.svelte.ts).
export function hrefOfAgain(office: string, then: string): string {
  return `/sign-in?${new URLSearchParams({ another: '1', office, then })}`;
}
