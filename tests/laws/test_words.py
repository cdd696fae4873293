"""Every word that a reader sees passes through the translators, as a whole sentence."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.laws.source import PROJECT, TEMPLATES, dotted, modules, named, tree

MARKED_UP = (".html", ".xhtml")
GETTEXT = {"_", "_l", "gettext", "lazy_gettext", "pgettext", "lazy_pgettext"}
PLURALS = {"ngettext", "lazy_ngettext"}
SHOWN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "content"}
NOT_SHOWN = {"script", "style", "svg-style"}
STANDS_FOR_AN_EXPRESSION = "\N{OBJECT REPLACEMENT CHARACTER}"
ATTRIBUTE = re.compile(f'[a-z-]+="{STANDS_FOR_AN_EXPRESSION}"')  # put together before the element it is for
LETTER = re.compile(r"[^\W\d_]")
UNNAMED = re.compile(r"%[sdrif]|\{\}")


def pages() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (*MARKED_UP, ".txt"))


def bare(source: str) -> str:
    """A template's own characters, an expression or statement standing as one that is no letter."""
    kept: list[str] = []
    for _, kind, text in Environment(autoescape=True).lex(source):
        if kind == "data":
            kept.append(text)
        elif kind in ("variable_begin", "block_begin"):
            kept.append(STANDS_FOR_AN_EXPRESSION)
    return "".join(kept)


class Reader(HTMLParser):
    """Collects what a reader sees of a page that stands in the template itself."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in NOT_SHOWN
        is_for_machines = tag in ("meta", "link")
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES and value and LETTER.search(value) and not is_for_machines:
                self.seen.append(f"{name}={value!r}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._hidden -= tag in NOT_SHOWN

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in NOT_SHOWN

    def handle_data(self, data: str) -> None:
        if not self._hidden and LETTER.search(ATTRIBUTE.sub("", data)):
            self.seen.append(" ".join(data.split()))


def bare_words(source: str, *, is_html: bool = True) -> list[str]:
    text = bare(source)
    if not is_html:
        return [line for line in text.splitlines() if LETTER.search(line)]
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.seen


@pytest.mark.parametrize("path", pages(), ids=named)
def test_no_template_holds_words_that_translators_never_see(path: Path) -> None:
    assert not bare_words(path.read_text(encoding="utf-8"), is_html=path.suffix in MARKED_UP)


def test_the_law_finds_bare_words() -> None:
    assert bare_words("<p>{{ _('Hello') }} {% if x %}<b>there</b>{% endif %}</p>") == ["there"]
    assert bare_words('<img alt="A dog" class="wide"><script>let a = 1</script>') == ["alt='A dog'"]
    assert bare_words("<p class='{{ c }} wide'>{{ x }} · {{ y }}</p>{# a remark #}<!-- another -->") == []


def calls(module: ast.Module) -> list[tuple[ast.Call, list[ast.expr]]]:
    """Each call of gettext with its sentences."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = dotted(node.func).rpartition(".")[2]
            if name in PLURALS:
                found.append((node, node.args[:2]))
            elif name in GETTEXT:
                found.append((node, node.args[1:2] if name.endswith("pgettext") else node.args[:1]))
    return found


def is_filled_in(sentence: ast.expr) -> bool:
    return (
        isinstance(sentence, ast.Call) and isinstance(sentence.func, ast.Attribute) and sentence.func.attr == "format"
    )


@pytest.mark.parametrize("path", modules(), ids=named)
def test_sentences_are_whole_when_they_reach_the_translators(path: Path) -> None:
    """A sentence put together, or filled in before it is looked up, is in no catalogue."""
    wrong = []
    for call, sentences in calls(tree(path)):
        for sentence in sentences:
            if isinstance(sentence, ast.JoinedStr | ast.BinOp) or is_filled_in(sentence):
                wrong.append(f"line {call.lineno}: put together")
            elif isinstance(sentence, ast.Constant) and UNNAMED.search(str(sentence.value).replace("%%", "")):
                wrong.append(f"line {call.lineno}: a placeholder without a name")
    assert not wrong


def test_no_module_is_named_for_nothing() -> None:
    """Names are the trade's: a drawer called utils collects what nobody thought about."""
    for path in [*modules(), *(PROJECT / "tests").rglob("*.py")]:
        assert not {"util", "utils", "helper", "helpers", "common", "misc"} & set(path.with_suffix("").parts), path
