// Asks the browser to keep the pages on how to reach us, once this page is there and has nothing more to do.
// Never from a page that somebody else should not see, nor for colleagues, nor where data is to be saved.
function begin() {
  navigator.serviceWorker
    .register("/sw.js")
    .then(() => navigator.serviceWorker.ready)
    .then((registration) => {
      const { lang, className } = document.documentElement;
      registration.active?.postMessage({ language: lang, look: className });
    })
    .catch(() => {}); // a private window may refuse: nothing is lost
}

export function keepPagesForLater() {
  const isHidden = document.querySelector("[data-exit]") || document.body.classList.contains("staff");
  if (isHidden || !("serviceWorker" in navigator) || navigator.connection?.saveData) return;
  const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, 2000));
  if (document.readyState === "complete") whenIdle(begin);
  else addEventListener("load", () => whenIdle(begin), { once: true });
}
