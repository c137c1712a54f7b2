import { expect, it } from 'vitest';
import { pathAfter } from '../screens/sign-in/link';
import { asked_with_ms, between_ms, hrefOfAgain, isToAsk, isToWarn, warned_with_ms } from './ending';

it('asks for more with an hour left and now and then after that, and not of a session that has ended', () => {
  expect(isToAsk(asked_with_ms + 1, Infinity)).toBe(false);
  expect(isToAsk(asked_with_ms, Infinity)).toBe(true);
  expect(isToAsk(asked_with_ms - 1000, 1000)).toBe(false);
  expect(isToAsk(asked_with_ms - between_ms, between_ms)).toBe(true);
  expect(isToAsk(0, Infinity)).toBe(false);
});

it('warns whoever has a quarter of an hour left, and nobody whose end is not known', () => {
  expect([warned_with_ms + 1, warned_with_ms, 1, 0, -1, NaN].map(isToWarn)).toEqual([false, true, true, false, false, false]);
});

it('signs in again for the same office, and comes back to where one was', () => {
  const query = new URL(hrefOfAgain('ru/mfa', '/exchange?q=a+b'), 'http://x').searchParams;
  expect([query.get('office'), pathAfter(query.get('then')!)]).toEqual(['ru/mfa', '/exchange?q=a+b']);
});
