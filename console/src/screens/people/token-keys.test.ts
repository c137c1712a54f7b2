// Keys and their octets as OpenSSL writes them are what the browser must find; node:crypto has it.
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, it } from 'vitest';

import { readTokenKeys, TokenFileError, tokenKeyId } from './token-keys';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
const point = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const larger = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const edwards = generateKeyPairSync('ed25519');
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
const jwk = (key: KeyObject, more = {}) => ({ ...key.export({ format: 'jwk' }), ...more });
const set = (...keys: object[]) => JSON.stringify({ keys });

function trouble(text: string): string {
  try {
    readTokenKeys(text);
  } catch (error) {
    return (error as TokenFileError).trouble;
  }
  return '';
}

it('finds in PEM and in a key set the octets that OpenSSL writes, each with its algorithm', () => {
  const all = [['RS256', rsa], ['ES256', point], ['EdDSA', edwards]] as const;
  const wanted = all.map(([algorithm, pair]) => ({ algorithm, key: der(pair.publicKey).toString('base64') }));
  expect(readTokenKeys(all.map(([, pair]) => pem(pair.publicKey)).join('\n')).keys).toEqual(wanted);
  expect(readTokenKeys(set(...all.map(([, pair], i) => jwk(pair.publicKey, { kid: `k${i}`, use: 'sig' })))).keys)
    .toEqual(wanted.map((one, i) => ({ name: `k${i}`, ...one })));
});

it('leaves out what does not sign, what is of another kind or too weak, and says so', () => {
  const found = readTokenKeys(set(
    jwk(rsa.publicKey, { kid: 'enc', use: 'enc' }), jwk(rsa.publicKey, { kid: 'ops', key_ops: ['encrypt'] }), jwk(larger.publicKey, { kid: '384' }),
    jwk(short.publicKey, { kid: 'weak' }), jwk(rsa.publicKey, { kid: 'pss', alg: 'PS256' }), jwk(point.publicKey, { kid: 'good', alg: 'ES256' })));
  expect(found.keys.map((one) => one.name)).toEqual(['good']);
  expect(found.left.map((one) => `${one.which} ${one.why}`)).toEqual(['enc use', 'ops use', '384 kind', 'weak weak', 'pss algorithm']);
});

it('takes no private key: of a set it sends the public half and says so, a private PEM is refused', () => {
  const found = readTokenKeys(set(jwk(edwards.privateKey, { kid: 'mine' })));
  expect(found.withPrivate).toEqual(['mine']);
  expect(found.keys).toEqual([{ name: 'mine', algorithm: 'EdDSA', key: der(edwards.publicKey).toString('base64') }]);
  expect(trouble(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toBe('private');
});

it('refuses what has no key', () => {
  expect([trouble(''), trouble('{"keys": 1}'), trouble('{"keys'), trouble(pem(short.publicKey)), trouble(pem(larger.publicKey)), trouble('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----')])
    .toEqual(['none', 'none', 'bad', 'bad', 'bad', 'bad']);
});

// Of `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=login.example -days 1`, and the key that is in it.
const certificate = `-----BEGIN CERTIFICATE-----
MIIBhjCCASugAwIBAgIUPl3VIt+XkzB0SxB/O2DxXg4rn3kwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNbG9naW4uZXhhbXBsZTAeFw0yNjExMzAwODQxMTdaFw0yNjEy
MDEwODQxMTdaMBgxFjAUBgNVBAMMDWxvZ2luLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQp9S52Sx5SVJZ17D9jUGypXlMPzDZITh3Yu645SvU6kY5u
FIbLgg2SL20FWFcSf9wEy+TCXqAtF7gQUBKbGa9jo1MwUTAdBgNVHQ4EFgQU4x4k
B65pQYKTq+6fYQjfx+exhY8wHwYDVR0jBBgwFoAU4x4kB65pQYKTq+6fYQjfx+ex
hY8wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAyRDx3XAFw3mO
vl5FeEg++rzmtxqX+NjTnd9RD60nRzACIQDuJAIhXEsJEN2Ya64pBLU6gcqNhJm3
KPQ4TfwfZ/Yzgg==
-----END CERTIFICATE-----
`;
const inCertificate = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKfUudkseUlSWdew/Y1BsqV5TD8w2SE4d2LuuOUr1OpGObhSGy4INki9tBVhXEn/cBMvkwl6gLRe4EFASmxmvYw==';

it('takes the key of the first certificate of a chain', () => {
  const found = readTokenKeys(certificate + certificate);
  expect(found).toEqual({ keys: [{ algorithm: 'ES256', key: inCertificate }], left: [{ why: 'chain', which: '2' }], withPrivate: [] });
});

it('names keys as the centre does', async () => {
  const [one, two] = readTokenKeys(pem(point.publicKey) + pem(edwards.publicKey)).keys;
  expect(await tokenKeyId(one!)).toBe(`sha256:${createHash('sha256').update(der(point.publicKey)).digest('hex').slice(0, 16)}`);
  expect(await tokenKeyId(two!)).toBe(`ed25519:${createHash('sha256').update(der(edwards.publicKey).subarray(12)).digest('hex').slice(0, 16)}`);
});
