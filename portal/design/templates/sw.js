/* Keeps static files, and pages that the server marks for offline use. Never what is personal. */
const VERSION = "v1", STATIC = `static-${VERSION}`, PAGES = `pages-${VERSION}`;
const CORE = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const NEVER = /^(\/en)?\/(meldpunt|werkplek|account|beheer)(\/|$)/;
self.addEventListener("install", (event) => event.waitUntil(
  caches.open(STATIC).then((cache) => cache.addAll(CORE)).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (![STATIC, PAGES].includes(name)) await caches.delete(name);
  await self.clients.claim();
})()));
const keep = (name, request, answer) => {
  const copy = answer.clone();
  caches.open(name).then((cache) => cache.put(request, copy));
  return answer;
};
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || NEVER.test(url.pathname)) return;
  if (url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((found) => found || fetch(request).then(
      (answer) => answer.ok ? keep(STATIC, request, answer) : answer)));
  } else if (request.mode === "navigate") {
    event.respondWith(fetch(request).then(
      (answer) => answer.ok && answer.headers.get("X-Offline") === "ja" ? keep(PAGES, request, answer) : answer
    ).catch(async () => (await caches.match(request)) || caches.match("/offline/")));
  }
});
