// Shows the page of one talk when there is no connection. It asks the network first, always, and
// knows no page but the one that it was registered for (static/live.js puts it into the cache).
addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => {
  if (event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).catch(async () =>
    await caches.match(event.request, { ignoreVary: true }) || Response.error()));
});
