// What does not fit on the page that is shown, and what runs in the wrong direction: one line a finding.
(rightToLeft) => {
  const found = new Set();
  const width = document.documentElement.clientWidth;
  const named = (element) => element.tagName.toLowerCase() + (element.id ? `#${element.id}` : "") + [...element.classList].slice(0, 2).map((name) => `.${name}`).join("");
  const say = (what, element, words = "") => found.add(`${what}: ${named(element)}${words && `: ${words.trim().slice(0, 60)}`}`);
  const style = new Map();
  const styled = (element) => style.get(element) ?? style.set(element, getComputedStyle(element)).get(element);
  const above = function* (element) { for (; element && element !== document.body; element = element.parentElement) yield element; };

  // Whatever a press unfolds is looked at unfolded.
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const kind of ["radios", "checkboxes"])
    for (const one of document.querySelectorAll(`.govuk-${kind}__conditional--hidden`)) one.classList.remove(`govuk-${kind}__conditional--hidden`);

  const unseen = (element) => {
    for (const one of above(element)) {
      const own = styled(one);
      if (own.clipPath !== "none" || (own.position === "absolute" && one.offsetWidth <= 1 && one.offsetHeight <= 1)) return true;
    }
    return !element.checkVisibility({ visibilityProperty: true });
  };
  const scrolls = (element) => ["auto", "scroll"].includes(styled(element).overflowX) && element.scrollWidth > element.clientWidth;
  const paints = (own, side) => parseFloat(own[`border${side}Width`]) > 0 || !/^(rgba\(.*, 0\)|transparent)$/.test(own.backgroundColor);

  const too = document.documentElement.scrollWidth - width;
  if (too > 0) found.add(`the page is ${too} px too wide`);

  // Every text that is seen, line by line, and how high its letters really are.
  const ruler = document.createElement("canvas").getContext("2d");
  const lines = [], texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const element = node.parentElement, words = node.data.trim();
    if (!words || element.closest("script, style, noscript, option, textarea") || unseen(element)) continue;
    const own = styled(element), size = parseFloat(own.fontSize);
    texts.push({ node, element, words, own });
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1) lines.push({ element, words, left: box.left, right: box.right, top: (box.top + box.bottom) / 2 - size * 0.32, bottom: (box.top + box.bottom) / 2 + size * 0.32 });
    const high = parseFloat(own.lineHeight);
    if (range.getClientRects().length > 1 && high) {
      ruler.font = own.font;
      const ink = ruler.measureText(words);
      if (ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent > high + 1) say("letters are higher than their line", element, words);
    }
  }

  for (const line of lines) {
    const scroller = [...above(line.element)].find(scrolls);
    if (scroller) {
      if (!scroller.querySelector("table") && scroller.tagName !== "PRE") say("scrolls sideways", scroller, line.words);
      continue;
    }
    if (line.left < -1 || line.right > width + 1) say("off the page", line.element, line.words);
    for (const box of above(line.element)) {
      const own = styled(box), at = box.getBoundingClientRect();
      if (own.display === "inline" || own.display === "contents") continue;
      const beside = line.left < at.left - 1.5 || line.right > at.right + 1.5;
      const beyond = line.top < at.top - 1.5 || line.bottom > at.bottom + 1.5;
      if (own.overflowX !== "visible" && beside) say("cut off", line.element, line.words);
      if (own.overflowY !== "visible" && beyond) say("cut off", line.element, line.words);
      if ((line.left < at.left - 1.5 && paints(own, "Left")) || (line.right > at.right + 1.5 && paints(own, "Right"))) say(`out of its ${named(box)}`, line.element, line.words);
      if ((line.top < at.top - 1.5 && paints(own, "Top")) || (line.bottom > at.bottom + 1.5 && paints(own, "Bottom"))) say(`out of its ${named(box)}`, line.element, line.words);
    }
  }

  // Texts, drawings and fields that lie on one another.
  const things = [...document.querySelectorAll("svg, img, input:not([type=hidden]), select, textarea")].filter((one) => !unseen(one) && styled(one).opacity !== "0");
  const boxes = [...lines, ...things.map((element) => {
    const at = element.getBoundingClientRect();
    return { element, words: "", left: at.left, right: at.right, top: at.top, bottom: at.bottom };
  })].sort((one, other) => one.top - other.top);
  const floating = (element) => [...above(element)].some((one) => ["fixed", "sticky"].includes(styled(one).position));
  boxes.forEach((one, at) => {
    for (const other of boxes.slice(at + 1)) {
      if (other.top > one.bottom - 2) break;
      const shared = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      if (shared <= 2 || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (!floating(one.element) && !floating(other.element)) say(`lies on ${named(other.element)} “${other.words.slice(0, 30)}”`, one.element, one.words);
    }
  });

  // What is pressed is 44 pixels high and wide, but for links inside a sentence.
  const inSentence = (link) => {
    const block = [...above(link)].slice(1).find((one) => !styled(one).display.startsWith("inline"));
    const beside = document.createTreeWalker(block ?? document.body, NodeFilter.SHOW_TEXT, (node) =>
      link.contains(node) || !/\p{L}/u.test(node.data) || unseen(node.parentElement) ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_ACCEPT);
    return Boolean(beside.nextNode());
  };
  for (const one of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    if (unseen(one) || (one.matches("a") && inSentence(one)) || one.closest(".govuk-skip-link, [tabindex='-1']:not(main, h1, div)")) continue;
    const whole = (one.matches("[type=radio], [type=checkbox]") && one.labels?.[0]) || one;
    const own = whole.getBoundingClientRect(), around = one.getBoundingClientRect();
    const stretched = one.matches("a, button") && styled(one).position === "static" && getComputedStyle(one, "::after").position === "absolute" ? one.offsetParent?.getBoundingClientRect() : null;
    const high = Math.max(own.height, around.height, stretched?.height ?? 0), wide = Math.max(own.width, around.width, stretched?.width ?? 0);
    if (high < 43.5 || wide < 43.5) say(`a target of ${Math.round(wide)} × ${Math.round(high)} px`, one, [...one.childNodes].find((node) => node.data?.trim())?.data ?? "");
  }

  for (const one of document.querySelectorAll("select")) {
    ruler.font = styled(one).font;
    const longest = Math.max(...[...one.options].map((option) => ruler.measureText(option.text).width));
    if (!unseen(one) && longest > one.clientWidth - 24) say("cuts its longest choice", one, one.selectedOptions[0]?.text);
  }

  // Letters that hang together; hyphens that a browser sets; directions.
  const RIGHT_TO_LEFT = ["ar", "ur", "ar-XB", "he", "fa"];
  for (const { node, element, words, own } of texts) {
    const hanging = /[\u0600-\u06ff]/.test(words);
    if (hanging && parseFloat(own.letterSpacing)) say("letters apart that hang together", element, words);
    if (hanging && (own.textTransform !== "none" || own.fontStyle !== "normal")) say("capitals or slanted letters", element, words);
    if (own.textTransform === "uppercase") say("capitals", element, words);
    if (own.hyphens === "auto") say("hyphens set by the browser", element, words);
    const spoken = element.closest("[lang]");
    if (spoken && /\p{L}/u.test(words)) {
      const wanted = RIGHT_TO_LEFT.includes(spoken.lang) ? "rtl" : "ltr";
      const isRunOfWords = own.display === "inline" && wanted === "ltr" && /^[\p{L}\d].*[\p{L}\d]$/u.test(words); // letters run their own way
      if (own.direction !== wanted && !isRunOfWords && !(wanted === "rtl" && !/[\u0590-\u06ff]/.test(words)) && !element.closest("[dir=auto]")) say(`${own.direction} in ${spoken.lang}`, element, words);
    }
    if (!rightToLeft) continue;
    for (const island of node.data.matchAll(ISLANDS)) {
      let before = null;
      for (let at = island.index; at < island.index + island[0].length; at += 1) {
        if (!/\S/.test(node.data[at])) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const here = range.getBoundingClientRect();
        if (before && Math.abs(here.top - before.top) < 4 && here.left < before.left - 0.5) { say("read in the wrong order", element, island[0]); break; }
        before = here;
      }
    }
  }
  return [...found];
}
