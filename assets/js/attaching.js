// The page for files. They are sent while the page stays: how far it is stands in a bar, and is said at each quarter.
// What comes back, a mistake or the next page, is what the form itself would have shown.
const BY_SCRIPT = "attaching"; // the server then says where to go instead of sending us there
const STEP = 25; // percent between two announcements

let pressed = null; // older browsers do not say which button sent the form
let isBusy = false;

export function attachFiles(begin) {
  document.addEventListener("click", (event) => {
    pressed = event.target.closest("form[data-attaching] button");
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-attaching]")) return;
    if (isBusy) return event.preventDefault();
    const files = [...form.elements.files.files];
    if (files.length === 0) return; // nothing to wait for
    event.preventDefault();
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > Number(words(form).most)) return showProblem(form, words(form).tooLarge, begin);
    send(form, event.submitter ?? pressed, begin);
  });
}

function send(form, button, begin) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", BY_SCRIPT);
  request.upload.addEventListener("progress", (event) => event.lengthComputable && tell(form, event));
  request.upload.addEventListener("load", () => say(form, words(form).checking));
  request.addEventListener("load", () => {
    const address = request.getResponseHeader("X-Go-To");
    if (address) go(new URL(address, location.href), form, begin);
    else show(request.responseText, form, begin);
  });
  for (const failure of ["error", "abort", "timeout"]) {
    request.addEventListener(failure, () => showProblem(form, words(form).lost, begin));
  }
  setBusy(form, true);
  say(form, words(form).sending);
  request.send(data);
}

function setBusy(form, busy) {
  isBusy = busy;
  form.querySelector("progress").hidden = !busy;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", String(busy));
}

function tell(form, { loaded, total }) {
  const percent = Math.floor((100 * loaded) / total);
  const bar = form.querySelector("progress");
  const quarter = percent - (percent % STEP);
  if (quarter > Number(bar.dataset.said ?? 0) && percent < 100) {
    bar.dataset.said = quarter;
    say(form, words(form).soFar.replace("{percent}", quarter));
  }
  bar.value = percent;
}

// In the language of the page; they stand with the form, or with where they are said.
function words(form) {
  return { ...form.dataset, ...form.querySelector("[data-attaching-said]").dataset };
}

function say(form, sentence) {
  form.querySelector("[data-attaching-said]").textContent = sentence;
}

async function go(address, form, begin) {
  if (address.pathname !== location.pathname) return location.assign(address);
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    show(await answer.text(), form, begin, address.hash);
  } catch {
    location.reload();
  }
}

function show(html, form, begin, hash = "") {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  if (!main) return showProblem(form, words(form).lost, begin); // not our page: something in between has answered
  isBusy = false;
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  begin(main); // the error summary takes the focus
  if (hash) main.querySelector(hash)?.focus();
}

// The same summary as the server's, for what it never sees.
function showProblem(form, sentence, begin) {
  setBusy(form, false);
  say(form, "");
  const main = document.querySelector("main");
  main.querySelector(".govuk-error-summary")?.remove();
  const summary = element("div", "govuk-error-summary");
  summary.dataset.module = "govuk-error-summary";
  const alert = element("div", "");
  alert.setAttribute("role", "alert");
  const link = element("a", "", sentence);
  link.href = "#files";
  const list = element("ul", "govuk-list govuk-error-summary__list");
  list.append(element("li", ""));
  list.firstChild.append(link);
  const body = element("div", "govuk-error-summary__body");
  body.append(list);
  alert.append(element("h2", "govuk-error-summary__title", words(form).problem), body);
  summary.append(alert);
  main.prepend(summary);
  begin(main);
}

function element(name, classes, content = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.textContent = content;
  return made;
}
