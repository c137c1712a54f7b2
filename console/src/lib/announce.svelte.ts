// What screen readers are told when something happens that the eye would see.

class Announcer {
  polite = $state('');
  urgent = $state('');
}

export const announcer = new Announcer();

export function announce(text: string, how: 'polite' | 'urgent' = 'polite') {
  announcer[how] = announcer[how] === text ? `${text}\u00a0` : text;
}
