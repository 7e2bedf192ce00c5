/* Keeps static files, and pages that the server marks for offline use. What is personal has an end,
   is asked for again at every contact, and goes when it is refused: after signing out, for example. */
const VERSION = "v3", STATIC = `static-${VERSION}`, PAGES = `pages-${VERSION}`;
const CORE = ["{{ theme.css_url|default:'/thema/basis.css'|escapejs }}", {% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const NEVER = new RegExp("{{ never|escapejs }}");
const SEALED = /^(\/en)?\/meldpunt(\/|$)/;
const LOOKS = /^\/(static|thema)\//;

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

const fromCache = async (request) => {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  return answer.ok ? keep(STATIC, request, answer) : answer;
};

const end = (answer) => 1000 * Number(answer.headers.get("X-Offline-Until") || 0);

const kept = async (request) => {
  const found = await caches.match(request);
  if (!found || !end(found) || end(found) > Date.now()) return found;
  await (await caches.open(PAGES)).delete(request);
};

const refresh = async () => {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const found = await cache.match(request);
    if (!found || !end(found)) continue;
    const answer = await fetch(request.url, { redirect: "manual" }).catch(() => null);
    if (!answer || answer.status >= 500) continue; // no contact, or the portal is ill
    if (answer.ok && answer.headers.get("X-Offline") === "ja") await cache.put(request, answer);
    else await cache.delete(request);
  }
};

const fromServer = async (request) => {
  try {
    const answer = await fetch(request);
    return answer.ok && answer.headers.get("X-Offline") === "ja" ? keep(PAGES, request, answer) : answer;
  } catch {
    return (await kept(request)) || caches.match("/offline/");
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && !SEALED.test(url.pathname)) event.waitUntil(refresh());
  if (NEVER.test(url.pathname)) return;
  if (LOOKS.test(url.pathname)) event.respondWith(fromCache(request));
  else if (request.mode === "navigate") event.respondWith(fromServer(request));
});
