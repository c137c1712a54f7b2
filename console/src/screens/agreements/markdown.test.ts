// Texts of others, some of them hostile: whatever comes in, out comes a tree of words.
import { describe, expect, it } from 'vitest';

import { inert } from '../../lib/inert';
import { inlines, markdown, type Block, type Inline } from './markdown';

const said = (all: Inline[]): string => all.map((one) => ('of' in one ? said(one.of) : one.text)).join('');
const words = (all: Block[]): string =>
  all
    .map((one) => {
      if (one.kind === 'quote') return words(one.of);
      if (one.kind === 'list') return one.items.map(words).join('|');
      if (one.kind === 'rule') return '';
      return one.kind === 'code' ? one.text : said(one.of);
    })
    .join('\n');
const kinds = (text: string) => markdown(text).map((one) => one.kind);

describe('the subset', () => {
  it('has headings, paragraphs, lists, quotations, code and rules', () => {
    const text = '# One\n\nTwo\nlines.\n\n- a\n- b\n\n3. c\n4. d\n\n> said\n\n```\ncode\n```\n\n---\n';
    expect(kinds(text)).toEqual(['heading', 'paragraph', 'list', 'list', 'quote', 'code', 'rule']);
    expect(markdown(text)[3]).toMatchObject({ ordered: true, start: 3 });
  });

  it('nests lists', () => {
    const [list] = markdown('- a\n  - b\n  - c\n- d');
    expect(list).toMatchObject({ kind: 'list', items: [[{ kind: 'paragraph' }, { kind: 'list' }], [{}]] });
  });

  it('has emphasis, code and links, and leaves names alone', () => {
    expect(inlines('**a** *b* `c`').map((one) => one.kind)).toEqual(['strong', 'text', 'em', 'text', 'code']);
    expect(inlines('snake_case_name 2 * 3 * 4')).toEqual([{ kind: 'text', text: 'snake_case_name 2 * 3 * 4' }]);
    expect(inlines('[the page](https://example.org/)')).toEqual([
      { kind: 'link', of: [{ kind: 'text', text: 'the page' }], to: 'https://example.org/' },
    ]);
  });

  it('shows an image as its words', () => {
    expect(inlines('![chart](x.png)')).toMatchObject([{ kind: 'link', to: 'x.png' }]);
  });
});

describe('hostile input', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '&lt;b&gt; &#x3c;script&#x3e;',
    '<a href="javascript:alert(1)">x</a>',
  ])('is text: %s', (text) => {
    expect(markdown(text)).toEqual([{ kind: 'paragraph', of: [{ kind: 'text', text }] }]);
  });

  it('keeps an address as text and never as a target', () => {
    const [link] = inlines('[click](javascript:alert(1))');
    expect(Object.keys(link!)).toEqual(['kind', 'of', 'to']); // a component shows `to`, and has nothing to follow
  });

  it('shows controls and marks that turn the direction', () => {
    expect(inert('a\u202eb\u0007c\u2066d')).toBe('a\\u{202e}b\\u{7}c\\u{2066}d');
    expect(said(inlines('**\u202e**'))).toBe('\\u{202e}');
    expect(inert('عربي \u200f فارسی\u200c')).toBe('عربي \u200f فارسی\u200c');
  });

  it.each([
    ['openings', '['.repeat(200_000)],
    ['stars', '*'.repeat(200_000)],
    ['stars and letters', '*a '.repeat(70_000)],
    ['links', '[a]('.repeat(50_000)],
    ['ticks', '`a``b```c'.repeat(20_000)],
    ['quotations', '>'.repeat(100_000)],
    ['items', '- '.repeat(100_000) + 'x'],
    ['fences', '```\n'.repeat(50_000)],
    ['lines', '\n'.repeat(250_000)],
    ['digits', '1. '.repeat(80_000)],
  ])('of a quarter of a megabyte is read at once: %s', (_, text) => {
    const began = process.cpuUsage(); // other programs on the machine do not count
    markdown(text);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2000);
  }, 60_000);

  it('loses no word, whatever the marks around it', () => {
    let state = 7;
    const next = (n: number) => (state = (state * 48271) % 2147483647) % n;
    const bits = ['**', '*', '_', '`', '[', '](', ')', '\n', '# ', '- ', '> ', '1. ', '~~~', '\\', '!', ' '];
    for (let round = 0; round < 400; ++round) {
      const names: string[] = [];
      let text = '';
      for (let i = 0; i < 12; ++i) {
        text += bits[next(bits.length)];
        if (next(2)) text += names[names.push(`w${round}x${i}`) - 1];
      }
      const all = JSON.stringify(markdown(text)) + words(markdown(text));
      for (const name of names) expect(all, text).toContain(name);
    }
  }, 60_000);
});
