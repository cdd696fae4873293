"""Which sentences no long walk meets: after the walks of tests/formats, tests/languages and tests/pages, in one run.

    LETTERBOX_SOAK=1 pytest tests/formats/test_no_english.py tests/languages/test_no_english.py \\
        tests/pages/test_crawl.py tests/pages/test_words_met.py
"""

import pytest

from app.languages import DEFAULT, LANGUAGES
from tests.laws import english

MOST_NOT_MET = 400  # of those that tenants get; most are told in states of a case that take weeks
LANGUAGES_WALKED = {tag for tag in LANGUAGES if tag not in (DEFAULT.tag, "cy")}  # Welsh has those of colleagues too


@pytest.mark.skipif(not english.IS_LONG, reason="of the long walks only")
def test_most_sentences_are_met_by_a_walk(capsys: pytest.CaptureFixture[str]) -> None:
    if not set(english.MET) >= LANGUAGES_WALKED:
        pytest.skip("no walk was made in this run")
    missed = english.not_met(LANGUAGES_WALKED)
    with capsys.disabled():
        print("\nMet by no walk:", *missed, f"({len(missed)})", sep="\n  ")
    assert len(missed) <= MOST_NOT_MET
