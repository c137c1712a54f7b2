import { t } from '../../lib/strings';

// A link that signs in once: its token stands in the fragment, which browsers send to nobody. It is taken out of the address at
// once, so that neither the history nor a shoulder keeps it.
export function takeLink(): string | undefined {
  const token = location.hash.replace(/^#/, '');
  if (!token) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return token.startsWith('link=') ? token.slice(5) : token;
}

// What the address says of a sign-in elsewhere that did not work: the number of the request, and nothing that anybody could have written there.
export function failureOf(request: string | undefined): string {
  return request && /^[\w-]{1,64}$/.test(request) ? t('signin.provider.failed', { request }) : '';
}

// Where to go afterwards: a path of this page, and nothing else.
export function pathAfter(then: string | undefined): string {
  return then && /^\/[a-z]/.test(then) && !then.startsWith('/sign-in') ? then : '/watch';
}
