"""A page's Markdown → the letters' few tags: only what ``content/README.md`` names, the rest stands as it was typed."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

from app.content.reading import WrongContent

Fault = Callable[[str], None]  # told what no page may hold; the rest of the page comes all the same
Say = Callable[[str], Markup]  # the words of a fact → what stands there
_FACT = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_PART = re.compile(r"\[\[\s*([a-z0-9-]+)\s*\]\]")
_ANCHOR = re.compile(r"\s*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*$")
_CAPTION = "Table:"
# Stands for a fact while Markdown is read, so that nothing in a fact is markup.
_PLACE = "\ue000{}\ue001"
_PLACES = re.compile("\ue000([0-9]+)\ue001")
_SCHEMES = ("page", "form", "https", "mailto", "tel", "lang")


@dataclass(frozen=True)
class Stretch:
    """``html`` of a stretch of words, with the fragments that its headings name (by their number in it), or a part."""

    html: str = ""
    anchors: tuple[tuple[int, str], ...] = ()
    part: str = ""


def stretches(words: str, say: Say, fault: Fault) -> Iterator[Stretch]:
    """The page in order: words, part, words… ``say`` gives a fact's Markup."""
    waiting: list[str] = []
    for line in words.splitlines():
        if found := _PART.fullmatch(line.strip()):
            yield from _stretch(waiting, say, fault)
            waiting = []
            yield Stretch(part=found[1])
        else:
            waiting.append(line)
    yield from _stretch(waiting, say, fault)


def _stretch(lines: list[str], say: Say, fault: Fault) -> Iterator[Stretch]:
    text = "\n".join(lines).strip()
    if text:
        yield _Reading(say, fault).read(text)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero").enable(["heading", "list", "table", "emphasis", "link", "escape"])
    reader.validateLink = _leads_somewhere  # type: ignore[assignment, method-assign]
    return reader


def _leads_somewhere(address: str) -> bool:
    scheme, _colon, rest = address.partition(":")
    return scheme in _SCHEMES and bool(rest.strip("/"))


_READER = _reader()


class _Reading:
    """One stretch. Facts are set aside before it is read as Markdown, and put in their places after."""

    def __init__(self, say: Say, fault: Fault) -> None:
        self.say, self.fault = say, fault
        self.facts: list[Markup] = []
        self.anchors: list[tuple[int, str]] = []
        self.headings = 0

    def read(self, text: str) -> Stretch:
        tree = SyntaxTreeNode(_READER.parse(_FACT.sub(self._set_aside, text)))
        return Stretch(Markup("\n").join(self._blocks(tree.children)), tuple(self.anchors))

    def _set_aside(self, found: re.Match[str]) -> str:
        self.facts.append(self.say(found[1]))
        return _PLACE.format(len(self.facts) - 1)

    def _blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Markup]:
        caption: Markup | None = None
        for number, node in enumerate(nodes):
            is_before_table = number + 1 < len(nodes) and nodes[number + 1].type == "table"
            if is_before_table and node.type == "paragraph" and _text(node).startswith(_CAPTION):
                caption = self._placed(escape(_text(node).removeprefix(_CAPTION).strip()))
                continue
            try:
                yield self._block(node, caption)
            except WrongContent as wrong:
                self.fault(str(wrong))
            caption = None

    def _block(self, node: SyntaxTreeNode, caption: Markup | None) -> Markup:
        match node.type:
            case "paragraph":
                return Markup("<p>{}</p>").format(self._inside(node))
            case "heading":
                return self._heading(node)
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "table":
                return self._table(node, caption)
            case _:
                raise WrongContent(f"{node.type.replace('_', ' ')} is not for a page")

    def _heading(self, node: SyntaxTreeNode) -> Markup:
        level = int(node.tag[1])
        if level not in (2, 3):
            raise WrongContent(f"“{_text(node)}” is a heading of level {level}: write ## or ###")
        words = self._inside(node)
        if found := _ANCHOR.search(words):
            self.anchors.append((self.headings, found[1]))
            words = words[: found.start()]
        self.headings += 1
        return Markup("<h{}>{}</h{}>").format(level, words, level)

    def _list(self, node: SyntaxTreeNode) -> Markup:
        tag = Markup("ol") if node.type == "ordered_list" else Markup("ul")
        items = []
        for item in node.children:
            if [child.type for child in item.children] != ["paragraph"]:
                raise WrongContent(f"“{_text(item)[:40]}”: an item of a list is one line, without a list in it")
            items.append(Markup("<li>{}</li>").format(self._inside(item.children[0])))
        return Markup("<{}>{}</{}>").format(tag, Markup("").join(items), tag)

    def _table(self, node: SyntaxTreeNode, caption: Markup | None) -> Markup:
        if not caption:
            raise WrongContent(f"a table stands under a line “{_CAPTION} its caption”")
        head, *body = (row for part in node.children for row in part.children)
        rows = [self._row(head, "th"), *(self._row(row, "td") for row in body)]
        return Markup("<table><caption>{}</caption>{}</table>").format(caption, Markup("").join(rows))

    def _row(self, row: SyntaxTreeNode, tag: str) -> Markup:
        cell = Markup("<{}>{{}}</{}>").format(tag, tag)
        return Markup("<tr>{}</tr>").format(Markup("").join(cell.format(self._inside(one)) for one in row.children))

    def _inside(self, node: SyntaxTreeNode) -> Markup:
        inline = node.children[0] if node.children else None
        return Markup("") if inline is None else self._runs(inline.children)

    def _runs(self, nodes: Sequence[SyntaxTreeNode]) -> Markup:
        return Markup("").join(self._run(node) for node in nodes)

    def _run(self, node: SyntaxTreeNode) -> Markup:
        match node.type:
            case "strong":
                return Markup("<strong>{}</strong>").format(self._runs(node.children))
            case "link":
                return self._link(node)
            case "softbreak" | "hardbreak":
                return Markup(" ")
            case "em":  # not for reading: it stays as it was typed
                return Markup("{}{}{}").format(node.markup, self._runs(node.children), node.markup)
            case _:
                return self._placed(escape(node.content))

    def _link(self, node: SyntaxTreeNode) -> Markup:
        address, words = str(node.attrs["href"]), self._runs(node.children)
        if address.startswith("lang:"):
            return Markup('<span lang="{}">{}</span>').format(address.removeprefix("lang:"), words)
        return Markup('<a href="{}">{}</a>').format(address, words.striptags())

    def _placed(self, escaped: Markup) -> Markup:
        return Markup(_PLACES.sub(lambda found: self.facts[int(found[1])], escaped))  # noqa: S704  # escaped above


def _text(node: SyntaxTreeNode) -> str:
    """As it was typed, for a message or a caption."""
    return node.content if node.type == "inline" else " ".join(_text(child) for child in node.children)
