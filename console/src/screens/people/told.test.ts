import { expect, it } from 'vitest';

import { changeOf, isSlug, lines, newPassword } from './told';

it('says what a change of roles gives and takes', () => {
  expect(changeOf(['watch', 'admin'], ['watch', 'audit'])).toEqual({ gained: ['audit'], lost: ['admin'] });
});

it('knows the form of slugs', () => {
  for (const good of ['ru', 'general-staff', 'a1']) expect(isSlug(good)).toBe(true);
  for (const bad of ['a', 'Anna', '1a', '-a', 'a_b', 'x'.repeat(33)]) expect(isSlug(bad)).toBe(false);
});

it('makes passwords of 24 letters that are not the same twice', () => {
  const one = newPassword();
  expect(one).toMatch(/^([a-km-z2-9]{6}-){3}[a-km-z2-9]{6}$/);
  expect(newPassword()).not.toBe(one);
});

it('reads a proposal to the last member', () => {
  expect(lines({ kind: 'x', proposed: { body: { slug: 'ru', list: ['a', { b: 1 }] } } })).toEqual([
    ['kind', 'x'], ['proposed.body.slug', 'ru'], ['proposed.body.list', 'a, {"b":1}'],
  ]);
});
