// Which way the page runs: as the language does that it is in, or as this person chose in this browser.
export type Choice = 'auto' | 'ltr' | 'rtl';
export const choices: Choice[] = ['auto', 'ltr', 'rtl'];

const kept = (): Choice => {
  const told = globalThis.localStorage?.getItem('direction');
  return choices.find((one) => one === told) ?? 'auto';
};

class Direction {
  choice = $state<Choice>(kept());
  language = $state<'ltr' | 'rtl'>('ltr'); // of the catalogue

  get current(): 'ltr' | 'rtl' {
    return this.choice === 'auto' ? this.language : this.choice;
  }
  choose(choice: Choice) {
    this.choice = choice;
    localStorage.setItem('direction', choice);
  }
}

export const direction = new Direction();

// Where an arrow key leads along a row: to the next one, to the one before, or nowhere. The next one is where the text goes on.
export function stepOf(event: { key: string }): -1 | 0 | 1 {
  const forth = direction.current === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  return event.key === forth ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? -1 : 0;
}
