// A new notice is read out once, by whatever reads the page aloud; not again on each page, and never where somebody may
// be listening. Where the browser remembers nothing, nothing is read out: the banners stand at the top of the page anyway.
const REMEMBERED = "notices-said";
const MOST = 50;
const AFTER = 1000; // milliseconds: a region that is filled at once is often not read

function saidBefore() {
  const said = JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]");
  return Array.isArray(said) ? said : [];
}

export function sayNewNotices() {
  const status = document.querySelector("[data-notices-status]");
  if (!status || document.querySelector("[data-exit]")) return;
  try {
    const said = saidBefore();
    const fresh = [...document.querySelectorAll("[data-notice]")].filter((one) => !said.includes(one.dataset.notice));
    if (!fresh.length) return;
    const marks = fresh.map((one) => one.dataset.notice);
    localStorage.setItem(REMEMBERED, JSON.stringify([...said, ...marks].slice(-MOST)));
    setTimeout(() => {
      for (const one of fresh) {
        const sentence = document.createElement("p");
        sentence.textContent = one.dataset.noticeSaid;
        sentence.lang = one.querySelector("a").lang; // a notice may be in another language than the page
        status.append(sentence);
      }
    }, AFTER);
  } catch {
    // Private windows may refuse to remember.
  }
}
