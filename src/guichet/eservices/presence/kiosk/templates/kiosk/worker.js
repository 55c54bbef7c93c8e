// Keeps the kiosk at hand without a network: its page and the files of that page, nothing else.
// Nothing of anybody is kept here; messages wait in IndexedDB and are sent by the page itself.
const NAME = "guichet-kiosk-{{ version }}";
const SHELL = {{ shell|safe }};
const FILES = {{ files|safe }};

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    // As a visitor: a page that knew somebody must not be kept.
    await cache.addAll([SHELL, ...FILES].map((one) => new Request(one, { credentials: "omit" })));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((one) => one.startsWith("guichet-kiosk-") && one !== NAME);
    await Promise.all(old.map((one) => caches.delete(one)));
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(SHELL)));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request.url).then((kept) => kept ?? fetch(request)));
  }
});
