// Every screen: nothing that axe-core calls serious, in light and in dark; it fits 390 px; and pictures are kept for people to look at.
import { check, test, until } from './suite.mjs';

const screens = [
  ['watch', 'ru', '/watch'], ['agreements', 'ru', '/agreements'], ['agreement', 'ru', '/agreements/ru.baghdad-centre'], ['exchange', 'ru', '/exchange'], ['given', 'ru', '/exchange/given'], ['give', 'ru', '/exchange/give'], ['refusals', 'ru', '/exchange/refusals'], ['duties', 'ru', '/exchange/duties'],
  ['draft', 'ru', '/agreements/new'], ['keys', 'ru', '/agreements/keys'],
  ['people', 'ru', '/people'], ['machines', 'ru', '/people?tab=machines'], ['offices', 'ru', '/people?tab=offices'], ['issuers', 'ru', '/people?tab=tokens'],
  ['calls', 'ru', '/people?tab=calls'], ['account', 'ru', '/account'], ['host-tab', 'host', '/people?tab=host'], ['replies', 'host', '/people?tab=replies'], ['public', 'guest', '/'], ['sign-in', 'guest', '/sign-in'], ['tour', 'visitor', null],
];

export function testLooks(ground) {
  const { browsers, centre } = ground;
  for (const [name, who, path] of screens) {
    test(`looks: ${name} has no serious finding of axe, in light and dark, and fits 390 px`, async () => {
      const party = ground[who] ?? (ground[who] = await browsers.of(who));
      if (party.page.url() === 'about:blank') await party.goto(`http://localhost:${centre.port}/`);
      if (path) await party.screen(path);
      await until('something stands there', 10_000, async () => (await party.text()).trim().length > 40);
      await party.page.waitForTimeout(600);
      for (const colorScheme of ['light', 'dark']) {
        await party.page.emulateMedia({ colorScheme });
        await party.page.waitForTimeout(150);
        const found = await party.axe();
        check(found.length === 0, `${colorScheme}: ${found.join('\n')}`);
        if (colorScheme === 'light') await party.shot(name);
        else await party.shot(`${name}-dark`, 'wide');
      }
      await party.page.emulateMedia({ colorScheme: 'light' });
    });
  }
  for (const [name, who, path] of screens.filter(([, , path]) => path)) {
    test(`looks: ${name} runs from right to left as well, and fits 390 px so`, async () => {
      const { page } = ground[who];
      await page.evaluate(() => localStorage.setItem('direction', 'rtl'));
      try {
        await ground[who].screen(path);
        await until('something stands there', 10_000, async () => (await ground[who].text()).trim().length > 40);
        await page.waitForTimeout(600);
        check((await page.evaluate(() => getComputedStyle(document.querySelector('main')).direction)) === 'rtl', 'the page runs from left to right');
        const mirrored = await page.evaluate(() => [...document.querySelectorAll('.mono, code, pre, .maplibregl-map, .field-of-time')].filter((one) => getComputedStyle(one).direction !== 'ltr').map((one) => one.outerHTML.slice(0, 80)));
        check(mirrored.length === 0, `written from right to left: ${mirrored.join(' | ')}`);
        // Ranges read from left to right, the lesser first: where its two times stand in one line, the first is at the left.
        const turned = await page.evaluate(() => [...document.querySelectorAll('time + time')].filter((one) => {
          const [first, second] = [one.previousElementSibling.getBoundingClientRect(), one.getBoundingClientRect()];
          return / – $/.test(one.previousSibling.textContent) && first.top === second.top && first.left > second.left;
        }).map((one) => one.parentElement.textContent));
        check(turned.length === 0, `ranges that run backwards: ${turned.join(' | ')}`);
        await ground[who].shot(`${name}-rtl`);
      } finally {
        await page.evaluate(() => localStorage.removeItem('direction'));
      }
    });
  }
}
