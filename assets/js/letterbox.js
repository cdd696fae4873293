// Everything works without this file. With it: the error summary takes the focus, a button pressed twice in a second
// sends once, a question that follows from an answer opens under it, and the skip link moves the focus too.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

import { attachFiles } from "./attaching.js";
import "./exit.js";
import { keepPagesForLater } from "./keeping.js";
import { lookAgain } from "./looking_again.js";
import { putNoticesAway, sayNewNotices } from "./notices.js";
import "./reading.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

function begin(part) {
  for (const Component of [Button, ErrorSummary, SkipLink]) {
    for (const element of part.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
      if (element.hasAttribute(`data-${Component.moduleName}-init`)) continue;
      try {
        new Component(element);
      } catch (error) {
        console.error(error);
      }
    }
  }
}
begin(document);
attachFiles(begin);
sayNewNotices();
putNoticesAway();

// GOV.UK Frontend's own script for this puts aria-expanded on the radio button, a role that does not have it.
// What opens stands right after its answer, so that it is the next thing heard.
function openWhatFollows() {
  for (const answer of document.querySelectorAll("input[data-aria-controls]")) {
    const following = document.getElementById(answer.dataset.ariaControls);
    following?.classList.toggle(`${answer.className.split("__")[0]}__conditional--hidden`, !answer.checked);
  }
}
document.addEventListener("change", openWhatFollows);
addEventListener("pageshow", openWhatFollows); // after Back, the browser gives the answers back, but no event
openWhatFollows();
lookAgain();
keepPagesForLater();
