// By which providers of identities people may sign in here; none where the centre does not say, since there is always the password.
export interface Way {
  label: string;
  path: string;
}

export async function askWays(): Promise<Way[]> {
  try {
    const answer = await fetch('/public/sign-in', { headers: { Accept: 'application/json' } });
    return answer.ok ? ((await answer.json()) as { openid: Way[] }).openid : [];
  } catch {
    return [];
  }
}

// Where the browser goes for one: the centre sends it on, and brings it back to `then`.
export function hrefOfWay(way: Way, then: string | undefined): string {
  return then ? `${way.path}?then=${encodeURIComponent(then)}` : way.path;
}
