import { expect, it } from 'vitest';
import { isSame, movedIn, textOf } from './moved';

const draft = { id: 'ru.weather', title: 'Weather', clauses: [{ id: 'a', text: 'x' }, { id: 'b', text: 'y' }] };

it('of a draft that is as it was nothing is said, whatever the order of its members', () => {
  expect(movedIn(draft, { clauses: draft.clauses, title: 'Weather', id: 'ru.weather' })).toEqual([]);
});

it('says which clauses came, went and changed, and what else', () => {
  const sentences = movedIn(draft, { id: 'ru.weather', title: 'Other', sponsors: ['ru'], clauses: [{ id: 'b', text: 'z' }, { id: 'c', text: '' }] });
  expect(sentences).toHaveLength(4);
  for (const [i, words] of [/\bc\b/, /\ba\b/, /\bb\b/, /title and sponsors/].entries()) expect(sentences[i]).toMatch(words);
});

it('clauses that only stand otherwise have moved too', () => {
  expect(movedIn(draft, { ...draft, clauses: [...draft.clauses].reverse() })).toHaveLength(1);
});

it('the text of what the centre tells is without its status', () => {
  expect(isSame(textOf({ ...draft, status: { state: 'draft' } }), draft)).toBe(true);
});
