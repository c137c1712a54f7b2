// The newest items of a long list. The API lists from the oldest on and goes forward only, so the list is walked to its end once, and
// only its last pages are kept; from then on it is asked for from where these begin. What is older is counted and not shown: whoever
// looks for it asks for a type or an agreement, and the centre looks in all of it.
import { get, Refusal } from '../../lib/api';
import type { ItemRow } from './forms';

export interface Question {
  role: 'received' | 'contributed';
  type?: string;
  agreement?: string;
}

export interface Listed {
  rows: ItemRow[]; // in the order of release
  older: number; // how many before these are not listed, some of which may be withdrawn by now
  beyond: boolean; // the end was not reached: there are newer ones, too
}

interface Told {
  items: ItemRow[];
  more: boolean;
  next?: string;
}

export const pageSize = 1000;
const keptPages = 20, walkedMost = 500;

export class Newest {
  private from = ''; // behind which what is kept begins
  private older = 0;
  private readonly asked: string;

  constructor({ role, type = '', agreement = '' }: Question) {
    this.asked = `/items?${new URLSearchParams({ role, ...(type && { type }), ...(agreement && { agreement }), limit: String(pageSize) })}`;
  }

  async read(): Promise<Listed> {
    try {
      return await this.walk();
    } catch (error) {
      // After a restore no place of before is one (G15).
      if (!(error instanceof Refusal) || error.status !== 400 || !this.from) throw error;
      [this.from, this.older] = ['', 0];
      return this.walk();
    }
  }

  private async walk(): Promise<Listed> {
    const kept: { before: string; items: ItemRow[] }[] = [];
    let older = this.older;
    let after = this.from;
    for (let page = 0; page < walkedMost; ++page) {
      const told = await get<Told>(after ? `${this.asked}&after=${encodeURIComponent(after)}` : this.asked);
      kept.push({ before: after, items: told.items });
      if (kept.length > keptPages) older += kept.shift()!.items.length;
      [this.from, this.older] = [kept[0]!.before, older];
      if (!told.more || !told.next) return { rows: kept.flatMap((one) => one.items), older, beyond: false };
      after = told.next;
    }
    return { rows: kept.flatMap((one) => one.items), older, beyond: true };
  }
}
