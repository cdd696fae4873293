// Text size and colours: what is chosen is shown at once. Without this file it is shown once it was sent.
const form = document.querySelector("form[data-reading]");

function show() {
  const page = document.documentElement.classList;
  page.remove(...[...page].filter((name) => name.startsWith("reading-")));
  for (const { name, value } of form.querySelectorAll("input[type=radio]:checked")) page.add(`reading-${name}-${value}`);
}

if (form) {
  form.addEventListener("change", show);
  addEventListener("pageshow", show); // after Back, the browser gives the answers back, but no event
}
