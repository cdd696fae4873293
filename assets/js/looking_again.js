// On the page that waits for a sound file: asks now and then whether it is there, and goes to it. Nothing on the page
// moves meanwhile, so that nobody who hears it loses their place. Without this file there is a link to press.
const ENOUGH = 120; // times: then it is not coming, and asking costs the reader's data

export function lookAgain() {
  const waiting = document.querySelector("[data-look-again]");
  if (!waiting) return;
  waiting.hidden = false;
  let left = ENOUGH;
  const look = async () => {
    try {
      const answer = await fetch(waiting.dataset.lookAgain, { method: "HEAD", cache: "no-store" });
      if (answer.status !== 202) return location.replace(waiting.dataset.lookAgain);
    } catch {
      // no connection just now
    }
    left -= 1;
    if (left > 0) setTimeout(look, waiting.dataset.seconds * 1000);
  };
  setTimeout(look, waiting.dataset.seconds * 1000);
}
