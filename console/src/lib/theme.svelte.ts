// Light or dark: what the system says, or what this person chose in this browser.

export type Choice = 'auto' | 'light' | 'dark';
export const themes: Choice[] = ['auto', 'light', 'dark'];

const dark = matchMedia('(prefers-color-scheme: dark)');

class Theme {
  choice = $state<Choice>((localStorage.getItem('theme') as Choice | null) ?? 'auto');
  system = $state(dark.matches ? 'dark' : 'light');

  get current(): 'light' | 'dark' {
    return (this.choice === 'auto' ? this.system : this.choice) as 'light' | 'dark';
  }
  next() {
    this.choose(themes[(themes.indexOf(this.choice) + 1) % themes.length]!);
  }
  choose(choice: Choice) {
    this.choice = choice;
    localStorage.setItem('theme', choice);
  }
}

export const theme = new Theme();

dark.addEventListener('change', () => (theme.system = dark.matches ? 'dark' : 'light'));
