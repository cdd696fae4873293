"""The gate: what a landlord offers is whole, and readers are told who has checked it."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app.languages import LANGUAGES, catalogues
from app.languages.catalogues import Coverage, Journey, Review, coverage, review_of
from app.languages.offers import is_offered_too_early, offered_by

OFFERED = {"pl": ("livv",), "cy": ("livv",)}
WHOLE, LACKING = Journey("letters", 10), Journey("letters", 10, missing=1)
STAFF_LACK = Journey("staff", 10, missing=1)


def found(tag: str, *journeys: Journey) -> Coverage:
    missing = sum(journey.missing for journey in journeys)
    return Coverage(LANGUAGES[tag], 20 - missing, 0, missing, 0, (), journeys)


@pytest.mark.parametrize(
    ("coverage", "is_too_early"),
    [
        (found("pl", WHOLE), False),
        (found("pl", LACKING), True),
        (found("pl"), True),
        (found("ur", LACKING), False),  # nobody offers it yet
        (found("pl", WHOLE, STAFF_LACK), False),  # no tenant comes there
        (found("cy", WHOLE, STAFF_LACK), True),  # colleagues work in it
    ],
)
def test_a_language_is_offered_when_everything_that_tenants_meet_is_in_it(
    coverage: Coverage, is_too_early: bool
) -> None:
    assert is_offered_too_early(coverage, OFFERED) is is_too_early


def test_it_is_known_which_landlords_offer_a_language(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text('languages = ["en", "pl"]', encoding="utf-8")
    (tmp_path / "other.toml").write_text('languages = ["pl"]', encoding="utf-8")
    (tmp_path / "_code.toml").write_text('regime = "code"', encoding="utf-8")
    assert offered_by(tmp_path) == {"en": ("one",), "pl": ("one", "other")}


def test_no_language_of_ours_is_offered_too_early() -> None:
    offered = offered_by()
    assert set(offered) == set(LANGUAGES)
    assert [each.language.tag for each in coverage() if is_offered_too_early(each, offered)] == []


def test_status_says_who_offers_a_language_and_fails_when_it_is_too_early(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for landlord, tag in (("one", "pl"), ("other", "ur")):
        (tmp_path / f"{landlord}.toml").write_text(f'languages = ["en", "{tag}"]', encoding="utf-8")
    monkeypatch.setattr("app.languages.offers.offered_by.__defaults__", (tmp_path,))
    monkeypatch.setattr("app.languages.commands.coverage", lambda: (found("pl", WHOLE), found("ur", LACKING)))
    result = sqlite_app.test_cli_runner().invoke(args=["translations", "status"])
    assert result.exit_code == 1
    assert "ur: letters: 1 missing, 0 fuzzy, 0 wrong, of 10" in result.output
    (tmp_path / "other.toml").write_text('languages = ["en"]', encoding="utf-8")
    result = sqlite_app.test_cli_runner().invoke(args=["translations", "status"])
    assert result.exit_code == 0
    rows = {line.split()[0]: line.split()[-1] for line in result.output.splitlines()}
    assert (rows["pl"], rows["ur"]) == ("one", "nobody")


def test_who_has_read_a_whole_catalogue_stands_at_its_head(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = tmp_path / "pl" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    head = "# Polish words.\n# reviewed by Anna Nowak, 2026-12-01\n# reviewed by Jan Kowalski, 2027-01-02\n#\n"
    entry = '# reviewed by Nobody, 2028-01-01\nmsgid "Post"\nmsgstr "Poczta"\n'
    catalogue.write_text(f'{head}msgid ""\nmsgstr ""\n\n{entry}', encoding="utf-8")
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    review_of.cache_clear()
    try:
        assert review_of(LANGUAGES["pl"]) == Review("Jan Kowalski", date(2027, 1, 2))
        assert review_of(LANGUAGES["ro"]) is None
    finally:
        review_of.cache_clear()


def test_readers_are_told_whether_somebody_has_checked_their_language(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviews = {"pl": Review("Anna Nowak", date(2026, 12, 1))}
    monkeypatch.setattr(
        "app.content.said_of_this_website.review_of", lambda language: reviews.get(language.tag), raising=True
    )
    page = sqlite_app.test_client().get("/en/help/languages").text
    assert '<span lang="pl">Polski</span> (Checked by Anna Nowak on' in page
    assert "اردو</span> (Not yet checked by somebody who speaks the language)" in page
    assert '<span lang="en">English</span> (' not in page
    assert 'href="/en/suggestion"' in page, "a wrong word is reported here"
