"""What can be wrong with a translated sentence. Pure: a sentence and its words in, problems out.

Templates show a translation as it stands, mark-up included (Jinja trusts its catalogues), and also inside of
attributes. So mark-up that the English does not have is refused here, and a straight quotation mark too.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
FILLED_BY_SCRIPT = re.compile(r"(?<!\{)\{+[^{}]*\}+")  # from the first brace: a million of them are read once
MARK_UP = re.compile(r"<[^<>]*>?|>|&#?\w+;")
TAG = re.compile(r"<(/?)(\w+)[^<>]*(?<!/)>")
PER_CENT = re.compile(r"%%|%(?:\([^)]*\)?)?.?", re.DOTALL)
# Turn the order of what follows without showing it, or are no characters at all. Isolates are the ones to use.
HIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2065\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
ISOLATES, END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
COUNTED = "%(num)s"
LONGER, AND_MORE = 5, 200  # times the English, and characters: nothing true of ours is half as long
SAID = {
    "unknown-placeholder": "{what} is not in the English",
    "lost-placeholder": "{what} is lost",
    "broken-placeholder": "{what} is no placeholder: %(name)s is, and %% is a per cent sign",
    "strange-mark-up": "{what} is mark-up that the English does not have",
    "lost-mark-up": "{what} is lost",
    "crossed-mark-up": "{what} stands where nothing is open that it closes, or before what it belongs to",
    "straight-quote": 'straight quotation marks (") that the English does not have: write those of the language',
    "hidden-character": "{what} is a hidden character",
    "open-isolate": "a part in another direction begins and does not end, or ends and did not begin",
    "too-long": "it has {what} characters, many times those of the English",
    "line-break": "a line break that the English does not have",
    "edges": "it begins or ends with another space or line break than the English",
    "wrong-number-of-forms": "there are {what} forms of the plural",
    "empty-form": "form {what} of the plural has no words",
}


@dataclass(frozen=True)
class Problem:
    """``kind`` is a key of SAID, ``what`` the piece that is meant, ``form`` the plural's, counted from 0."""

    kind: str
    what: str = ""
    form: int | None = None

    def __str__(self) -> str:
        return SAID[self.kind].format(what=self.what)


def problems(sources: Sequence[str], words: Sequence[str], forms: int) -> tuple[Problem, ...]:
    """``sources``: the English, and its plural if it has one; ``words``: each form; ``forms``: how many there must be.

    A sentence that has no words yet has no problem.
    """
    if not any(words):
        return ()
    is_plural = len(sources) > 1
    if len(words) != (forms if is_plural else 1):
        return (Problem("wrong-number-of-forms", str(len(words))),)
    found: list[Problem] = []
    for number, form in enumerate(words):
        place = number if is_plural else None
        if not form.strip():
            found.append(Problem("empty-form", str(number + 1), place))
            continue
        if len(form) > LONGER * max(map(len, sources)) + AND_MORE:
            found.append(Problem("too-long", str(len(form)), place))
            continue
        found += [Problem(kind, what, place) for kind, what in _problems_of_form(sources, form)]
    return tuple(found)


def placeholders(sources: Sequence[str]) -> tuple[str, ...]:
    """What a translation may hold as it stands, in the order of the English."""
    found = (
        one for source in sources for pattern in (PLACEHOLDER, FILLED_BY_SCRIPT) for one in pattern.findall(source)
    )
    return tuple(dict.fromkeys(found))


def _problems_of_form(sources: Sequence[str], form: str) -> Iterator[tuple[str, str]]:
    yield from _of_placeholders(sources, form)
    yield from _of_mark_up(sources, form)
    english = "".join(sources)
    if form.count('"') > max(source.count('"') for source in sources):
        yield "straight-quote", '"'
    for character in sorted(set(HIDDEN.findall(form)) - set(english)):
        yield "hidden-character", f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    if not _isolates_close(form):
        yield "open-isolate", ""
    if not any(_edges(source) == _edges(form) for source in sources):
        yield "edges", ""
    elif "\n" in form and "\n" not in english:
        yield "line-break", ""  # the subject of an email, or a name in a calendar, cannot have one


def _of_placeholders(sources: Sequence[str], form: str) -> Iterator[tuple[str, str]]:
    """One lost leaves a gap in a letter; one misspelt stops the page. A plural's forms may leave its number out."""
    for pattern in (PLACEHOLDER, FILLED_BY_SCRIPT):
        each = [set(pattern.findall(source)) for source in sources]
        found = set(pattern.findall(form))
        yield from (("unknown-placeholder", one) for one in sorted(found - set.union(*each)))
        needed = set.intersection(*each) - ({COUNTED} if len(sources) > 1 else set())
        yield from (("lost-placeholder", one) for one in sorted(needed - found))
    has_per_cent = any("%" in source for source in sources)
    for one in PER_CENT.findall(PLACEHOLDER.sub("", form)):
        if one != "%%" or not has_per_cent:
            yield "broken-placeholder", one


def _of_mark_up(sources: Sequence[str], form: str) -> Iterator[tuple[str, str]]:
    each = [Counter(MARK_UP.findall(source)) for source in sources]
    found = Counter(MARK_UP.findall(form))
    most = each[0] if len(each) == 1 else each[0] | each[1]
    least = each[0] if len(each) == 1 else each[0] & each[1]
    yield from (("strange-mark-up", one) for one in sorted(found - most))
    yield from (("lost-mark-up", one) for one in sorted(least - found))
    crossed = _crossed_tag(form)
    if crossed and not any(_crossed_tag(source) for source in sources):
        yield "crossed-mark-up", crossed


def _crossed_tag(text: str) -> str:
    """The first tag that closes another than the one opened last: the same tags in another order break a page too."""
    open_now: list[str] = []
    for is_end, name, tag in ((one[1], one[2], one[0]) for one in TAG.finditer(text)):
        if not is_end:
            open_now.append(name)
        elif not open_now or open_now.pop() != name:
            return tag
    return ""


def _isolates_close(form: str) -> bool:
    open_now = 0
    for character in form:
        open_now += (character in ISOLATES) - (character == END_OF_ISOLATE)
        if open_now < 0:
            return False
    return open_now == 0


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
