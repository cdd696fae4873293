// Two things about service notices. A new notice is read out once, by whatever reads the page aloud; not again on each page, and never where somebody may
// be listening; where the browser remembers nothing, nothing is read out, and the banners stand at the top of the page anyway.
// And on a form's page a notice is put away without loading the page again, so that what was typed stays.
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

async function putAway(form) {
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (!answer.ok && answer.type !== "opaqueredirect") return;
  const banners = form.closest(".banners");
  form.closest("[data-notice]").remove();
  if (!banners.querySelector("[data-notice], .banners__more")) banners.remove();
  const main = document.getElementById("main-content"); // the button is gone: go on where the page begins
  main.tabIndex = -1;
  main.focus({ preventScroll: true });
}

export function putNoticesAway() {
  for (const form of document.querySelectorAll("[data-put-away]")) {
    form.dataset.ready = ""; // its room was kept for it: nothing moves
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      putAway(form).catch(() => {}); // without a connection it stays
    });
  }
}
