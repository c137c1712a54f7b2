// Acts as they are signed: the golden bytes are those of src/forms/act_test.cc, whose signature another program made.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { sha256Hex } from './bytes';
import { importKey, keyId, KeyError, makeKey, readKeyFile, verifies } from './keys';
import {
  actToSignElsewhere,
  checkedHash,
  differences,
  DocumentError,
  draftedName,
  hashOfAct,
  microseconds,
  newAct,
  readDocument,
  sign,
  signedOctets,
  textHash,
  timeOf,
  type Act,
} from './signing';

const goldenKey = 'ed25519:56475aa75463474c';
const goldenAct =
  '{"agreement":"ru.baghdad-centre","centre":"centre.example","founding_key":"ed25519:56475aa75463474c",' +
  '"key":"ed25519:56475aa75463474c","kind":"sign","not_after":"2026-12-01T00:00:00.000000Z","office":"ru/mfa",' +
  '"party":"ru","seq":7,"text_hash":"79bac4afd2c67b5ba929eaefe772f364332610b1cef70fa4e691f350e37385e4","version":1}';
const goldenSignature = 'cLWSxjqKkFm3SAtBps2nfUULoxVk3rmrA19h3Fe4v86AbYWNbn30UocTjuJxqVdiSX0jMqJ4rI2pfbL2mQanCw==';

// The seed 00 01 … 1f, as `comity key new` writes it.
const seedText = Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64');
const keyFile = (id = goldenKey) =>
  `# A private key of Comity, ${id}. Whoever has it can bind its party.\n${seedText}\n`;

const signer = {
  centre: { origin: 'centre.example' },
  time: '2026-11-30T01:20:46.273606Z',
  office: 'ru/mfa',
  party: { party: 'ru', founding_key: goldenKey, last_seq: 11 },
};

