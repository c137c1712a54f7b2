// Says what the console weighs over the wire and fails above the budget. Places and the finer land, which are data and come later,
// are counted apart.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const budget_kB = 600;
const apart = /places-|countries-(50|10)m-|rtl-text/;
const files = [];
const walk = (dir) => readdirSync(dir).forEach((name) => {
  const path = join(dir, name);
  if (statSync(path).isDirectory()) walk(path);
  else if (!path.endsWith('.map')) files.push({ path, kB: gzipSync(readFileSync(path), { level: 9 }).length / 1000 });
});
walk('dist');
let total = 0;
for (const { path, kB } of files.sort((a, b) => b.kB - a.kB)) {
  if (!apart.test(path)) total += kB;
  if (kB > 3) console.log(`${kB.toFixed(1).padStart(8)} kB gz  ${path}${apart.test(path) ? '  (apart)' : ''}`);
}
console.log(`${total.toFixed(1).padStart(8)} kB gz  in all, of ${budget_kB}`);
if (total > budget_kB) process.exit(1);
