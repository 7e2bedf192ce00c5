/* Keeps static files, and pages that the server marks for offline use. What is personal has an end,
   is asked for again at every contact, and goes when it is refused: after signing out, for example. */
const VERSION = "v4", STATIC = `static-${VERSION}`, PAGES = `pages-${VERSION}`;
const CORE = ["{{ theme.css_url|default:'/thema/basis.css'|escapejs }}", {% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const NEVER = new RegExp("{{ never|escapejs }}");
const SEALED = /^(\/en)?\/meldpunt(\/|$)/;
const AS_KEPT = { ignoreVary: true }; // what differs by cookie is kept for one person
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
  const found = await caches.match(request, AS_KEPT);
  if (!found || !end(found) || end(found) > Date.now()) return found;
  await (await caches.open(PAGES)).delete(request, AS_KEPT);
};

const askAgain = async (visited) => {
  const cache = await caches.open(PAGES), wanted = visited ? [visited] : [];
  for (const request of await cache.keys()) {
    const found = await cache.match(request);
    if (found && end(found) && request.url !== visited) wanted.push(request.url);
  }
  for (const url of wanted) {
    const answer = await fetch(url, { redirect: "manual" }).catch(() => null);
    if (!answer || answer.status >= 500) continue; // no contact, or the portal is ill
    if (answer.ok && answer.headers.get("X-Offline") === "ja") await cache.put(url, answer);
    else await cache.delete(url, AS_KEPT);
  }
};

// One after the other: an answer that was slow on its way never replaces, or brings back, what was
// taken away meanwhile.
let turn = Promise.resolve();
const refresh = (visited) => (turn = turn.then(() => askAgain(visited)).catch(() => null));

const fromServer = async (event) => {
  const { request } = event;
  try {
    const answer = await fetch(request);
    if (!answer.ok || answer.headers.get("X-Offline") !== "ja") return answer;
    if (!end(answer)) return keep(PAGES, request, answer);
    event.waitUntil(refresh(request.url));
    return answer;
  } catch {
    return (await kept(request)) || caches.match("/offline/");
  }
};

// A push says that something is new and nothing else; what it is stands behind the sign-in.
self.addEventListener("push", (event) => event.waitUntil(self.registration.showNotification(
  "{{ portal_name|escapejs }}", { body: event.data ? event.data.text() : "", lang: "nl", tag: "nieuws" })));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/netwerk/"));
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && !SEALED.test(url.pathname)) event.waitUntil(refresh());
  if (NEVER.test(url.pathname)) return;
  if (LOOKS.test(url.pathname)) event.respondWith(fromCache(request));
  else if (request.mode === "navigate") event.respondWith(fromServer(event));
});
