// Signing in by a provider of identities that another program is: the npm package `oidc-provider`, with its own pages. It is no part of the
// set-up, so without it this test is skipped; COMITY_OIDC_PROVIDER names a folder in which it was installed.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { freePort, Served } from './centre.mjs';
import { check, same, skip, test, until } from './suite.mjs';

const tried = 'oidc-provider@8.8.1';

async function packageOf() {
  const folder = process.env.COMITY_OIDC_PROVIDER;
  if (!folder) return skip(`no provider: npm install --prefix DIR ${tried}, and COMITY_OIDC_PROVIDER=DIR`);
  const { default: Provider } = await import(pathToFileURL(join(folder, 'node_modules/oidc-provider/lib/index.js')).href);
  return Provider;
}

// An authority, and a certificate of its for 127.0.0.1: another site than localhost, where the console is.
function certificates(folder) {
  const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...curve, '-days', '2', '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority');
  openssl('req', ...curve, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=127.0.0.1');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1\n');
  openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', '2', '-out', 'server.pem', '-extfile', 'names', '-set_serial', '1');
}

async function startProvider(folder, redirect) {
  const Provider = await packageOf();
  certificates(folder);
  const port = await freePort();
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const url = `https://127.0.0.1:${port}`;
  const provider = new Provider(url, {
    clients: [{ client_id: 'comity', client_secret: 'a secret, of words & signs', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'], id_token_signed_response_alg: 'ES256' }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }] },
    pkce: { required: () => true, methods: ['S256'] },
    cookies: { keys: ['of a test'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });
  const listener = createServer({ key: readFileSync(join(folder, 'server.key')), cert: readFileSync(join(folder, 'server.pem')) }, provider.callback());
  await new Promise((then) => listener.listen(port, '127.0.0.1', then));
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }] }));
  writeFileSync(join(folder, 'login.secret'), 'a secret, of words & signs\n', { mode: 0o600 });
  writeFileSync(join(folder, 'login.toml'), `issuer = "ru/login"\nlabel = "Sign in with the ministry"\nclient-id = "comity"\nclient-secret-file = "login.secret"\n` +
    `authorization-endpoint = "${url}/auth"\ntoken-endpoint = "${url}/token"\nallow = ["127.0.0.1"]\n`);
  return { url, stop: () => (listener.closeAllConnections(), listener.close()) };
}

export function testOpenId(ground) {
  test('a provider of another program’s make signs a person in, and its end signs her out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comity-openid-'));
    let centre, provider;
    const browser = await ground.browsers.of('openid', { ignoreHTTPSErrors: true });
    try {
      centre = await Served.load(folder);
      provider = await startProvider(folder, `${centre.url}/console/openid/return`);
      await centre.serve('--public-url', centre.url, '--call-ca', join(folder, 'ca.pem'), '--openid', join(folder, 'login.toml'));
      const ru = 'ru/general-staff';
      centre.cli(ru, 'issuers', 'register', 'login', provider.url, '--keys', join(folder, 'jwks.json'), '--role', 'watch');
      centre.cli('centre-host/operations', 'issuers', 'allow', 'ru/login', provider.url, '--key', centre.officers().keys.first);
      centre.cli(ru, 'people', 'add', 'anna', ru, '--role', 'watch', '--role', 'admin', '--issuer', 'login', '--subject', 'anna');

      const { page } = browser;
      const throughProvider = async (name) => {
        await browser.goto(`${centre.url}/sign-in?then=/account`);
        await page.getByRole('link', { name: 'Sign in with the ministry' }).click();
        await page.waitForURL(`${provider.url}/**`);
        await page.locator('input[name=login]').fill(name);
        await page.locator('input[name=password]').fill('whatever');
        await page.locator('button[type=submit]').click();
        await page.waitForURL(`${provider.url}/interaction/**`);
        await page.locator('button[type=submit]').click();
      };

      await browser.goto(`${centre.url}/sign-in`);
      await page.getByRole('link', { name: 'Sign in with the ministry' }).waitFor();
      same(await browser.axe(), [], 'axe on the screen');
      await browser.shot('sign-in-by-provider');
      await throughProvider('nobody');
      await page.getByRole('alert').waitFor();
      check(/This sign-in did not work\./.test(await page.getByRole('alert').innerText()), 'it does not say so');
      same(new URL(page.url()).origin, centre.url, 'where a failure ends');
      await browser.context.clearCookies();

      await throughProvider('anna');
      await until('in', 8000, () => new URL(page.url()).pathname === '/account');
      await page.getByRole('button', { name: /ru\/general-staff/ }).waitFor();
      check(/You signed in by login/.test(await browser.text()), 'the account does not say by whom');
      const cookies = await browser.context.cookies(centre.url + '/console');
      same(cookies.filter((one) => one.name === 'comity').map((one) => [one.sameSite, one.httpOnly]), [['Strict', true]], 'the cookie of the session');
      check(!cookies.some((one) => one.name === 'comity-openid'), 'the journey left its cookie');
      same(JSON.parse((await browser.fetch('/console/session')).text).offices, [{ office: ru, roles: ['watch'] }], 'offices and roles');

      centre.cli(ru, 'issuers', 'revoke', 'ru/login');
      await until('out', 3000, async () => (await browser.fetch('/console/session')).status === 401);
      // The provider's own pages ask for fonts from elsewhere; the console's ask nobody.
      same(ground.browsers.take().filter((one) => !/ERR_(NAME_NOT_RESOLVED|INTERNET_DISCONNECTED)/.test(one)), [], 'what went wrong');
    } finally {
      await browser.context.close();
      provider?.stop();
      await centre?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
