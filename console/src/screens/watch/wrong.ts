// What a form of the Watch found that the centre would not take, by the field that shows it.

export interface Wrong {
  field: 'places' | 'width_m' | 'low' | 'high' | 'ground' | 'from' | 'until' | 'way' | 'name' | 'source' | 'measured' | 'reconfirm' | 'schedule';
  why: string;
  row?: number; // of the way
  part?: 'at' | 'from' | 'until'; // of the row
}

// What a form made of what was typed; where something is wrong it is not to be sent.
export type Made = { body: Record<string, unknown>; wrong: Wrong[] };
