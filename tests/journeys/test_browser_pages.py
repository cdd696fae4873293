"""Every page of every form, in every state and language, judged from outside: axe, the Nu HTML checker, the width at
400 %, and the tree that a screen reader has.

English is looked at on a phone and a desktop in the complaint form, elsewhere on one of them in turn, a page with
mistakes on the other; Arabic and one more language a form on one of them, that one at the other landlord. In those a
page with mistakes is heard, measured and checked too, but axe has judged the same elements in English. In the third
language axe judges the complaint form only, in the other landlord's colours. LETTERBOX_SOAK=1 looks at every form in
every language.
A page that several forms share is looked at once a language: the complaint form, which has them all, goes first.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.languages import LANGUAGES
from tests.conftest import OpenPage
from tests.journeys.every_form import ANSWERS, application, is_shared, journey, names, unreached, ways
from tests.journeys.judging import BOTH, all_findings, judged
from tests.journeys.walking import Stop, Walker
from tests.rig.browsers import DESKTOP, PHONE, Screen
from tests.rig.checkers import nu
from tests.rig.servers import Site
from tests.rig.turns import in_turn

pytestmark = pytest.mark.browser
IS_LONG = os.environ.get("LETTERBOX_SOAK") == "1"
FORMS = sorted(names(), key=lambda form: (form != "complaint", form))
NOT_THERE = ("/{language}/nothing-here", "/{language}/complaint/nothing-here")


@dataclass(frozen=True)
class Look:
    """How a language is looked at."""

    landlord: str
    screens: Sequence[Screen]


LOOKS = {
    tag: Look("livv", ((DESKTOP, PHONE)[number % 2],))
    for number, tag in enumerate(tag for tag in LANGUAGES if tag != "en")
} | {"en": Look("livewest", BOTH), "ar": Look("livewest", (PHONE,))}


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """By language: pages that forms share, and that were looked at."""
    return {language: set() for language in LANGUAGES}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The HTML of every page, for one run of the checker: its engine takes seconds to start."""
    return tmp_path_factory.mktemp("pages")


def keep(stop: Stop, folder: Path, landlord: str) -> None:
    (folder / f"{landlord}.{stop.name}.html").write_text(stop.html, encoding="utf-8")


@pytest.mark.parametrize(
    ("form", "language"), [(form, tag) for number, form in enumerate(FORMS) for tag in in_turn(number)]
)
def test_nothing_is_wrong_with_any_page_of_a_form_in_any_state(
    form: str,
    language: str,
    standing_site: Callable[[str], Site],
    open_page: OpenPage,
    seen: dict[str, set[str]],
    kept: Path,
) -> None:
    look = LOOKS[language]
    walker = Walker(open_page(DESKTOP), standing_site(look.landlord).url)
    shared = {step.slug for step in journey(form).questions if is_shared(step)}
    slugs = seen[language] & shared
    wrong: list[str] = []
    stops = walker.every_page(
        form, language, ways(form, look.landlord, only_own=form != "complaint"), slugs, with_answers=language == "en"
    )
    for number, stop in enumerate(stops):
        screens = look.screens
        if stop.state == "error":  # the page itself was judged without mistakes on each screen
            screens = (BOTH[number // 2 % 2],) if language == "en" else ()
        elif form != "complaint" and not IS_LONG:
            screens = {"en": (BOTH[1 - number // 2 % 2],), "ar": screens}.get(language, ())
        wrong += judged(walker, stop, screens)
        keep(stop, kept, look.landlord)
    own = {step.slug for step in journey(form).questions} - shared
    assert slugs >= own, f"not walked: {own - slugs}"
    seen[language] |= slugs & shared
    assert not all_findings(wrong, walker)


@pytest.mark.parametrize("form", FORMS)
def test_every_question_of_a_form_can_be_come_to(form: str) -> None:
    assert not unreached(form)


def every_other_page(language: str) -> Iterator[str]:
    """Public pages that are no part of a form and need nothing but the language, and two that are not there."""
    roots = tuple(f"/<lang:language>/{form}" for form in FORMS)
    for rule in application().url_map.iter_rules():
        is_public = rule.rule.startswith("/<lang:language>/") and not rule.rule.startswith(roots)
        if (
            is_public
            and not rule.rule.endswith("/exit")
            and "." not in rule.rule  # feeds and the manifest are no pages
            and rule.arguments == {"language"}
            and "GET" in (rule.methods or ())
        ):
            yield rule.rule.replace("<lang:language>", language)
    yield from (address.format(language=language) for address in NOT_THERE)
    yield f"/{language}/complaint/deleted"


@pytest.mark.parametrize(
    ("language", "landlord"), [("en", "livewest"), ("cy", "livv"), ("ar", "livewest"), ("en", "livv")]
)
def test_nothing_is_wrong_with_any_other_page(
    language: str, landlord: str, standing_site: Callable[[str], Site], open_page: OpenPage, kept: Path
) -> None:
    walker = Walker(open_page(DESKTOP), standing_site(landlord).url)
    wrong: list[str] = []
    for address in every_other_page(language):
        stop = walker.visit(address)
        assert stop.status < 500, stop.name
        wrong += judged(walker, stop, LOOKS[language].screens)
        keep(stop, kept, landlord)
    for stop in begun_and_left(walker, language):
        wrong += judged(walker, stop, (PHONE,))
        keep(stop, kept, landlord)
    assert not all_findings(wrong, walker)


def begun_and_left(walker: Walker, language: str) -> Iterator[Stop]:
    """A form with a mistake in it, come back to, and deleted: in the other landlord's colours too."""
    walker.visit(f"/{language}/complaint")
    walker.send()
    yield walker.look("mistake")
    walker.answer({})
    walker.send()
    yield walker.visit(f"/{language}/complaint", "resumed")
    yield walker.visit(f"/{language}/complaint/save")
    yield walker.visit(f"/{language}/complaint/delete")


@pytest.mark.parametrize("language", in_turn("a case that is followed"))
def test_nothing_is_wrong_with_any_page_of_a_case_that_is_followed(
    language: str, standing_site: Callable[[str], Site], open_page: OpenPage, kept: Path
) -> None:
    look = LOOKS[language]
    walker = Walker(open_page(DESKTOP), standing_site(look.landlord).url)
    wrong: list[str] = []
    for stop in followed(walker, language):
        assert stop.status == (422 if stop.state == "error" else 200), stop.name
        wrong += judged(walker, stop, look.screens)
        keep(stop, kept, look.landlord)
    assert not all_findings(wrong, walker)


def followed(walker: Walker, language: str) -> Iterator[Stop]:
    """By its reference and the postcode: the case, and every page that leads on from it."""
    walker.to_check("complaint", language)
    walker.send()
    reference = walker.page.locator("[data-reference]").get_attribute("data-reference") or ""
    walker.visit(f"/{language}/track")
    walker.send()
    yield walker.look("error")
    walker.answer({"reference": reference, "secret": str(ANSWERS["postcode"])})
    walker.send()
    yield walker.look("case")
    links = walker.page.locator('main a[href*="/track/case/"]:not([href*="/letters/"])')
    for address in sorted(set(links.evaluate_all("all => all.map(each => each.getAttribute('href'))"))):
        yield walker.visit(address)
    walker.visit(f"/{language}/track/case/add")
    walker.answer({})
    walker.send()
    yield walker.look("added")


def test_the_html_checker_finds_nothing(kept: Path) -> None:
    """Of all pages that the tests above came to."""
    if not any(kept.iterdir()):
        pytest.skip("no page was looked at")
    assert not nu(kept)
