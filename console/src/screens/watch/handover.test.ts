import { expect, it } from 'vitest';
import { noteFault, noteOffered, offerOf } from './handover';

it('a note goes with the offer, and none where nothing was written', () => {
  expect(offerOf(' boris@us ', 'Line to ru was down at 02:10.\r\nTested again.\n')).toEqual({ to: 'boris@us', note: 'Line to ru was down at 02:10.\nTested again.' });
  expect(offerOf('boris@us', ' \n')).toEqual({ to: 'boris@us' });
});

it('letters are counted as people count them; line feeds and tabs may be in it', () => {
  expect(noteFault('🚁'.repeat(2000))).toBe('');
  expect(noteFault('🚁'.repeat(2003))).toContain('3');
  expect(noteFault('one\n\ttwo')).toBe('');
  expect(noteFault('one\u0007two')).not.toBe('');
});

it('who is offered the watch reads the note; nobody else finds it', () => {
  const on = [{ person: 'anna@us', since: '', contacts: [], offered_to: 'boris@us', offered_note: 'Two notices wait.' }];
  expect(noteOffered(on, 'boris@us')).toBe('Two notices wait.');
  expect(noteOffered(on, 'carl@us')).toBeUndefined();
});
