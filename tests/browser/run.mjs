// The suite `browser`: the console as its users have it, in a real Chromium, against the real program with the demo's scenarios.
//   node tests/browser/run.mjs [EXPRESSION THAT NAMES OF TESTS MATCH]
import { Browsers } from './browser.mjs';
import { Centre } from './centre.mjs';
import { runAll } from './suite.mjs';
import { testAcceptance } from './test-acceptance.mjs';
import { testAgreements } from './test-agreements.mjs';
import { testAlarms } from './test-alarms.mjs';
import { testExchange } from './test-exchange.mjs';
import { testFire } from './test-fire.mjs';
import { testHostile } from './test-hostile.mjs';
import { testHost } from './test-host.mjs';
import { testKeyboard } from './test-keyboard.mjs';
import { testLaw } from './test-law.mjs';
import { testLooks } from './test-looks.mjs';
import { testMachines } from './test-machines.mjs';
import { testOpenId } from './test-openid.mjs';
import { testPeople } from './test-people.mjs';
import { testRecovery } from './test-recovery.mjs';
import { testSignIn } from './test-sign-in.mjs';
import { testTour } from './test-tour.mjs';
import { testWatch } from './test-watch.mjs';

const centre = await Centre.start();
const browsers = await Browsers.launch();
const ground = { centre, browsers };
for (const register of [testSignIn, testAcceptance, testKeyboard, testTour, testWatch, testAlarms, testExchange, testAgreements, testPeople, testMachines, testLaw, testHost, testHostile, testFire, testOpenId, testRecovery, testLooks]) register(ground);
let sum = { failed: 1 };
try {
  sum = await runAll(process.argv[2], async () => {
    const troubles = browsers.take();
    if (troubles.length) throw new Error(troubles.slice(0, 5).join('\n'));
  });
} finally {
  await browsers.close();
  ground.fire?.stop();
  centre.stop();
}
process.exit(sum.failed ? 1 : 0);
