"""Every page, in every state, in every language, judged from outside: axe, the Nu HTML checker, the width at 400 %."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.complaints.journey import COMPLAINT
from app.languages import LANGUAGES
from tests.conftest import OpenPage
from tests.journeys.judging import all_findings, judged
from tests.journeys.walking import APPLICANT_BY_LETTER_AS_SOUND, WAYS, Stop, Walker
from tests.rig.browsers import DESKTOP
from tests.rig.servers import Site

pytestmark = pytest.mark.browser
ABOUT_BANDING = {**APPLICANT_BY_LETTER_AS_SOUND, "about_banding": "yes"}
PAGES = ("/{language}/", "/{language}/contact", "/{language}/accessibility", "/{language}/privacy")
NOT_THERE = ("/{language}/nothing-here", "/{language}/complaint/nothing-here")


def every_stop(walker: Walker, language: str) -> Iterator[Stop]:
    for address in (*PAGES, *NOT_THERE):
        yield walker.visit(address.format(language=language))
    yield from walker.complain(language, ABOUT_BANDING, with_mistakes=False)
    yield walker.visit(f"/{language}/complaint/delete")
    walker.send()
    yield walker.look("page")
    for answers in WAYS:
        walker.page.context.clear_cookies()
        yield from walker.complain(language, answers)


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_any_page_in_any_state(
    landlord: str, language: str, standing_site: Callable[[str], Site], open_page: OpenPage, tmp_path: Path
) -> None:
    walker = Walker(open_page(DESKTOP), standing_site(landlord).url)
    wrong: list[str] = []
    seen: dict[str, Stop] = {}
    for stop in every_stop(walker, language):
        if stop.name in seen:
            continue  # the ways share their first questions
        seen[stop.name] = stop
        wrong += judged(walker, stop)
        (tmp_path / f"{stop.name}.html").write_text(stop.html, encoding="utf-8")
    walked = {stop.address.rpartition("/")[2] for stop in seen.values()}
    assert walked >= {step.slug for step in COMPLAINT.questions}, "a question was not walked"
    assert not all_findings(wrong, walker, tmp_path)
