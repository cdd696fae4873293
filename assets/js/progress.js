// How far a mailing is, brought up to date without loading the page anew. Without this file its link does the same.

const EVERY = 3000; // milliseconds

function freshen(here, there) {
  for (const part of here.querySelectorAll("[data-fresh]")) {
    const fresh = there.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (!fresh) continue;
    if (part.localName === "progress") part.value = fresh.value;
    else if (part.textContent !== fresh.textContent) part.replaceChildren(...fresh.childNodes); // else it would be said again
  }
}

async function look(here) {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.querySelector("[data-progress]");
      if (!answer.ok || !there || there.dataset.state !== here.dataset.state) {
        location.reload(); // made, paused, or signed out: the page has other things to say
        return;
      }
      freshen(here, there);
    } catch {
      // No network at this moment: the next look may find one.
    }
  }
  setTimeout(look, EVERY, here);
}

const here = document.querySelector("[data-progress]");
if (here?.dataset.state === "making") setTimeout(look, EVERY, here);
