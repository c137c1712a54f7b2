// Keyboard shortcuts: whoever is on the screen says which it has, and the sheet shows them all. Single letters do nothing
// while something is typed; "g w" is two keys one after another.

import { untrack } from 'svelte';

export interface Shortcut {
  keys: string; // 'n', '?', 'g w', 'Escape'
  what: string;
  group: string;
  run: () => void;
}

class Shortcuts {
  all = $state.raw<Shortcut[]>([]);
  sheet = $state(false);
}

export const shortcuts = new Shortcuts();

let first = '';
let firstAt = 0;

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return !!element?.closest?.('input, textarea, select, [contenteditable], dialog[open]');
}

function pressed(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const chord = first && Date.now() - firstAt < 1200 ? `${first} ${event.key}` : '';
  const found = shortcuts.all.find((one) => one.keys === chord) ?? shortcuts.all.find((one) => one.keys === event.key);
  first = event.key;
  firstAt = Date.now();
  if (!found) return;
  event.preventDefault();
  found.run();
}

export function startKeys(): () => void {
  addEventListener('keydown', pressed);
  return () => removeEventListener('keydown', pressed);
}

// For a component: its shortcuts, for as long as it is there.
export function useShortcuts(own: () => Shortcut[]) {
  $effect(() => {
    const mine = own();
    const others = () => untrack(() => shortcuts.all).filter((one) => !mine.includes(one));
    shortcuts.all = [...others(), ...mine];
    return () => (shortcuts.all = others());
  });
}
