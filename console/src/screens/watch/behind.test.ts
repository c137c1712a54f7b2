import { expect, it } from 'vitest';
import { Refusal } from '../../lib/api';
import { behindOf, type Part } from './behind';

const good: Part = { data: [], at: 1000, error: undefined, loading: false, since: 900 };

it('names what failed and when it was loaded last, and nothing else', () => {
  const error = new Refusal(503, 'busy');
  const parts = { conflicts: { ...good, error }, sites: good, intents: { ...good, data: undefined, at: 0, error } };
  expect(behindOf(parts, 2000)).toEqual([{ what: 'conflicts', at: 1000, error }, { what: 'intents', at: 0, error }]);
  expect(behindOf({ sites: good }, 2000)).toEqual([]);
});

it('takes what does not come for what failed, but not what is only on its way', () => {
  const parts = { sites: { ...good, loading: true, since: 10_000 } };
  expect(behindOf(parts, 20_000)).toEqual([]);
  expect(behindOf(parts, 40_000)).toEqual([{ what: 'sites', at: 1000, error: undefined }]);
});
