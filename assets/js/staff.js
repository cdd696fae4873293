// Staff pages work without this file. With it: single keys, for those who have not turned them off (WCAG 2.1.4), and one
// box that ticks every case on the page.

import "./catalogue.js";
import "./editor.js";

import "./menu.js";
import "./progress.js";

const KEY_AFTER_G = 1000; // milliseconds
const { shortcuts, caseload } = document.body.dataset;

function isTyping(target) {
  if (target.isContentEditable || target.closest("textarea, select")) return true;
  const field = target.closest("input");
  return field !== null && !["checkbox", "radio", "button", "submit"].includes(field.type);
}

const rows = () => [...document.querySelectorAll("[data-row]")];
const rowOf = (element) => element?.closest("[data-row]");
const linkOf = (row) => row?.querySelector("th a");

function go(step) {
  const all = rows();
  const here = all.indexOf(rowOf(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : -1) : here + step;
  linkOf(all.at(Math.min(Math.max(next, here < 0 ? -1 : 0), all.length - 1)))?.focus();
}

const acts = {
  j: () => go(1),
  k: () => go(-1),
  o: () => linkOf(rowOf(document.activeElement))?.click(),
  x: () => rowOf(document.activeElement)?.querySelector("input[type=checkbox]")?.click(),
  "/": () => document.getElementById("staff-search")?.select(),
  "?": () => location.assign(shortcuts),
};

let gAt = -Infinity;
function heard(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (isTyping(event.target)) return;
  if (event.key === "c" && event.timeStamp - gAt < KEY_AFTER_G) {
    location.assign(caseload);
  } else if (event.key === "g") {
    gAt = event.timeStamp;
  } else if (Object.hasOwn(acts, event.key)) {
    event.preventDefault(); // else the slash itself would stand in the search box
    acts[event.key]();
  }
}
if (shortcuts) document.addEventListener("keydown", heard);

for (const place of document.querySelectorAll("[data-pick-all]")) {
  const boxes = [...place.closest("table").querySelectorAll("tbody input[type=checkbox]")];
  const item = document.createElement("div");
  item.className = "govuk-checkboxes__item";
  const all = document.createElement("input");
  Object.assign(all, { type: "checkbox", id: "pick-all", className: "govuk-checkboxes__input" });
  const label = document.createElement("label");
  Object.assign(label, { htmlFor: "pick-all", className: "govuk-label govuk-checkboxes__label" });
  const words = document.createElement("span");
  Object.assign(words, { className: "queue__all", textContent: place.dataset.pickAll });
  label.append(words);
  item.append(all, label);
  place.append(item);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  for (const box of boxes) box.addEventListener("change", show);
  addEventListener("pageshow", show);
}
