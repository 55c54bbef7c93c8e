// What the kiosk keeps, in IndexedDB: its key, a few facts, messages that wait.
const NAME = "guichet-kiosk";
let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("facts", { keyPath: "name" });
      asked.result.createObjectStore("messages", { keyPath: "key" });
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

export const fact = async (name) => (await done("facts", "readonly", (one) => one.get(name)))?.value;
export const know = (name, value) => done("facts", "readwrite", (one) => one.put({ name, value }));
export const keep = (message) => done("messages", "readwrite", (one) => one.put(message));
export const drop = (key) => done("messages", "readwrite", (one) => one.delete(key));
export async function waiting() {
  const found = await done("messages", "readonly", (one) => one.getAll());
  return found.sort((one, two) => one.order - two.order);
}
