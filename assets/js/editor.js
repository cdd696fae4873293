// Writing a letter works without this file. With it: the letter beside the words follows the typing, and a standard
// paragraph comes where the cursor stands.

const PAUSE = 600; // milliseconds without a key

const form = document.querySelector("form[data-look]");
const look = document.querySelector("[data-live-look]");

if (form && look) {
  const place = look.querySelector("[data-live-words]");
  let waiting, latest;

  async function show() {
    latest?.abort();
    latest = new AbortController();
    try {
      const answer = await fetch(form.dataset.look, {
        method: "POST",
        body: new FormData(form),
        signal: latest.signal,
        redirect: "error", // signed out meanwhile: what is seen stays
      });
      const text = await answer.text();
      if (answer.ok) {
        const page = new DOMParser().parseFromString(text, "text/html");
        place.replaceChildren(...page.body.childNodes);
      } else if (answer.status === 422) {
        place.textContent = text;
      }
    } catch {
      // Nothing is lost: the words stand in the form.
    }
  }

  look.hidden = false;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  show();
}

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", (event) => {
    const words = document.getElementById(button.dataset.insert);
    const chosen = button.form.elements.paragraph.selectedOptions[0]?.dataset.words;
    if (!words || !chosen) return;
    event.preventDefault();
    const before = words.value.slice(0, words.selectionStart);
    const after = words.value.slice(words.selectionEnd);
    const piece = (before && !before.endsWith("\n") ? "\n" : "") + chosen + (after && !after.startsWith("\n") ? "\n" : "");
    words.setRangeText(piece, words.selectionStart, words.selectionEnd, "end");
    words.focus();
    words.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
