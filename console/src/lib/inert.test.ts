import { expect, it } from 'vitest';
import { inert, inertButIsolates } from './inert';

it('controls and marks of direction are shown', () => {
  expect(inert('a\u202egnp.exe\u202c \u0007\u2067x\u2069\ufeff')).toBe('a\\u{202e}gnp.exe\\u{202c} \\u{7}\\u{2067}x\\u{2069}\\u{feff}');
  expect(inert('one\n\ttwo \u05d3\u05d5\u05d7')).toBe('one\n\ttwo \u05d3\u05d5\u05d7');
});

it('in a sentence isolates stay that are ended in it, and nothing else does', () => {
  expect(inertButIsolates('\u2068\u05d3\u05d5\u05d7\u2069 and \u2066a \u2067b\u2069 c\u2069')).toBe('\u2068\u05d3\u05d5\u05d7\u2069 and \u2066a \u2067b\u2069 c\u2069');
  expect(inertButIsolates('a\u2069b')).toBe('a\\u{2069}b');
  expect(inertButIsolates('\u2067a')).toBe('\\u{2067}a');
  expect(inertButIsolates('\u2068a\u2069\u2069 \u2068\u202eb\u2069')).toBe('\u2068a\u2069\\u{2069} \u2068\\u{202e}b\u2069');
});
