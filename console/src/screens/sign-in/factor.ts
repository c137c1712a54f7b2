// The second factor at the door: a secret is shown once, and counts from its first code on.
import { session } from '../../lib/api';

export interface Enrolment {
  secret: string; // base32, as applications take it
  url: string; // otpauth://
}

export function beginFactor(): Promise<Enrolment> {
  return session<Enrolment>('POST', '/totp');
}

export function confirmFactor(code: string): Promise<unknown> {
  return session('PUT', '/totp', { code });
}

export function removeFactor(code: string): Promise<unknown> {
  return session('DELETE', '/totp', { code });
}
