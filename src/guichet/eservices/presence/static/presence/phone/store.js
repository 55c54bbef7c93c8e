// What the phone keeps: presses and a few facts, in IndexedDB. Everything here survives a restart.
const NAME = "guichet-presence";
const STORES = { acts: "key", facts: "name" };
let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) {
        asked.result.createObjectStore(store, { keyPath });
      }
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error);
  });
  return opening;
}

async function done(store, mode, work) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(store));
    // A write counts when it is on the disk, not when it is asked for.
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const keep = (store, value) => done(store, "readwrite", (one) => one.put(value));
export const drop = (store, key) => done(store, "readwrite", (one) => one.delete(key));
export const every = (store) => done(store, "readonly", (one) => one.getAll());
export const fact = async (name) => (await done("facts", "readonly", (one) => one.get(name)))?.value;
export const know = (name, value) => keep("facts", { name, value });
