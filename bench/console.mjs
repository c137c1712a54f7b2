// The console in a real browser (70-console, figures): node bench/console.mjs [--volumes N]
//
//   first view   from asking for /watch, signed in, nothing cached, until the notices can be read and the map has its canvas
//   changes      while 200 intents a second are filed by the same office: frames, and the longest time the page did nothing else
//   volumes      N intents (10,000) on the map, which is dragged for five seconds: frames
//
// Against the demo of the release build on loopback, in Debian's chromium without a graphics card: the map is drawn by software, which
// is most of what frames cost here. Client, browser and centre share the machine.
import { randomUUID } from 'node:crypto';
import { Browsers } from '../tests/browser/browser.mjs';
import { Centre } from '../tests/browser/centre.mjs';

const at = process.argv.indexOf('--volumes');
const volumes = at > 0 ? Number(process.argv[at + 1]) : 10_000;
const office = 'us/defense';
const wire = (ms) => new Date(ms).toISOString().replace('Z', '000Z');
const altitude = (value) => ({ value, unit: 'm', reference: 'W84' });

// A square of about a kilometre, in a country where no clause of the scenario looks.
function intent(n, minutes) {
  const lng = 100_000_000 + (n % 100) * 300_000, lat = 450_000_000 + Math.floor(n / 100) * 200_000;
  const polygon = [[lng, lat], [lng + 100_000, lat], [lng + 100_000, lat + 100_000], [lng, lat + 100_000]];
  return { kind: 'put_intent', body: { id: randomUUID(), state: 'Accepted', extents: [{ polygon, low: altitude(1000), high: altitude(1200), from: wire(Date.now() + 60_000), until: wire(Date.now() + minutes * 60_000) }] } };
}

const frames = (page, ms) => page.evaluate((ms) => new Promise((then) => {
  let count = 0, longest = 0, last = performance.now();
  const start = last, blocked = [];
  const watch = new PerformanceObserver((list) => blocked.push(...list.getEntries().map((one) => one.duration)));
  watch.observe({ entryTypes: ['longtask'] });
  const tick = (now) => {
    count += 1;
    longest = Math.max(longest, now - last);
    last = now;
    if (now - start < ms) return requestAnimationFrame(tick);
    watch.disconnect();
    then({ a_second: (count * 1000) / (now - start), longest_ms: longest, blocked_ms: blocked.reduce((sum, one) => sum + one, 0), longest_task_ms: Math.max(0, ...blocked) });
  };
  requestAnimationFrame(tick);
}), ms);
const say = (what, figures) => console.log(what.padEnd(44), Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value)}`).join('   '));

const centre = await Centre.start();
const browsers = await Browsers.launch();
try {
  const links = await centre.links();
  const us = await browsers.of('us');
  await us.goto(links[office]);
  await us.page.waitForURL(/\/watch/);
  for (let i = 0; i < 5; ++i) {
    const session = await us.context.newCDPSession(us.page);
    await session.send('Network.clearBrowserCache');
    await us.goto(`${centre.at('us')}/account`);
    const begin = performance.now();
    await us.page.goto(`${centre.at('us')}/watch`, { waitUntil: 'commit' });
    await us.page.locator('.maplibregl-canvas').waitFor();
    const map = performance.now() - begin;
    await us.page.getByText('A plan of the other side meets yours').first().waitFor();
    say('first view', { map_ms: map, notices_ms: performance.now() - begin });
  }
  say('quiet', await frames(us.page, 5000));

  let n = 0, answered = 0;
  const every = setInterval(() => {
    const list = Array.from({ length: 20 }, () => intent(n++, 30));
    void centre.ask(office, '/api/v1/commands', list).then(() => (answered += 20));
  }, 100);
  await us.page.waitForTimeout(2000);
  const before = answered, began = performance.now();
  const busy = await frames(us.page, 10_000);
  say(`${Math.round(((answered - before) * 1000) / (performance.now() - began))} changes a second`, busy);
  clearInterval(every);

  while (n < volumes) {
    const list = Array.from({ length: Math.min(500, volumes - n) }, () => intent(n++, 300));
    const ruled = await centre.ask(office, '/api/v1/commands', list);
    if (ruled.status !== 200) throw new Error(ruled.text.slice(0, 500));
  }
  await us.page.waitForTimeout(10_000);
  say(`${n} volumes, still`, await frames(us.page, 5000));
  const map = await us.page.locator('.maplibregl-canvas').boundingBox();
  const drag = (async () => {
    await us.page.mouse.move(map.x + map.width / 2, map.y + map.height / 2);
    await us.page.mouse.down();
    for (let i = 0; i < 100; ++i) await us.page.mouse.move(map.x + map.width / 2 + 150 * Math.sin(i / 8), map.y + map.height / 2 + 80 * Math.cos(i / 8)), await us.page.waitForTimeout(40);
    await us.page.mouse.up();
  })();
  say(`${n} volumes, dragged`, await frames(us.page, 5000));
  await drag;
  await us.page.screenshot({ path: 'build/test-logs/browser/volumes-1440.png' });
} finally {
  await browsers.close();
  centre.stop();
}
