import { expect, it } from 'vitest';

import { changeOf, isSlug, issuerSays, lines, newPassword, onTop } from './told';

it('says what a change of roles gives and takes', () => {
  expect(changeOf(['watch', 'admin'], ['watch', 'audit'])).toEqual({ gained: ['audit'], lost: ['admin'] });
});

it('a change that was thought of on older roles brings back nothing that somebody took away since', () => {
  expect(onTop(['watch', 'admin'], ['watch', 'admin', 'audit'], ['watch'])).toEqual(['watch', 'audit']);
  expect(onTop(['watch', 'admin'], ['watch'], ['watch', 'admin', 'signing'])).toEqual(['watch', 'signing']);
  expect(onTop(['watch'], ['watch', 'audit'], ['audit', 'watch'])).toEqual(['audit', 'watch']);
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

it('says of an issuer whether the host has to allow it, and which keys end', () => {
  const asked = { name: 'ru/login', url: 'https://a', rights: ['read'], roles: [], offices: [], ended: [] };
  const was = { issuer: 'login', url: 'https://a', allowed: true };
  expect(issuerSays({ ...asked, was: undefined }).join(' ')).toContain('once an officer of the host has allowed');
  expect(issuerSays({ ...asked, was, ended: ['sha256:1'] }).join(' ')).toMatch(/holds at once.*looked at anew.*for good: sha256:1/);
  expect(issuerSays({ ...asked, url: 'https://b', was }).join(' ')).toContain('once an officer');
  expect(issuerSays({ ...asked, rights: [], was })).toHaveLength(1);
});

it('says of an issuer who may sign in by it, and what they lose', () => {
  const asked = { name: 'ru/login', url: 'https://a', rights: [], roles: ['watch'], offices: [], ended: [], was: { issuer: 'login', url: 'https://a', allowed: true, roles: ['watch', 'signing'] } };
  expect(issuerSays(asked).join(' ')).toMatch(/sign in.*watch.*lose.*signing/s);
});
