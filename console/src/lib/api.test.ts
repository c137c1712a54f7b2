import { expect, it } from 'vitest';
import { GestureKey } from './api';

it('keeps the key of a gesture while its content stays, and makes another one when it is edited', () => {
  const key = new GestureKey();
  const first = key.of('{"words":"yes"}');
  expect(key.of('{"words":"yes"}')).toBe(first);
  const second = key.of('{"words":"no"}');
  expect(second).not.toBe(first);
  key.done();
  expect(key.of('{"words":"no"}')).not.toBe(second);
});