describe('a key', () => {
  it('is read from the file of the command line and cannot be read again', async () => {
    const key = await importKey(readKeyFile(keyFile()), 'ru');
    expect(key.id).toBe(goldenKey);
    expect(key.secret.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', key.secret)).rejects.toThrow();
    expect(await keyId(Uint8Array.from(Buffer.from(key.publicKey, 'base64')))).toBe(goldenKey);
  });

  it('is read without its comment and with the line ends of Windows', async () => {
    expect((await importKey(readKeyFile(`${seedText}\r\n`), 'ru')).id).toBe(goldenKey);
  });

  it('leaves no seed behind', async () => {
    const file = readKeyFile(keyFile());
    await importKey(file, 'ru');
    expect(file.seed.every((octet) => octet === 0)).toBe(true);
  });

  it('is refused when its file says another id', async () => {
    const file = readKeyFile(keyFile('ed25519:0123456789abcdef'));
    await expect(importKey(file, 'ru')).rejects.toMatchObject({ trouble: 'other_id' });
  });

  it.each(['', 'hello', '# only a comment\n', `${seedText}\n${seedText}\n`, seedText.slice(4), '{"key": 1}'])(
    'is not read from %j',
    (text) => expect(() => readKeyFile(text)).toThrow(KeyError),
  );

  it('that is made here signs what it can be checked by', async () => {
    const key = await makeKey('ru');
    expect(key.secret.extractable).toBe(false);
    const document = await sign(JSON.parse(goldenAct) as Act, [key]);
    const value = document.signatures[0]!.value;
    expect(await verifies(key.publicKey, value, signedOctets(document.act))).toBe(true);
    expect(await verifies(key.publicKey, value, signedOctets({ ...document.act, seq: 8 }))).toBe(false);
  });
});

describe('an act', () => {
  it('is signed over the octets of the page, whatever order its members stand in', async () => {
    const shuffled = Object.fromEntries(Object.entries(JSON.parse(goldenAct)).reverse()) as Act;
    expect(new TextDecoder().decode(signedOctets(shuffled))).toBe('comity-act/1\n' + goldenAct);
    const key = await importKey(readKeyFile(keyFile()), 'ru');
    const document = await sign(shuffled, [key]);
    expect(document.signatures).toEqual([{ key: goldenKey, value: goldenSignature }]);
  });

  it('has a hash that any other program can compute', async () => {
    const octets = new TextEncoder().encode('comity-act/1\n' + goldenAct);
    expect(await hashOfAct(JSON.parse(goldenAct))).toBe(await sha256Hex(octets));
  });

  it('takes its number and its life from the time of the centre', () => {
    const act = newAct(signer, 'suspend', { agreement: 'a.b', version: 1, text_hash: 'x' }, goldenKey);
    expect(act.seq).toBe(microseconds(signer.time));
    expect(act.not_after).toBe('2026-11-30T02:20:46.273606Z');
    expect(act.centre).toBe('centre.example');
  });

  it('is numbered above the last one, whatever the time is', () => {
    const far = { ...signer, party: { ...signer.party, last_seq: 2_000_000_000_000_000 } };
    expect(newAct(far, 'suspend', {}, goldenKey).seq).toBe(2_000_000_000_000_001);
  });

  it('keeps microseconds', () => {
    expect(timeOf(microseconds('2026-12-31T23:59:59.999999Z'))).toBe('2026-12-31T23:59:59.999999Z');
    expect(timeOf(microseconds('2026-12-31T23:59:59.999999Z') + 1)).toBe('2027-01-01T00:00:00.000000Z');
    expect(() => microseconds('yesterday')).toThrow();
  });
});

describe('a text', () => {
  const sample = JSON.parse(
    readFileSync(new URL('../../../tests/vectors/agreements/joint-information-centre.json', import.meta.url), 'utf8'),
  ) as { id: string };

  it('is hashed without what a centre serves with it', async () => {
    const hash = await textHash(sample);
    expect(await textHash({ ...sample, status: { state: 'in_force' } })).toBe(hash);
    expect(await textHash({ ...sample, title: 'Another' })).not.toBe(hash);
  });

  it('is signed for under the name it was drafted with, and under no other hash than the one listed', async () => {
    const hash = await textHash(sample);
    expect(await checkedHash(sample, hash)).toBe(hash);
    expect(await checkedHash({ ...sample, id: sample.id + '-2' }, hash)).toBe(hash);
    expect(await checkedHash({ ...sample, id: 'ru.other' }, hash)).toBeNull();
    expect(draftedName('ru.f-16')).toBe('ru.f');
  });
});

describe('a document of the command line', () => {
  const document = { act: JSON.parse(goldenAct), signatures: [{ key: goldenKey, value: goldenSignature }] };

  it('is read, and compared with what was asked', () => {
    const read = readDocument(JSON.stringify(document));
    const asked = JSON.parse(goldenAct);
    expect(differences(read.act, { ...asked, seq: 9, key: 'ed25519:0', not_after: 'later' })).toEqual([]);
    expect(differences(read.act, { ...asked, agreement: 'ru.il-staff', kind: 'withdraw' })).toEqual(['agreement', 'kind']);
    expect(differences({ ...read.act, gap: 'included' }, asked)).toEqual(['gap']);
  });

  it.each([
    ['', 'not_json'],
    ['[]', 'no_act'],
    [goldenAct, 'not_signed'],
    [JSON.stringify({ act: document.act, signatures: [] }), 'not_signed'],
    [JSON.stringify({ act: { kind: 'sign' }, signatures: document.signatures }), 'no_act'],
  ])('is refused: %s', (text, trouble) => {
    try {
      readDocument(text);
      expect.unreachable();
    } catch (error) {
      expect((error as DocumentError).trouble).toBe(trouble);
    }
  });

  it('is asked for without the key, which the command line fills in', () => {
    const asked = JSON.parse(actToSignElsewhere(JSON.parse(goldenAct))) as Record<string, unknown>;
    expect(asked.key).toBeUndefined();
    expect(asked.not_after).toBeUndefined();
    expect(asked.seq).toBe(7);
  });
});
