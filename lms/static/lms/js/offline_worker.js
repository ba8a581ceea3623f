// Lessons that somebody kept on this device, when there is no connection. With a connection the site itself answers.
// Works for addresses below /mijn/leren/ only, and only for what the learner chose to keep.
const NOTICE = "/mijn/leren/zonder-verbinding/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === self.location.origin;
  if (!isOurs) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && ["style", "script", "image", "font"].includes(request.destination))
    event.respondWith(part(request));
});

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = request.method === "GET" ? await caches.match(request, { ignoreSearch: true, ignoreVary: true }) : null;
    return kept || (await caches.match(NOTICE, { ignoreVary: true })) || Response.error();
  }
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
