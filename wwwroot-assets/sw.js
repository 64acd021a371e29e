// Says kindly that the server cannot be reached. Nothing else is ever kept: no page, no sound, no answer.
const cacheName = 'musicrec-offline-1';
const languages = ['ko', 'en'];
const page = language => `offline?culture=${language}`;
const extras = ['css/offline.css', 'img/logo.svg'];
const languageKey = 'offline-language';

self.addEventListener('install', event => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(forgetOld().then(() => self.clients.claim())));
self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET') {
    return;
  }

  if (request.mode === 'navigate') {
    event.respondWith(open(request));
  } else if (extras.some(path => new URL(path, self.registration.scope).pathname === new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
  }
});

/** Without cookies: what is kept is the same for everybody. */
async function keep() {
  const cache = await caches.open(cacheName);
  await cache.addAll([...languages.map(page), ...extras].map(path => new Request(path, { credentials: 'omit', cache: 'reload' })));
}

async function forgetOld() {
  const names = await caches.keys();
  await Promise.all(names.filter(name => name.startsWith('musicrec-') && name !== cacheName).map(name => caches.delete(name)));
}

async function open(request) {
  try {
    const answer = await fetch(request);
    // A browser that keeps nothing (a full disk) still shows the page.
    await remember(answer.headers.get('Content-Language')).catch(() => {});
    return answer;
  } catch (error) {
    const cache = await caches.open(cacheName);
    const language = await (await cache.match(languageKey))?.text();
    return await cache.match(page(languages.includes(language) ? language : languages[0])) ?? Promise.reject(error);
  }
}

/** The language of the page before is that of the next, also when there is no next one. */
async function remember(language) {
  const short = language?.slice(0, 2);
  if (languages.includes(short) && short !== self.language) {
    self.language = short;
    const cache = await caches.open(cacheName);
    await cache.put(languageKey, new Response(short));
  }
}
