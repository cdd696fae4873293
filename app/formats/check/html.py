"""A made HTML letter: its structure, and that it needs nothing from anywhere. The HTML checker joins in where it is."""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import html

from app.config import PROJECT
from app.languages import LANGUAGES

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "div"),
    *("h1", "h2", "h3", "p", "blockquote", "address", "ul", "ol", "li"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("strong", "a", "bdi", "span", "time", "br"),
}
PICTURE = {  # the sender's mark
    "svg": {"class", "role", "aria-label", "viewbox", "width", "height"},
    "path": {"d", "fill-rule"},
}
ATTRIBUTES = {"lang", "dir", "charset", "name", "content", "class", "href", "datetime", "scope"}
FETCHES = re.compile(r"url\s*\(|@import|expression\s*\(", re.IGNORECASE)
CHECKER = PROJECT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def check(path: Path) -> list[str]:
    """One sentence a finding."""
    source = path.read_bytes()
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return [f"it is not UTF-8 at byte {wrong.start}"]
    root = html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    found = [] if text.lower().startswith("<!doctype html>") else ["it does not begin with <!doctype html>"]
    return [*found, *_language(root), *_headings(root), *_elements(root), *_tables(root), *checker_findings(path)]


def _language(root: Any) -> Iterator[str]:
    tag = root.get("lang", "")
    if tag not in LANGUAGES:
        yield f"its language is “{tag}”, which is none that we know"
    elif root.get("dir") != LANGUAGES[tag].direction:
        yield f"its direction is “{root.get('dir')}”, not that of {LANGUAGES[tag].own_name}"
    if not (root.findtext("head/title") or "").strip():
        yield "it has no title"


def _headings(root: Any) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"it has {levels.count(1)} headings of the first level, not one"
    if any(level > before + 1 for before, level in pairwise([0, *levels])):
        yield "a heading skips a level"
    if any(not element.text_content().strip() for element in root.iter("h1", "h2", "h3")):
        yield "a heading is empty"
    if len(list(root.iter("main"))) != 1:
        yield "it has no main part, or more than one"


def _elements(root: Any) -> Iterator[str]:
    """Only what a letter is made of: no picture but the mark, no scripts or forms, nothing fetched from elsewhere."""
    strange: Counter[str] = Counter()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in TAGS and element.tag not in PICTURE:
            strange[f"<{element.tag}>"] += 1
        known = PICTURE.get(element.tag, ATTRIBUTES)
        strange.update(f"{name}= on <{element.tag}>" for name in element.attrib if name.lower() not in known)
        if element.tag == "style" and FETCHES.search(element.text or ""):
            yield "its style asks for something from elsewhere"
        address = element.get("href", "")
        if element.tag == "a" and not re.match("(https?|mailto|tel):", address):
            yield f"a link goes to “{address[:40]}”"
    for name in sorted(strange):
        yield f"it has {name}, which is no part of a letter"


def _tables(root: Any) -> Iterator[str]:
    for table in root.iter("table"):
        if table.find("caption") is None:
            yield "a table has no caption"
        if any(header.get("scope") not in ("col", "row") for header in table.iter("th")):
            yield "a header of a table does not say what it is the header of"


def checker_findings(*paths: Path) -> list[str]:
    """What the HTML conformance checker says; nothing where it is not installed (it comes with the asset build)."""
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        return []
    # Its grammar needs a deep stack.
    command = [java, "-XX:TieredStopAtLevel=1", "-Xss8m", "-Xmx512m", "-jar", str(CHECKER)]
    made = subprocess.run(  # noqa: S603  a list of arguments, no shell
        [*command, "--format", "json", "--stdout", "--exit-zero-always", *map(str, paths)],
        capture_output=True,
        timeout=120,
    )
    try:
        messages = json.loads(made.stdout)["messages"]
    except ValueError:
        return [f"the HTML checker failed: {made.stderr.decode(errors='replace').strip()[:200]}"]
    # It guesses the language of the words; a tenant may quote more than the letter says.
    told = [message for message in messages if "appears to be written in" not in message["message"]]
    return [f"line {message.get('lastLine', '?')}: {message['message']}" for message in told]
