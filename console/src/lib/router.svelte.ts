// The address bar is the state of every view: the path says which screen and object, the query says how it is looked at.

export type Query = Record<string, string>;

export interface Route {
  path: string;
  parts: string[];
  query: Query;
}

function read(): Route {
  const path = location.pathname.replace(/\/+$/, '') || '/';
  return {
    path,
    parts: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(location.search)),
  };
}

export const route: Route = $state(read());

function reread() {
  Object.assign(route, read());
}

export function hrefOf(path: string, query: Query = {}): string {
  const text = new URLSearchParams(query).toString();
  return text ? `${path}?${text}` : path;
}

// Where one signs in to see a view: all of its address comes back (screens/sign-in/link.ts judges it).
export function signInFor({ path, query }: Pick<Route, 'path' | 'query'>): string {
  return hrefOf('/sign-in', { then: hrefOf(path, query) });
}

// Goes to another view; the way back is kept unless it is a correction.
export function go(href: string, how: 'push' | 'replace' = 'push') {
  if (how === 'push') history.pushState(null, '', href);
  else history.replaceState(null, '', href);
  reread();
}

// Changes some of the query; null takes a key away.
export function setQuery(change: Record<string, string | null>, how: 'push' | 'replace' = 'replace') {
  const query = { ...route.query };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete query[key];
    else query[key] = value;
  }
  go(hrefOf(location.pathname, query), how);
}

function isOwn(anchor: HTMLAnchorElement): boolean {
  const bare = !anchor.target && !anchor.hasAttribute('download') && anchor.origin === location.origin;
  return bare && !('plain' in anchor.dataset);
}

// Plain links work: a click on one of this origin changes the view without a load. data-plain leaves one to the browser.
export function startRouter() {
  addEventListener('popstate', reread);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const anchor = (event.target as Element).closest?.('a');
    if (!anchor?.href || !isOwn(anchor) || anchor.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    go(anchor.pathname + anchor.search);
    scrollTo(0, 0);
  });
}
