// Node 18 has the browser's cryptography, but not under the name that browsers give it.
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto as Crypto;
