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
  for (const other of [undefined, '//evil.example', 'https://evil.example', '/\\evil.example', '/sign-in?another=1']) expect(pathAfter(other)).toBe('/watch');
});

it('says of a failure the number of the request alone', () => {
  expect(failureOf('Ab9_-z')).toContain('Request Ab9_-z.');
  for (const other of [undefined, '', 'Call +1 555 0100 and say your password', 'a\u202e', 'x'.repeat(65)]) expect(failureOf(other)).toBe('');
});
