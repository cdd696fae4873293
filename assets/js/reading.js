// Text size and colours: what is chosen is shown at once. Without this file it is shown once it was sent.
const form = document.querySelector("form[data-reading]");

function show() {
  const page = document.documentElement.classList;
  page.remove(...[...page].filter((name) => name.startsWith("reading-")));
  for (const group of form.querySelectorAll("fieldset")) {
    const [usual, ...others] = group.querySelectorAll("input[type=radio]");
    const chosen = others.find((one) => one.checked);
    if (chosen) page.add(`reading-${usual.name}-${chosen.value}`);
  }
}

if (form) {
  form.addEventListener("change", show);
  addEventListener("pageshow", show); // after Back, the browser gives the answers back, but no event
}
