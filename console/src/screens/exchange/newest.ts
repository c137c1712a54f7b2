// The newest items of a list that may be long. The first page is there at once, however many are behind it; older ones are asked for when
// somebody asks for them, and then looked at again with every change, since any of them may be withdrawn. Whoever looks for what is not
// listed asks for a type or an agreement, and the centre looks in all of it.
import { get, Refusal } from '../../lib/api';
import type { ItemRow } from './forms';

export interface Question {
  role: 'received' | 'contributed';
  type?: string;
  agreement?: string;
}

export interface Listed {
  rows: ItemRow[]; // the newest first
  more: boolean; // there are older ones
}

interface Told {
  items: ItemRow[];
  more: boolean;
  next?: string;
}

export const pageSize = 1000;
export const mostPages = 20; // what a browser keeps, and asks for anew when something changes

export class Newest {
  private pages = 1;
  private readonly asked: string;

  constructor({ role, type = '', agreement = '' }: Question) {
    this.asked = `/items?${new URLSearchParams({ role, ...(type && { type }), ...(agreement && { agreement }), order: 'newest', limit: String(pageSize) })}`;
  }

  get isFull(): boolean {
    return this.pages >= mostPages;
  }

  // One page more from the next reading on.
  widen() {
    this.pages = Math.min(this.pages + 1, mostPages);
  }

  async read(): Promise<Listed> {
    try {
      return await this.walk();
    } catch (error) {
      // After a restore no place of before is one (G15): of two pages that it came between.
      if (!(error instanceof Refusal) || error.status !== 400 || this.pages === 1) throw error;
      return this.walk();
    }
  }

  private async walk(): Promise<Listed> {
    const rows: ItemRow[] = [];
    let after = '';
    for (let page = 0; page < this.pages; ++page) {
      const told = await get<Told>(after ? `${this.asked}&after=${encodeURIComponent(after)}` : this.asked);
      rows.push(...told.items);
      if (!told.more || !told.next) return { rows, more: false };
      after = told.next;
    }
    return { rows, more: true };
  }
}

export const keyOf = (row: ItemRow) => `${row.id} ${row.version} ${row.agreement ?? ''}`;

// What came since one looked. Of a list that was not read to its end, what is older than all that was listed has only come into view.
export function cameSince(before: Listed, now: Listed): ItemRow[] {
  const known = new Set(before.rows.map(keyOf));
  const oldest = before.more ? (before.rows.at(-1)?.date_added ?? '') : '';
  return now.rows.filter((row) => row.date_added > oldest && !known.has(keyOf(row)));
}
