// What the tab is called: how many notices wait, whichever screen is open (shell/calls.svelte.ts), and the screen.
import { t } from './strings';

class Title {
  of = $state(t('app.name'));
  mark = $state('');
}

export const title = new Title();

export function titled(screen: string) {
  title.of = `${screen} – ${t('app.name')}`;
}
