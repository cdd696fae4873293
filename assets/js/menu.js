// The groups of the staff menu open and close without this. With it: one at a time, and Escape or a press elsewhere closes.

const groups = [...document.querySelectorAll(".staff-menu__group")];
const open = () => groups.find((group) => group.open);

for (const group of groups) {
  group.addEventListener("toggle", () => {
    if (group.open) for (const other of groups) if (other !== group) other.open = false;
  });
}

document.addEventListener("keydown", (event) => {
  const group = open();
  if (event.key !== "Escape" || !group) return;
  group.open = false;
  group.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  const group = open();
  if (group && !group.contains(event.target)) group.open = false;
});
