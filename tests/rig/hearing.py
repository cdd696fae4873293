"""A page as a screen reader has it: Chromium's own accessibility tree, and what would be wrong to hear."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

CONTROLS = frozenset({"textbox", "radio", "checkbox", "combobox", "button", "link", "searchbox", "spinbutton"})
ONCE = ("main", "banner", "contentinfo")
MIST = frozenset({"none", "generic", "InlineTextBox", "LineBreak"})


@dataclass
class Heard:
    """One thing in the tree: what it is, what it is called, and what is said of it."""

    role: str
    name: str = ""
    description: str = ""
    states: dict[str, Any] = field(default_factory=dict)
    around: tuple["Heard", ...] = ()  # from the page inwards


def heard(page: Page) -> list[Heard]:
    """The whole tree in its order, without what a screen reader passes over."""
    line = page.context.new_cdp_session(page)
    try:
        nodes = line.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        line.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[Heard] = []
    _listen(nodes[0], by_id, (), found)
    return found


def _listen(node: dict[str, Any], by_id: dict[str, Any], around: tuple[Heard, ...], found: list[Heard]) -> None:
    role = node.get("role", {}).get("value", "")
    states = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    if not node.get("ignored") and (role not in MIST or states.get("focused")):
        here = Heard(role, _said(node, "name"), _said(node, "description"), states, around)
        found.append(here)
        around = (*around, here)
    for child in node.get("childIds", []):
        if child in by_id:
            _listen(by_id[child], by_id, around, found)


def _said(node: dict[str, Any], what: str) -> str:
    return " ".join(str(node.get(what, {}).get("value", "")).split())


def wrong_to_hear(tree: list[Heard]) -> Iterator[str]:
    """One sentence a finding."""
    yield from _controls(tree)
    yield from _landmarks(tree)
    yield from _headings(tree)
    yield from _mistakes(tree)


def _controls(tree: list[Heard]) -> Iterator[str]:
    for each in tree:
        if each.role in CONTROLS and not each.name:
            yield f"a {each.role} without a name"
    alone = [each for each in tree if each.role in ("radio", "checkbox") and not _is_in_a_group(each)]
    # One checkbox by itself says in its own name what is asked.
    for each in alone if len(alone) > 1 or any(one.role == "radio" for one in alone) else ():
        yield f"the {each.role} “{each.name}” is in no group with a name: nobody hears what is asked"
    actions = {each.name for each in tree if each.role == "button"}
    for each in tree:
        if each.role == "link" and each.name in actions:
            yield f"a link and a button are both called “{each.name}”"


def _is_in_a_group(each: Heard) -> bool:
    """With a name of the group's, or of the table in whose row it stands."""
    return any(outer.role in ("group", "radiogroup", "table") and outer.name for outer in each.around)


def _landmarks(tree: list[Heard]) -> Iterator[str]:
    count = Counter(each.role for each in tree)
    for role in ONCE:
        if count[role] != 1:
            yield f"{count[role]} landmarks are {role}"
    names = Counter(each.name for each in tree if each.role == "navigation")
    yield from (f"{number} navigations are called “{name}”" for name, number in names.items() if number > 1)


def _headings(tree: list[Heard]) -> Iterator[str]:
    headings = [each for each in tree if each.role == "heading"]
    levels = [int(each.states.get("level", 0)) for each in headings]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of level 1"
        return
    yield from (f"the heading “{each.name}” is empty" for each in headings if not each.name)
    # The summary of mistakes stands above the h1, as in every GOV.UK page.
    for before, after in pairwise(levels[levels.index(1) :]):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _mistakes(tree: list[Heard]) -> Iterator[str]:
    """Each field that is invalid says why; the summary interrupts, has the focus, and leads to every mistake."""
    invalid = [each for each in tree if each.states.get("invalid") in ("true", True)]
    summaries = [each for each in tree if each.role == "alert"]
    if invalid and not summaries:
        yield "there are mistakes, and no alert says so"
    for summary in summaries:
        inside = [each for each in tree if summary in each.around]
        if not invalid and inside and not any(each.role in ("heading", "link") for each in inside):
            continue  # what could not be done, said in a sentence: there is nothing to mend on this page
        if not any(each.role == "heading" and each.name for each in inside):
            yield "the alert has no heading"
        if not any(each.states.get("focused") for each in (summary, *summary.around[1:])):  # the first is the page
            yield "the alert does not have the focus"
        links = [each.name for each in inside if each.role == "link"]
        for each in invalid:
            if not any(link in each.description for link in links):
                yield f"“{each.name}” is invalid, and its description does not say why: “{each.description}”"
