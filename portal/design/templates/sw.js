/* Keeps static files, and pages that the server marks for offline use. Never what is personal. */
const VERSION = "v2", STATIC = `static-${VERSION}`, PAGES = `pages-${VERSION}`;
const CORE = ["{{ theme.css_url|default:'/thema/basis.css'|escapejs }}", {% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const NEVER = new RegExp("{{ never|escapejs }}");
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

const fromServer = async (request) => {
  try {
    const answer = await fetch(request);
    return answer.ok && answer.headers.get("X-Offline") === "ja" ? keep(PAGES, request, answer) : answer;
  } catch {
    return (await caches.match(request)) || caches.match("/offline/");
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || NEVER.test(url.pathname)) return;
  if (LOOKS.test(url.pathname)) event.respondWith(fromCache(request));
  else if (request.mode === "navigate") event.respondWith(fromServer(request));
});
