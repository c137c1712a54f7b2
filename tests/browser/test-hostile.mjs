// What others wrote is text, wherever it is shown: STIX, KML, the words of an agreement, replies of strangers.
import { report } from './made.mjs';
import { check, same, test, until } from './suite.mjs';

const api = '/console/api/v1';
const own = "globalThis.__owned=1";
const names = [`<img src=x onerror="${own}">`, `"><script>${own}</script>`, `<svg onload=${own}>`, `javascript:${own}`, `{{constructor.constructor('${own}')()}}`, '\u202egnp.exe \u2066abc'];
const turning = '\u2067title \u202dturned\u2069\u2069';

export function testHostile(ground) {
  const { centre, browsers } = ground;

  test('hostile: markup in names and descriptions of STIX is shown as text on every screen', async () => {
    const { il, ru } = ground;
    const ids = [];
    for (const name of names) {
      const object = report(`hostile ${name}`, { description: `${name}\n[link](javascript:${own})`, external_references: [{ source_name: name, url: `javascript:${own}` }] });
      const ruling = JSON.parse((await il.fetch(`${api}/commands`, { kind: 'contribute', body: { agreement: 'ru.il-staff', object } })).text);
      same(ruling.outcome, 'accepted', name);
      ids.push(object.id);
    }
    const kml = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name><![CDATA[${names[0]}]]></name><description><![CDATA[${names[1]}]]></description><Point><coordinates>39,35</coordinates></Point></Placemark></Document></kml>`;
    const file = centre.file('perimeter <img src=x onerror=globalThis.__owned=1>.kml', kml);
    centre.cli('il/general-staff', 'items', 'file', file, '--under', 'ru.il-staff');
    for (const party of [il, ru]) {
      for (const path of ['/exchange', '/agreements', '/agreements/ru.il-staff', '/watch', '/people']) {
        await party.screen(path);
        await party.page.waitForTimeout(400);
        await clean(party, path);
      }
      let said = '';
      for (const id of ids) {
        await party.screen(`/exchange/items/${id}`);
        await until(`${id} is there, or gone with ru's withdrawal`, 10_000, async () => (said = await party.text()).includes('hostile ') || (party === ru && said.includes('There is nothing here')));
        await clean(party, `the page of ${id}`);
      }
      if (party === il) check(said.includes('\\u{202e}gnp.exe \\u{2066}abc'), 'the marks of direction are not shown');
      await party.park();
    }
  });

  test('hostile: the title and the words of an agreement turn nothing, nor does what stands in the address', async () => {
    const { ru } = ground;
    const { page } = ru;
    const agreement = /\/api\/v1\/agreements\/ru\.il-staff$/;
    const text = JSON.parse((await ru.fetch(`${api}/agreements/ru.il-staff`)).text);
    await page.route(agreement, (route) => route.fulfill({ json: { ...text, title: turning, clauses: text.clauses.map((one) => ({ ...one, text: turning })) } }));
    for (const path of ['/agreements?cell=il%3Eru', '/agreements/ru.il-staff']) {
      await ru.screen(path);
      await until(`${path} shows it`, 10_000, async () => (await ru.text()).includes('\\u{2067}title \\u{202d}turned\\u{2069}'));
      await clean(ru, path);
    }
    await page.unroute(agreement);
    const guest = await browsers.of('misled');
    await guest.goto(`http://localhost:${centre.port}/sign-in?failed=${encodeURIComponent(`${turning} Call +1 555 0100`)}`);
    await guest.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    same(await guest.page.getByRole('alert').count(), 0, 'words of the address in an alert');
    await guest.goto(`http://localhost:${centre.port}/sign-in?failed=Ab9-_x`);
    await guest.page.getByRole('alert').getByText('Request Ab9-_x.').waitFor();
    await guest.context.close();
    await ru.park();
  });

  test('hostile: an overlay of KML that one opens oneself runs nothing', async () => {
    const { ru } = ground;
    await ru.screen('/watch');
    const input = ru.page.locator('input[type="file"]').first();
    if (await input.count()) {
      const kml = `<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>${names[0].replaceAll('<', '&lt;')}</name><Point><coordinates>39,35</coordinates></Point></Placemark></Document></kml>`;
      await input.setInputFiles({ name: 'x.kml', mimeType: 'application/vnd.google-earth.kml+xml', buffer: Buffer.from(kml) });
      await ru.page.waitForTimeout(500);
    }
    await clean(ru, 'the map');
    await ru.park();
  });

  test('hostile: a reply waits, is read by the host, and is text on the public page', async () => {
    const guest = (ground.guest = await browsers.of('guest'));
    const { page } = guest;
    await guest.goto(`http://localhost:${centre.port}/`);
    await page.getByRole('heading', { name: 'Theatre 2015' }).waitFor();
    await guest.shot('public');
    await page.getByLabel(/^Name/).fill(names[0]);
    await page.getByLabel(/^E-mail/).fill('stranger@example.org');
    await page.getByLabel('Reply', { exact: true }).fill(`${names[1]}\n${names[3]}`);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('waiting for moderation').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Replies' }).waitFor();
    check(!(await guest.text()).includes('onerror'), 'it shows before anybody has read it');
    const { host } = ground;
    await host.screen('/people?tab=replies');
    await host.page.getByText('stranger@example.org').waitFor();
    await clean(host, 'moderation');
    await host.page.getByRole('button', { name: 'Show it' }).click();
    await host.page.getByRole('dialog').getByRole('button', { name: 'Show it' }).click();
    await until('it shows', 5000, async () => {
      await page.reload();
      await page.waitForTimeout(300);
      return (await guest.text()).includes('onerror');
    });
    await clean(guest, 'the public page');
    check(!(await guest.sent()).includes('stranger@example.org'), 'the address was sent to a guest');
    await host.page.getByRole('button', { name: 'Delete it' }).click();
    await host.page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
    await until('it is gone', 5000, async () => !(await guest.fetch('/public/replies')).text.includes('onerror'));
  });

  test('the public page counts who looks at it, and tells guests nothing of who works', async () => {
    const { guest, ru } = ground;
    const before = JSON.parse((await guest.fetch('/public/visits')).text);
    check(before.now.guests >= 1 && before.most.ever.count >= 1, JSON.stringify(before));
    await ru.screen('/watch');
    const after = JSON.parse((await guest.fetch('/public/visits')).text);
    same(after.now.members, before.now.members, 'somebody at the watch counts as a visitor');
    check(!(await guest.sent()).includes('il-staff'), 'the public page speaks of the bilateral');
  });
}

async function clean(party, where) {
  const found = await party.page.evaluate(() => {
    // All that is read: text, and the names and hints of elements. What somebody types is her own.
    function* texts(root) {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) if (walk.currentNode.parentElement.tagName !== 'TEXTAREA') yield walk.currentNode.data;
      for (const one of root.querySelectorAll('[title], [aria-label]')) yield `${one.title} ${one.getAttribute('aria-label')}`;
    }
    return {
      owned: globalThis.__owned,
      images: [...document.querySelectorAll('img')].map((one) => one.getAttribute('src')).filter((src) => src === 'x'),
      links: [...document.querySelectorAll('a[href]')].map((one) => one.getAttribute('href')).filter((href) => /^\s*(javascript|data|vbscript):/i.test(href)),
      turned: [...texts(document.body)].filter((text) => /[\u202a-\u202e\u2066-\u2069]/.test(text)),
      handlers: [...document.querySelectorAll('*')].filter((one) => one.getAttributeNames().some((name) => name.startsWith('on'))).length,
    };
  });
  same(found, { images: [], links: [], turned: [], handlers: 0 }, `${where} of ${party.name}`);
}
