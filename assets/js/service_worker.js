// Optional: without it everything works as before. With it, how to reach us and what to do in an emergency can be read
// without a connection. Pages come from the network whenever it is there. Nothing is kept but the few pages that
// app/pages/offline.py names, and what they are made of: no form, no letter, nothing that somebody sent or typed.
// `self.LETTERBOX` stands above this, written by the server: version, pages, files, and words by language.
const { version, pages, files, words } = self.LETTERBOX;
const OURS = "letterbox-";
const STORE = OURS + version;
const KEPT_AS = "/kept-as"; // no page: under this name stands for whom and when the pages were kept
const A_DAY = 24 * 60 * 60 * 1000;
const MAIN_BEGINS = /<main\b[^>]*>/;

const addressesIn = (language) => pages.map((page) => `/${language}/${page}`);
const languageOf = (path) => Object.keys(words).find((tag) => path.startsWith(`/${tag}/`));
const isKept = (path) => addressesIn(languageOf(path) ?? "").includes(path);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== STORE).map((name) => caches.delete(name)));
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

// A page says in which language it is read and with which reading aids: the pages are kept so, once a day.
self.addEventListener("message", (event) => {
  const { language, look } = event.data ?? {};
  if (words[language]) event.waitUntil(keep(language, String(look)).catch(() => {}));
});

async function keep(language, look) {
  const store = await caches.open(STORE);
  const before = await (await store.match(KEPT_AS))?.json();
  if (before?.language === language && before.look === look && Date.now() - before.at < A_DAY) return;
  for (const path of [...addressesIn(language), ...files]) await put(store, path, await fetch(path));
  await store.put(KEPT_AS, new Response(JSON.stringify({ language, look, at: Date.now() })));
}

async function put(store, path, response) {
  const isForNobodyElse = /no-store/.test(response.headers.get("Cache-Control") ?? "");
  if (response.ok && !response.redirected && response.type === "basic" && !isForNobodyElse) await store.put(path, response);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (languageOf(pathname)) event.respondWith(page(event, pathname));
  } else if (files.includes(pathname + search)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(pathname + search)) ?? Response.error()));
  }
});

async function page(event, path) {
  try {
    const response = (await event.preloadResponse) ?? (await fetch(event.request));
    if (isKept(path)) {
      const copy = response.clone();
      event.waitUntil(caches.open(STORE).then((store) => put(store, path, copy)).catch(() => {}));
    }
    return response;
  } catch (error) {
    return (await kept(path)) ?? (await kept(`/${languageOf(path)}/offline`)) ?? (await anyOffline()) ?? Response.error();
  }
}

// Whoever kept the pages in one language and asks for another still learns whom to call.
async function anyOffline() {
  for (const tag of Object.keys(words)) {
    const found = await kept(`/${tag}/offline`);
    if (found) return found;
  }
  return null;
}

// As it was, and saying so. What is true only for a moment is hidden by the sheet ([data-kept]).
async function kept(path) {
  const found = await (await caches.open(STORE)).match(path);
  if (!found) return null;
  const note = path.endsWith("/offline") ? "" : `<p class="kept-copy">${words[languageOf(path)]}</p>`;
  const html = (await found.text()).replace("<html ", "<html data-kept ").replace(MAIN_BEGINS, (main) => main + note);
  const headers = new Headers(found.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(html, { headers });
}
