// A load that failed is made up for: by itself after a while, and at once when the connection is there again.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from './api';
import { opened, Resource } from './live.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function failing(times: number, status: number) {
  let calls = 0;
  const made = new Resource(async () => {
    if (++calls <= times) throw new Refusal(status, 'no');
    return calls;
  });
  made.refresh();
  return { made, calls: () => calls };
}

describe('a resource', () => {
  it('loads again by itself after a lost answer, though no mark changes', async () => {
    const { made, calls } = failing(2, 0);
    await vi.advanceTimersByTimeAsync(100);
    expect([calls(), made.error?.status]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(500);
    expect([calls(), made.error?.status]).toEqual([2, 0]);
    await vi.advanceTimersByTimeAsync(1000);
    expect([made.data, made.error]).toEqual([3, undefined]);
    made.stop();
  });
  it('asks again for what was denied only when the connection opens anew', async () => {
    const { made, calls } = failing(1, 404);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls()).toBe(1);
    opened();
    await vi.advanceTimersByTimeAsync(300);
    expect([made.data, made.error]).toEqual([2, undefined]);
    opened();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls()).toBe(2); // what has not failed is left alone
    made.stop();
  });
  it('does not wait for its turn when the connection opens', async () => {
    const { made, calls } = failing(4, 503);
    await vi.advanceTimersByTimeAsync(500 + 1000 + 2000 + 100);
    expect(calls()).toBe(4); // the next would come after four seconds
    opened();
    await vi.advanceTimersByTimeAsync(300);
    expect(made.data).toBe(5);
    made.stop();
  });
  it('of a list that takes long leaves the page four fifths of its time', async () => {
    let calls = 0;
    const made = new Resource(() => new Promise((done) => setTimeout(() => done(++calls), 400)));
    made.refresh();
    for (let ms = 0; ms < 10_000; ms += 50) {
      made.refresh(); // as a burst of changes has it
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(calls).toBeGreaterThanOrEqual(7);
    expect(calls).toBeLessThanOrEqual(10); // four in a row, then one in two seconds
    const before = calls;
    await vi.advanceTimersByTimeAsync(10_000);
    const after = calls;
    expect(after).toBeLessThanOrEqual(before + 2); // the one under way, and one for what came meanwhile
    made.refresh();
    await vi.advanceTimersByTimeAsync(450);
    expect(calls).toBe(after + 1); // what comes alone is seen at once
    made.stop();
  });
  it('is silent once it is stopped', async () => {
    const { made, calls } = failing(9, 0);
    await vi.advanceTimersByTimeAsync(100);
    made.stop();
    opened();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls()).toBe(1);
  });
});
