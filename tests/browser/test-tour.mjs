// The tour as a visitor takes it: every tick is a check that this suite believes only because the page could make it fail.
import { check, test } from './suite.mjs';

const timeout = 60_000;

async function passed(page, n) {
  await page.waitForFunction((n) => {
    const states = [...document.querySelectorAll(`#step-${n} [data-check]`)].map((one) => one.dataset.check);
    return states.length > 0 && (states.every((one) => one === 'passed') || states.includes('failed'));
  }, n, { timeout });
  const failed = await page.locator(`#step-${n} [data-check="failed"]`).allInnerTexts();
  check(failed.length === 0, `step ${n}: ${failed.join('; ')}`);
}

export function testTour(ground) {
  const { centre, browsers } = ground;
  let page;

  test('tour, steps 1 to 3: a secret goes where the agreement says and nowhere else', async () => {
    const visitor = (ground.visitor = await browsers.of('visitor'));
    page = visitor.page;
    await visitor.goto(`http://localhost:${centre.port}/tour`);
    await page.getByLabel('Your secret').fill('kör <b>kingfisher</b> 7');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Send it, as il' }).click();
    await passed(page, 1);
    await page.getByRole('button', { name: 'Ask as ir for everything again' }).click();
    await passed(page, 2);
    await page.getByRole('button', { name: 'As ru, give it to the joint centre' }).click();
    await passed(page, 3);
  });

  test('tour, step 4: flights that cross, seen from both sides', async () => {
    await page.getByRole('button', { name: 'File it, as us' }).click();
    await page.locator('#step-4 [data-check="passed"]').nth(3).waitFor({ timeout });
    await page.getByRole('button', { name: 'Away from both' }).click();
    await page.getByRole('button', { name: 'Move it there, as us' }).click();
    await passed(page, 4);
    await page.getByRole('button', { name: 'End the flight' }).click();
  });

  test('tour, step 5: ru suspends its part, and us knows within a second', async () => {
    await page.getByRole('button', { name: 'Listen as us' }).click();
    await page.getByRole('button', { name: 'Stop listening' }).waitFor({ timeout });
    centre.cli('ru/general-staff', 'agreements', 'suspend', 'us.flight-safety-ru', '--yes');
    await passed(page, 5);
    for (const office of ['ru/general-staff', 'us/defense']) centre.cli(office, 'agreements', 'resume', 'us.flight-safety-ru', '--yes');
    const progress = await page.getByRole('progressbar').first().getAttribute('value');
    check(progress === '5', `${progress} steps have passed, not 5`);
  });
}
