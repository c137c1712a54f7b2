// Where held keys are kept: IndexedDB of this origin. A CryptoKey is stored as it is, so that it never has a form in octets
// that a script could see. In a private window all of it is gone when the window closes; a generated key then is lost.
import { KeyError, type HeldKey } from './keys';

const store = 'keys';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('comity-keys', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new KeyError('not_kept'));
  });
}

async function within<T>(mode: IDBTransactionMode, act: (keys: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(new KeyError('not_kept'));
    });
  } finally {
    database.close();
  }
}

export async function heldKeys(party: string): Promise<HeldKey[]> {
  if (typeof indexedDB === 'undefined') return [];
  const all = await within<HeldKey[]>('readonly', (keys) => keys.getAll() as IDBRequest<HeldKey[]>);
  return all.filter((key) => key.party === party);
}

// Asks the browser not to clear it when the disk is full, which it may decline.
export async function hold(key: HeldKey): Promise<void> {
  await within('readwrite', (keys) => keys.put(key));
  await navigator.storage?.persist?.().catch(() => false);
}

export async function forget(id: string): Promise<void> {
  await within('readwrite', (keys) => keys.delete(id));
}
