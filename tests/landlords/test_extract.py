"""The policies' words reach the translators."""

import io
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract

from app.config import POLICIES
from app.landlords.shapes import Landlord
from app.landlords.standards import load_landlord

METHOD = "app.landlords.extract:extract_policy"


def given_out(policy: str) -> list[tuple[int, str, list[str]]]:
    found = extract(METHOD, io.BytesIO(policy.encode()), comment_tags=("Translators:",))
    return [(line, message, comments) for line, message, comments, _ in found]


def shown(landlord: Landlord) -> Iterator[str]:
    """Every word of the policy that a page or a letter may show."""
    yield landlord.team
    yield landlord.ombudsman.name
    for options in (
        landlord.channels,
        landlord.who_may_complain,
        landlord.services,
        landlord.complaint_kinds,
        landlord.portal_functions,
        landlord.exclusions,
        landlord.stages,
        landlord.standards,
        landlord.lead_times,
    ):
        yield from (option.label for option in options)
    yield from (exclusion.instead for exclusion in landlord.exclusions)
    yield from (stage.words for stage in landlord.stages)
    yield from (undertaking.words for undertaking in landlord.undertakings)


@pytest.mark.parametrize("key", ["livewest", "livv"])
def test_every_word_that_is_shown_is_given_to_the_translators(key: str) -> None:
    found: set[str] = set()
    for path in POLICIES.glob("*.toml"):
        with path.open("rb") as file:
            found |= {str(message) for _, message, _, _ in extract(METHOD, file)}
    assert set(shown(load_landlord(key))) <= found


def test_words_come_with_their_line_and_where_they_stand() -> None:
    policy = '[[exclusions]]\nkey = "banding"\nlabel = "About your band."\ninstead = "Ask the “council”."\n'
    assert given_out(policy) == [
        (3, "About your band.", ["Translators: exclusions, label"]),
        (4, "Ask the “council”.", ["Translators: exclusions, instead"]),
    ]


def test_a_remark_for_translators_on_the_line_above_goes_with_the_words() -> None:
    policy = '[team]\n# Translators: a name, keep it short\nlabel = "Complaints team"\n'
    ((_, _, comments),) = given_out(policy)
    assert comments[1] == "Translators: a name, keep it short"


def test_other_keys_and_remarks_are_not_given_out() -> None:
    assert given_out('# label = "no"\n[team]\nname = "no"\nlabels = "no"\nsource = "no"\n') == []


def test_quotation_marks_within_words_are_kept() -> None:
    assert given_out("label = 'Say \"hello\"'")[0][1] == 'Say "hello"'
    assert given_out('label = "Say \\"hello\\""  # a remark')[0][1] == 'Say "hello"'


def test_words_over_two_lines_are_refused_rather_than_lost() -> None:
    with pytest.raises(ValueError, match="line 2: label must begin and end on one line"):
        given_out('[team]\nlabel = """\nComplaints team"""\n')
