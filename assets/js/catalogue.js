// Translating the website works without this file. With it: what must stand in the words is said while they are typed,
// and an earlier translation, or a placeholder, comes into the field at a press.

const PIECES = /%\(\w+\)[sd]|\{+[^{}]*\}+|<[^<>]*>|&#?\w+;/g; // as app/languages/checking.py
const PAUSE = 400; // milliseconds without a key

const piecesOf = (text) => new Set(text.match(PIECES) ?? []);

function look(field) {
  const place = document.getElementById(field.dataset.said);
  const sources = field.dataset.translates.split("\u0000");
  const each = sources.map(piecesOf);
  const known = new Set(each.flatMap((pieces) => [...pieces]));
  const typed = piecesOf(field.value);
  const needed = [...each[0]].filter((piece) => each.every((pieces) => pieces.has(piece)));
  const lost = field.value.trim() ? needed.filter((piece) => !typed.has(piece) && !(sources.length > 1 && piece === "%(num)s")) : [];
  const strange = [...typed].filter((piece) => !known.has(piece));
  const said = [
    lost.length ? `${place.dataset.lost} ${lost.join(" ")}` : "",
    strange.length ? `${place.dataset.strange} ${strange.join(" ")}` : "",
  ].filter(Boolean).join(" ");
  if (place.textContent !== said) place.textContent = said; // a screen reader hears a change once
}

for (const field of document.querySelectorAll("[data-translates]")) {
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE, field);
  });
}

for (const button of document.querySelectorAll("[data-take]")) {
  const field = document.getElementById(button.dataset.into);
  if (!field) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    field.value = button.dataset.take;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// In a language that is written from right to left a placeholder is hard to type.
for (const button of document.querySelectorAll("[data-piece]")) {
  const field = document.getElementById(button.dataset.into);
  if (!field) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    field.setRangeText(button.dataset.piece, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
