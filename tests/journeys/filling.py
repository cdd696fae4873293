"""What a browser would send of a page once its questions are answered. Works on a page's HTML: shown or not."""

from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html

from tests.journeys.every_form import Answers, words_for

Sent = list[tuple[str, str]]
FIELDS = ".//input[not(@type='file')] | .//textarea | .//select"


ASKED = ".//input[not(@type='hidden')] | .//textarea | .//select"


def form_of(page: str, address: str) -> Any:
    """The form that goes on from the page: the one that sends to the page itself. None where nothing can be sent."""
    forms = lxml_html.fromstring(page).xpath("//main//form[@method='post']")
    own = [form for form in forms if form.get("action") in (address, None)]
    return next(iter(own or forms), None)


def asks_something(page: str, address: str) -> bool:
    form = form_of(page, address)
    return form is not None and bool(form.xpath(ASKED))


def filled(page: str, address: str, answers: Answers) -> Sent:
    """Every question of the form answered: from ``answers``, or with the first of a list, or with words that fit."""
    form = form_of(page, address)
    sent: Sent = []
    for name, fields in _by_name(form) if form is not None else ():
        kind = fields[0].get("type")
        if kind == "hidden":
            sent += [(name, field.get("value", "")) for field in fields]
        elif kind in ("radio", "checkbox"):
            sent += [(name, value) for value in _chosen(name, fields, answers)]
        elif not _is_trap(fields[0]):
            sent.append((name, str(answers.get(name, _words(name, fields[0])))))
        else:
            sent.append((name, ""))
    return sent


def _by_name(form: Any) -> Iterator[tuple[str, list[Any]]]:
    names: dict[str, list[Any]] = {}
    for field in form.xpath(FIELDS):
        if field.get("name"):
            names.setdefault(field.get("name"), []).append(field)
    yield from names.items()


def _chosen(name: str, fields: list[Any], answers: Answers) -> list[str]:
    values = [field.get("value", "") for field in fields]
    wanted = answers.get(name, values[:1])
    known = [value for value in ([wanted] if isinstance(wanted, str) else wanted) if value in values]
    return known or values[:1]


def _words(name: str, field: Any) -> str:
    by_kind = {"email": "anna.nowak@tenant.example", "tel": "07700 900123", "numeric": "3"}
    return by_kind.get(field.get("inputmode", ""), words_for(name))


def _is_trap(field: Any) -> bool:
    """Hidden from people, so that only machines fill it in."""
    return field.get("tabindex") == "-1"
