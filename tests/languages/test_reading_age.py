"""What tenants read can be read at nine to eleven: the English of every page, letter, form and policy, measured.

Flesch and Kincaid's grade is that of an American school: grade 4 is nine to ten years old, grade 6 is eleven to twelve.
Words are cut into syllables by the rules of hyphenation, which find about one in ten too few: the limits are lower for
it. A page of few words, and a label, tell nothing about a style; there each sentence is measured alone.
"""

import re
from collections.abc import Iterator

import pytest
import textstat
from babel.messages.pofile import read_po

from app.languages.catalogues import FOLDER

HIGHEST_GRADE = 5.0  # of a page or a letter as a whole
HIGHEST_GRADE_OF_A_SENTENCE = 8.0
ENOUGH_WORDS = 30  # of a page, to be measured as a whole
SHORTEST_SENTENCE = 8  # words
FOR_COLLEAGUES = (
    "templates/caseload/", "templates/staff/", "templates/staff_base.html", "app/caseload/", "app/staff/", "app/cases/",
    "app/landlords/lint.py", "app/demonstration/",
)  # fmt: skip
# Each with the reason why it stays as it is.
PAGES_THAT_MAY_BE_HARDER = {"app/working_days/nations.py": "names of holidays, as calendars print them"}
SENTENCES_THAT_MAY_BE_HARDER = {
    "A complaint is when you tell us, in any way,": "the Ombudsman's definition, every part of which counts",
    "You can complain if we did not do what": "the four kinds of complaint, which the policy lists",
    "Because of a disability, race, religion, sexual orientation": "the five strands of hate, as the law has them",
    "Sexual orientation, such as being gay or lesbian": "the name in law, explained at once",
    "We aim for level AA of the Web Content Accessibility": "a name",
    "Speak to your solicitor, or to a free advice": "a name, and the word that people know for a solicitor",
    "Everyday noise: footsteps, children playing, a baby crying": "a list of plain words",
    "Somebody who lives in another way: cooking smells": "a list of plain words",
    "Investigate the emergency hazard and make it safe": "the duty as the law names it",
}
WORDS = {
    "phone": "0300 123 8080",
    "number": "0300 123 8080",
    "day": "Monday",
    "num": "3",
    "reference": "K7M4",
    "total": "9",
}


def plain(sentence: str) -> str:
    """As it is read: with words in the gaps, without markup, with a stop at its end."""
    filled = re.sub(r"%\((\w+)\)s", lambda gap: WORDS.get(gap[1], "Anna"), sentence).replace("%%", "%")
    read = " ".join(re.sub(r"<[^>]+>", "", filled).split())
    return read if read.endswith((".", "?", "!", ":")) else f"{read}."


def sentences_of(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def english() -> dict[str, list[str]]:
    """What tenants read, by the file where it stands. Each catalogue has the same English (``make messages``)."""
    found: dict[str, list[str]] = {}
    with (FOLDER / "cy" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file):
            said = message.id[-1] if isinstance(message.id, tuple) else message.id
            for place in {place for place, _line in message.locations if said}:
                if not place.startswith(FOR_COLLEAGUES):
                    found.setdefault(place, []).append(plain(said))
    return found


def too_hard(pages: dict[str, list[str]]) -> Iterator[str]:
    """A line for each page or sentence above its limit."""
    for place, texts in pages.items():
        whole = " ".join(texts)
        if len(whole.split()) >= ENOUGH_WORDS and place not in PAGES_THAT_MAY_BE_HARDER:
            grade = textstat.flesch_kincaid_grade(whole)
            if grade > HIGHEST_GRADE:
                yield f"{place}: grade {grade}"
        for sentence in (sentence for text in texts for sentence in sentences_of(text)):
            if len(sentence.split()) >= SHORTEST_SENTENCE and not sentence.startswith(
                tuple(SENTENCES_THAT_MAY_BE_HARDER)
            ):
                grade = textstat.flesch_kincaid_grade(sentence)
                if grade > HIGHEST_GRADE_OF_A_SENTENCE:
                    yield f"{place}: grade {grade}: {sentence}"


def test_what_tenants_read_can_be_read_at_nine_to_eleven() -> None:
    pages = english()
    assert len(pages) > 50
    assert {"templates/letters/acknowledgement.html", "app/reception/person_forms.py"} <= pages.keys()
    assert "\n".join(sorted(too_hard(pages))) == ""


@pytest.mark.parametrize(
    "hard",
    [
        "Subsequent to acknowledgement of your correspondence we will endeavour to facilitate a resolution.",
        "Where the perpetrator is identified, appropriate enforcement action may be initiated immediately.",
    ],
)
def test_a_hard_sentence_is_found(hard: str) -> None:
    assert list(too_hard({"templates/pages/contact.html": [hard]}))


def test_a_page_of_long_sentences_is_found() -> None:
    """Each is just short enough; together nobody reads them."""
    long = "We write to you about what you told us when you called our office about the repair of your kitchen window."
    assert any(line.endswith(tuple("0123456789")) for line in too_hard({"templates/pages/contact.html": [long] * 3}))


def test_plain_sentences_pass() -> None:
    assert not list(too_hard({"x": ["We could not save your answer just now. What you typed is still here."] * 4}))


def test_each_exception_is_still_needed() -> None:
    said = [sentence for texts in english().values() for text in texts for sentence in sentences_of(text)]
    unused = [start for start in SENTENCES_THAT_MAY_BE_HARDER if not any(each.startswith(start) for each in said)]
    assert not unused
