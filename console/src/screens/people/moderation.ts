// Replies of the public page as officers of the host see them: what waits, and what is shown.
import { get, send } from '../../lib/api';

export interface Waiting {
  id: string | number;
  name: string;
  email?: string;
  text: string;
  at?: string;
  state?: string;
}

export async function allReplies(): Promise<Waiting[]> {
  const told = await get<Waiting[] | { replies: Waiting[] }>('/replies');
  return Array.isArray(told) ? told : told.replies;
}

export function show(reply: Waiting): Promise<unknown> {
  return send('POST', `/replies/${encodeURIComponent(reply.id)}`, { state: 'shown' });
}

export function remove(reply: Waiting): Promise<unknown> {
  return send('DELETE', `/replies/${encodeURIComponent(reply.id)}`);
}
