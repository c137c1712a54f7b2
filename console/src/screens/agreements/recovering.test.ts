import { expect, it } from 'vitest';
import type { Recovery } from './forms';
import { membersOf, type TextRead } from './recovering';

const owed = (agreement: string | undefined, party: string) => ({ agreement, party, new_key: `${party}-new`, effective: '' }) as unknown as Recovery;
const [a, b] = [owed('a', 'mona'), owed('b', 'lisa')];
const read: TextRead = { of: a, text: { agreement: 'a', version: 2, text_hash: 'aa' } };

it('confirms in the agreement that was chosen, under its text', () => {
  expect(membersOf(a, read)).toEqual({ agreement: 'a', version: 2, text_hash: 'aa', recovered: 'mona', new_key: 'mona-new' });
});

it('waits while the text that was read is that of another one', () => {
  expect(membersOf(b, read)).toBeNull();
  expect(membersOf(b, undefined)).toBeNull();
  expect(membersOf(owed('a', 'lisa'), read)).toBeNull(); // the same agreement, but read for another gesture
  expect(membersOf(b, { of: b, text: null })).toBeNull();
  expect(membersOf(b, { of: b, text: read.text })).toBeNull();
});

it('needs no text to object', () => {
  expect(membersOf(owed(undefined, 'mona'), read)).toEqual({ new_key: 'mona-new' });
});
