// "Exit this page", on pages that somebody else should not see. The link works without this file. With it, what is on the
// page is gone at once, the page is not in the list behind the Back button any more, and Shift three times does the same.
const WITHIN = 5000; // milliseconds, from the first press to the third
const link = document.querySelector("[data-exit]");

function leave(event) {
  event?.preventDefault();
  const loading = document.createElement("p");
  loading.className = "leaving";
  loading.setAttribute("role", "alert");
  loading.textContent = link.dataset.exitLeaving;
  document.title = link.dataset.exitLeaving;
  document.body.replaceChildren(loading);
  // The address forgets the draft and sends the browser on.
  location.replace(link.href);
}

function countPresses() {
  const status = document.querySelector("[data-exit-status]");
  let presses = 0;
  let timer;
  let isAlone = false; // Shift is down, and no other key was pressed with it: nobody is typing a capital letter

  function show(count) {
    presses = count;
    link.dataset.presses = count;
    status.textContent = link.dataset[`exitSaid-${count}`] ?? "";
  }

  function startAgain() {
    clearTimeout(timer);
    if (presses) show(0);
  }

  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      isAlone = false;
      startAgain();
    } else if (!event.repeat) {
      isAlone = !(event.ctrlKey || event.altKey || event.metaKey);
    }
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !isAlone) return;
    isAlone = false;
    if (presses === 0) timer = setTimeout(startAgain, WITHIN);
    if (presses === 2) leave();
    else show(presses + 1);
  });
}

if (link) {
  link.addEventListener("click", leave);
  countPresses();
  // A browser that kept the page whole for its Back button asks for it afresh: what is true now may be nothing.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
