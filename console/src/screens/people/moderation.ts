// Replies of the public page as officers of the host see them: what waits, and what is shown.
import { session } from '../../lib/api';

export interface Waiting {
  id: number;
  at: string;
  name: string;
  text: string;
  email?: string;
  state?: string; // waiting, shown
}

export async function allReplies(): Promise<Waiting[]> {
  return (await session<{ replies: Waiting[] }>('GET', '/replies')).replies;
}

export function show(reply: Waiting): Promise<unknown> {
  return session('POST', `/replies/${reply.id}`, { action: 'show' });
}

export function remove(reply: Waiting): Promise<unknown> {
  return session('POST', `/replies/${reply.id}`, { action: 'delete' });
}
