// A small runner: tests run one after another, in the order in which they were registered, since they share a centre as its users do.
// Its output ends as tests/runner.py wants it of a suite of another kind.
const tests = [];

export class Skip extends Error {}

export function test(name, run) {
  tests.push({ name, run });
}

export function skip(reason) {
  throw new Skip(reason);
}

export function check(is, what) {
  if (!is) throw new Error(what);
}

export function same(is, wanted, what) {
  const [a, b] = [JSON.stringify(is), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: ${a}, not ${b}`);
}

// Asks again and again, until it is true or the time is over; how long it took, in milliseconds.
export async function until(what, within_ms, is) {
  const began = performance.now();
  for (;;) {
    const found = await is();
    if (found) return performance.now() - began;
    if (performance.now() - began > within_ms) throw new Error(`${what}: not within ${within_ms} ms`);
    await new Promise((then) => setTimeout(then, 25));
  }
}

export async function runAll(only, after) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, run } of tests) {
    if (only && !new RegExp(only).test(name)) continue;
    const began = performance.now();
    try {
      await run();
      await after(name);
      sum.passed++;
      console.log(`passed ${name} (${Math.round(performance.now() - began)} ms)`);
    } catch (error) {
      if (error instanceof Skip) {
        sum.skipped++;
        console.log(`skipped ${name}: ${error.message}`);
      } else {
        sum.failed++;
        console.log(`FAILED ${name} (${Math.round(performance.now() - began)} ms)\n${String(error.stack ?? error).replace(/^/gm, '    ')}`);
        await after(name).catch((also) => console.log(`    and: ${also.message}`));
      }
    }
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}`);
  return sum;
}
