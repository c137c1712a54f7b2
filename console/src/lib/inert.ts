// What others wrote is shown and not obeyed (G13): controls, and marks that turn the direction of what follows, stand there as \u{…}.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
const shown = (letter: string) => '\\u{' + letter.charCodeAt(0).toString(16) + '}';

export function inert(text: string): string {
  return text.replace(unseen, shown);
}

const isolate = /[\u2066-\u2068]/, end = '\u2069';

// For a value in a sentence, which may be a sentence itself: isolates that are ended in it stay, since sentences are made with them and none
// of them turns anything outside. One that is not ended, and an end of nothing, are shown.
export function inertButIsolates(text: string): string {
  if (!isolate.test(text)) return inert(text);
  const letters = [...text], open: number[] = [], ended = new Set<number>();
  letters.forEach((letter, i) => {
    if (isolate.test(letter)) open.push(i);
    else if (letter === end && open.length) ended.add(i).add(open.pop()!);
  });
  return letters.map((letter, i) => (ended.has(i) ? letter : inert(letter))).join('');
}
