"""The acknowledgement: everything that the Code and both landlords ask of it, in the tenant's language."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.cases.models import KINDS, Case
from app.extensions import db, start_writing
from app.formats.document import Fact, Quotation, lines_of
from app.landlords.standards import current_landlord
from app.letters.actions import document_of, request_letter
from app.letters.compose import NoSuchLetter, compose
from app.letters.lacks import LetterLacks
from app.letters.models import Letter
from app.tenants.actions import record_tenant
from tests.builders import a_colleague, answers, needs, person
from tests.cases.test_opening import CHRISTMAS_EVE, opened

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 12, 29, 9, 30, tzinfo=UTC)


def written(name: str = "acknowledgement", *, handler: str | None = "Ada Byron", **different: object) -> Letter:
    if handler:
        a_colleague("ada@landlord.example", roles=("complaints-team",), name=handler, phone="01392 123456")
    case = opened(**different)
    letter = request_letter(case, name, NOW)
    db.session.commit()
    return letter


def lines(letter: Letter) -> list[str]:
    document = document_of(letter, current_landlord())
    return [line for block in document.blocks for line in lines_of(block)]


def facts(letter: Letter) -> set[tuple[str, str]]:
    found = set()
    for block in document_of(letter, current_landlord()).blocks:
        for content in getattr(block, "items", None) or (getattr(block, "content", ()),):
            found |= {(run.kind, run.value) for run in content if isinstance(run, Fact)}
    return found


def has(letter: Letter, *wanted: str) -> bool:
    text = "\n".join(lines(letter))
    missing = [words for words in wanted if words not in text]
    assert not missing, f"{missing} not in:\n{text}"
    return True


def test_it_states_all_that_the_code_asks_for(app: Flask) -> None:
    letter = written()
    case = letter.case
    assert has(
        letter,
        f"Your reference is {case.reference}.",
        "Ada Byron is dealing with your complaint.",
        "01392 123456",
        "You can ask us to look at your complaint again.",
        "Housing Ombudsman Service",
        "0300 111 3000",
        "www.housing-ombudsman.org.uk",
        "L33 7WQ",
        "You can ask them for help now",
    )
    assert {
        ("reference", case.reference),
        ("phone", "+443001113000"),
        ("phone", "+441392123456"),
        ("link", "https://www.housing-ombudsman.org.uk"),
        ("time", "2027-01-12"),
    } <= facts(letter)


def test_what_we_understood_and_the_outcome_are_the_tenants_own_words_as_a_quotation(sqlite_app: Flask) -> None:
    letter = written(answers=answers(what_happened="Line one\n\nLine two", outcome_sought="A visit"), language="cy")
    quotations = [block for block in document_of(letter, current_landlord()).blocks if isinstance(block, Quotation)]
    assert quotations[0].paragraphs == ("Line one", "Line two")
    assert ("A visit",) in [one.paragraphs for one in quotations]


def test_words_of_another_language_than_the_letters_are_marked_as_such(sqlite_app: Flask) -> None:
    letter = written(answers=answers(what_happened="Saqafka ayaa daadanaya"), language="so")
    quotations = [block for block in document_of(letter, current_landlord()).blocks if isinstance(block, Quotation)]
    assert letter.language == "en"
    assert {one.language for one in quotations} == {"so"}


def test_each_date_promised_stands_on_its_own_line_with_its_weekday(sqlite_app: Flask) -> None:
    assert "We will send you our answer by Tuesday, 12 January 2027." in [
        line.replace("Tuesday 12", "Tuesday, 12") for line in lines(written())
    ]


def test_it_does_not_promise_itself(sqlite_app: Flask) -> None:
    assert not [line for line in lines(written(channel="web")) if "who is dealing with this by" in line]


def test_livvs_team_gets_in_touch_by_its_own_date(make_app) -> None:
    with make_app("livv").app_context():
        letter = written()
        assert has(
            letter,
            "Somebody from the team will get in touch with you by Tuesday",
            "Please ask within 28 days of getting our answer.",
            "Livv Housing Group",
        )


def test_the_sentences_are_the_same_for_both_landlords(make_app) -> None:
    def sentences(landlord: str) -> set[str]:
        with make_app(landlord).app_context():
            letter = written()
            own = current_landlord()
            plain = "\n".join(lines(letter)).replace(letter.case.reference, "REF")
            for fact in (own.name, own.team, own.phone.shown, own.email):
                plain = plain.replace(fact, "FACT")
            return set(plain.split("\n"))

    livewest, livv = sentences("livewest"), sentences("livv")
    assert livv - livewest == {
        "Somebody from the team will get in touch with you by Tuesday, 5 January 2027.",
        "Please ask within 28 days of getting our answer. If you need longer, ask us all the same.",
    }
    assert livewest - livv == {"We record phone calls."}


def test_the_team_is_named_while_nobody_deals_with_it(sqlite_app: Flask) -> None:
    assert has(written(handler=None), "This team is dealing with your complaint: Customer Services team.")


def test_where_no_outcome_was_given_it_says_that_we_will_ask(sqlite_app: Flask) -> None:
    letter = written(answers=answers(outcome_sought=None))
    assert has(letter, "You have not told us yet what would put things right. We will ask you.")


def test_a_representative_reads_for_whom_they_complain_and_that_we_will_ask(sqlite_app: Flask) -> None:
    said = answers(who="representative", representing_name="Jan Kowalski", representing_permission="no")
    assert has(written(answers=said), "You are complaining for Jan Kowalski.", "They have not agreed to this yet.")


@pytest.mark.parametrize("words", [None, "", "   "])
def test_without_the_complaint_itself_it_is_refused_by_name(sqlite_app: Flask, words: str | None) -> None:
    with pytest.raises(LetterLacks, match="complaint as we understood it"):
        written(answers=answers(what_happened=words))


def test_without_a_date_for_our_answer_it_is_refused_by_name(sqlite_app: Flask) -> None:
    case = opened()
    for promise in list(case.promises):
        if promise.standard == "complaint.stage_1_response":
            case.promises.remove(promise)
            db.session.delete(promise)
    with pytest.raises(LetterLacks, match="date of our answer"):
        compose(case, "acknowledgement", current_landlord())


def test_an_unknown_letter_is_refused_by_name(sqlite_app: Flask) -> None:
    with pytest.raises(NoSuchLetter, match=r"'acknowlegement'.*acknowledgement, receipt"):
        request_letter(opened(), "acknowlegement", NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_case_has_one_with_its_reference_and_what_was_told(sqlite_app: Flask, kind: str) -> None:
    letter = written(kind=kind, channel="web", answers={"what_happened": "The lift works again"})
    assert has(letter, letter.case.reference, "The lift works again", "How to reach us")
    assert letter.title


def test_an_enquiry_is_told_when_it_will_be_answered(sqlite_app: Flask) -> None:
    assert has(written(kind="enquiry", channel="web"), "We will send you our answer by Tuesday, 29 December 2026.")


def test_a_report_says_whom_to_ring_in_danger(sqlite_app: Flask) -> None:
    assert ("phone", "999") in facts(written(kind="antisocial-behaviour"))


HOSTILE = [
    "<script>alert(1)</script>",
    "</p></blockquote><h2>Paid in full</h2>",
    "{{ config }} {% include 'x' %}",
    "%(reference)s %s %%",
    '" onmouseover="x',
    '<data class="reference" value="X">X</data>',
    "&lt;b&gt; &amp;",
    "<!-- x",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_tenant_typed_stays_words_wherever_it_stands(sqlite_app: Flask, typed: str) -> None:
    start_writing()
    tenant = record_tenant(
        person(name=typed, address=[typed], postcode=typed[:30]), needs(interpreter_language=typed), "en", NOW, None
    )
    letter = written(
        tenant=tenant,
        answers=dict.fromkeys(answers(), typed) | {"representing_name": typed, "a_key_of_later": typed},
        handler=typed,
    )
    receipt = request_letter(letter.case, "receipt", NOW)
    for each in (letter, receipt):
        document = document_of(each, current_landlord())
        plain = lines(each)
        assert f"Dear {typed}," in plain
        assert plain.count(typed) >= 2
        assert document.recipient[:2] == (typed, typed)
        assert "Paid in full" not in [line for line in plain if "<h2>" not in line]


@pytest.mark.parametrize(("language", "weekday"), [("cy", "Dydd Mawrth"), ("ar", "الثلاثاء")])
def test_it_speaks_the_tenants_language_and_not_the_officers(sqlite_app: Flask, language: str, weekday: str) -> None:
    from app.languages import speaking

    with speaking("en"):
        letter = written(language=language)
        assert letter.language == language
        assert weekday in "\n".join(lines(letter))
        assert document_of(letter, current_landlord()).dated.text.startswith(weekday)


def test_its_words_are_fixed_when_it_is_asked_for(app: Flask) -> None:
    letter = written()
    before = lines(letter)
    letter.case.handler = a_colleague("grace@landlord.example", name="Grace Hopper")
    letter.case.tenant.name = "Somebody else"
    db.session.commit()
    assert lines(letter) == before


def test_asked_for_again_it_is_a_new_version_and_the_old_one_stays(app: Flask) -> None:
    first = written()
    case: Case = first.case
    case.handler = a_colleague("grace@landlord.example", name="Grace Hopper")
    second = request_letter(case, "acknowledgement", NOW)
    db.session.commit()
    assert (first.version, second.version) == (1, 2)
    assert has(second, "Grace Hopper is dealing with your complaint.")
    assert has(first, "Ada Byron is dealing with your complaint.")


def test_the_window_of_the_envelope_holds_name_address_and_postcode(sqlite_app: Flask) -> None:
    document = document_of(written(), current_landlord())
    assert document.recipient == ("Anna Nowak", "1 High Street", "Exeter", "EX1 1AA")
    assert document.sender.name == "LiveWest"
    assert document.reference.value == document.reference.text
    assert document.dated.value == "2026-12-29"


def test_the_clock_of_the_letter_is_londons(sqlite_app: Flask) -> None:
    case = opened(received_at=CHRISTMAS_EVE)
    just_after_midnight_in_summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    letter = request_letter(case, "acknowledgement", just_after_midnight_in_summer)
    assert document_of(letter, current_landlord()).dated.value == "2026-07-01"
