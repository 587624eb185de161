// Shows the page of one talk when there is no connection. It asks the network first, always, and
// knows no page but the one that it was registered for, and what that page is made of.
const kept = () => caches.open("live");
const keepPage = async () => {
  const page = await fetch(registration.scope, { redirect: "error" });
  if (!page.ok) throw Error(page.status);
  const parts = (await page.clone().text()).match(/(?<=(?:src|href)=")\/static\/[^"]+/g);
  await (await kept()).addAll(parts);
  await (await kept()).put(registration.scope, page);
};
const ask = async request => {
  try {
    const answer = await fetch(request);
    if (answer.ok && request.url.includes("/static/")) (await kept()).put(request, answer.clone());
    return answer;
  } catch {
    return await caches.match(request, { ignoreVary: true }) || Response.error();
  }
};
addEventListener("install", event => { skipWaiting(); event.waitUntil(keepPage()); });
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => { if (event.request.method === "GET") event.respondWith(ask(event.request)); });
