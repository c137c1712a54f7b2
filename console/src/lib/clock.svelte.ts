// The second hand: what shows ages and countdowns reads it.
import { now_ms } from './time';

class Clock {
  now = $state(now_ms());
}

export const clock = new Clock();

export function startClock(): () => void {
  const timer = setInterval(() => (clock.now = now_ms()), 1000);
  return () => clearInterval(timer);
}
