import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { failureOf, pathAfter, takeLink } from './link';

const replaceState = vi.fn();

beforeEach(() => {
  vi.stubGlobal('history', { state: null, replaceState });
  vi.stubGlobal('location', { hash: '#abc-DEF_1', pathname: '/sign-in', search: '?then=/watch' });
});
afterEach(() => {
  vi.unstubAllGlobals();
  replaceState.mockClear();
});

it('takes the token out of the address before anything else', () => {
  expect(takeLink()).toBe('abc-DEF_1');
  expect(replaceState).toHaveBeenCalledWith(null, '', '/sign-in?then=/watch');
});

it('leaves an address without one alone', () => {
  vi.stubGlobal('location', { hash: '', pathname: '/sign-in', search: '' });
  expect(takeLink()).toBeUndefined();
  expect(replaceState).not.toHaveBeenCalled();
});

it('goes on to paths of this page only', () => {
  expect(pathAfter('/agreements/x')).toBe('/agreements/x');
  expect(pathAfter('/exchange/x?version=2015-10-01T00:00:00.000Z&q=//evil.example')).toBe('/exchange/x?version=2015-10-01T00:00:00.000Z&q=//evil.example');
  for (const other of [undefined, '//evil.example', 'https://evil.example', '/\\evil.example', '/sign-in?another=1', '/sign-in?then=%2F%2Fevil.example', '/?x=/watch', '/%2F/evil.example', '?q=/watch', ' /watch']) expect(pathAfter(other)).toBe('/watch');
});

it('comes back to the whole of the address that was asked for', async () => {
  const { hrefOf, signInFor } = await import('../../lib/router.svelte');
  const asked = { path: '/watch', query: { sel: 'notice-7', q: 'a & b=c#d' } };
  const then = new URL(signInFor(asked), 'http://x').searchParams.get('then')!;
  expect(pathAfter(then)).toBe(hrefOf(asked.path, asked.query));
});

it('says of a failure the number of the request alone', () => {
  expect(failureOf('Ab9_-z')).toContain('Request Ab9_-z.');
  for (const other of [undefined, '', 'Call +1 555 0100 and say your password', 'a\u202e', 'x'.repeat(65)]) expect(failureOf(other)).toBe('');
});
