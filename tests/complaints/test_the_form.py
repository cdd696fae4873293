"""The whole way through the form, and each way that branches off."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.cases.models import Case, Contact
from app.complaints.journey import COMPLAINT
from app.dispatch.models import Message
from app.extensions import db
from app.journeys.fields import Choice
from app.journeys.questions import Question
from app.landlords.standards import load_landlord
from app.letters.answers import told
from app.letters.models import Letter
from app.reception.answers import ABOUT_THE_PERSON
from tests.complaints.complaining import LIFT, begin, complain, go_on, slug_of
from tests.conftest import MakeApp
from tests.journeys.reader import Reader


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    """No database changes what the form asks; what it leaves in each is told where ``client_of_each`` stands."""
    return sqlite_app.test_client()


@pytest.fixture
def client_of_each(app: Flask) -> FlaskClient:
    return app.test_client()


def the_case() -> Case:
    return db.session.execute(db.select(Case)).scalar_one()


def test_a_complaint_becomes_a_case_with_everything_that_was_typed(client_of_each: FlaskClient) -> None:
    received = complain(client_of_each, contact_channel="email", when_happened="")
    assert received.path == "/en/complaint/received"

    case = the_case()
    assert case.reference == received.reference
    (contact,) = case.contacts
    assert (case.kind, contact.channel, case.landlord) == ("complaint", "web", "livewest")
    assert contact.answers == {
        "who": "customer",
        "what_happened": LIFT,
        "how_long_ago": "within-12-months",
        "service": "repairs",
        "outcome_sought": "Please repair the lift.",
        "raised_before": "no",
    }
    tenant = case.tenant
    assert (tenant.name, tenant.who, tenant.email, tenant.phone) == ("Anna Nowak", "customer", "anna@example.com", None)
    assert (tenant.address, tenant.postcode) == (["1 High Street", "Exeter"], "EX1 1AA")
    needs = tenant.needs
    assert (needs.letter_format, needs.contact_channel, needs.has_consent) == ("standard-print", "email", True)
    assert needs.safe_times == "After 6 in the evening"


def test_the_receipt_goes_out_and_the_acknowledgement_waits_for_a_person(client_of_each: FlaskClient) -> None:
    complain(client_of_each, contact_channel="email")
    (message,) = db.session.scalars(db.select(Message))
    assert (message.letter.name, message.channel, message.address) == ("receipt", "email", "anna@example.com")
    assert {letter.name for letter in db.session.scalars(db.select(Letter))} == {"receipt", "acknowledgement"}


def test_a_receipt_goes_by_post_to_somebody_who_wants_letters(client: FlaskClient) -> None:
    complain(client)
    (message,) = db.session.scalars(db.select(Message))
    assert (message.channel, message.address) == ("post", "Anna Nowak\n1 High Street\nExeter\nEX1 1AA")


def test_letters_are_in_the_language_that_the_tenant_chose(client: FlaskClient) -> None:
    complain(client, language="en", letter_language="ar")
    case = the_case()
    assert case.language == "ar"
    assert case.contacts[0].language == "en"  # the words were typed on an English page


def test_the_language_of_the_page_is_offered_first_for_letters(client: FlaskClient) -> None:
    reader = begin(client, until="letter-language", language="cy")
    assert reader.fields()["letter_language"] == "cy"


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_every_page_keeps_the_page_laws_for_both_landlords(landlord: str, language: str, make_app: MakeApp) -> None:
    client = make_app(landlord=landlord).test_client()
    received = complain(client, language, format="large-print", contact_channel="phone", who="representative")
    assert received.page.getroottree().getroot().get("lang") == language


def test_a_representative_says_for_whom_and_whether_they_agreed(client: FlaskClient) -> None:
    reader = begin(client, until="who-for", who="representative")
    reader.answer(representing_name="Jan Nowak", representing_relation="I am his daughter")
    assert slug_of(reader) == "permission"
    reader.answer(representing_permission="no")  # no dead end: we ask the person
    go_on(reader)
    assert reader.summary["Who you are complaining for"] == "Jan Nowak"
    assert reader.summary["Whether they agreed"] == "Not yet"
    reader.press()
    answers = the_case().contacts[0].answers
    assert answers["representing_name"] == "Jan Nowak"
    assert answers["representing_relation"] == "I am his daughter"
    assert answers["representing_permission"] == "no"


@pytest.mark.parametrize(("landlord", "words"), [("livewest", "Ask the council"), ("livv", "Property Pool Plus")])
def test_a_complaint_about_banding_is_shown_the_way_to_the_council(
    landlord: str, words: str, make_app: MakeApp
) -> None:
    reader = begin(make_app(landlord=landlord).test_client(), until="banding", who="housing-applicant")
    reader.answer(about_banding="yes")
    assert slug_of(reader) == "the-council"
    assert words in reader.words
    assert "0300 111 3000" in reader.words  # the Ombudsman's
    assert not reader.page.xpath("//main//form")
    assert slug_of(reader.open("/en/complaint/check")) == "the-council"  # it cannot be sent

    reader.follow("My complaint is about something else")
    assert reader.fields()["about_banding"] == "yes"
    reader.answer(about_banding="no")
    assert slug_of(reader) == "what-happened"


def test_an_ending_takes_no_answers(client: FlaskClient) -> None:
    begin(client, until="banding", who="housing-applicant").answer(about_banding="yes")
    assert client.post("/en/complaint/the-council").status_code == 405


@pytest.mark.parametrize(
    ("different", "asked", "not_asked"),
    [
        ({"contact_channel": "letter"}, set(), {"email", "phone", "email-for-letters"}),
        ({"contact_channel": "email"}, {"email"}, {"phone", "email-for-letters"}),
        ({"contact_channel": "phone"}, {"phone"}, {"email", "email-for-letters"}),
        ({"format": "large-print"}, {"print-size"}, {"braille-grade", "email-for-letters"}),
        ({"format": "braille"}, {"braille-grade"}, {"print-size", "email-for-letters"}),
        ({"format": "audio"}, {"email-for-letters"}, {"print-size", "braille-grade"}),
        ({"format": "talking-book"}, {"email-for-letters"}, {"print-size", "braille-grade"}),
        ({"format": "html", "contact_channel": "email"}, {"email"}, {"email-for-letters"}),
        ({"format": "audio-cd"}, set(), {"email-for-letters", "print-size"}),
        ({"who": "residents-group"}, set(), {"who-for", "permission", "banding"}),
        ({"who": "housing-applicant"}, {"banding"}, {"who-for", "the-council"}),
    ],
)
def test_only_what_applies_is_asked(
    different: dict[str, str], asked: set[str], not_asked: set[str], sqlite_app: Flask
) -> None:
    reader = Reader(sqlite_app.test_client()).open("/en/complaint")
    pages = set(go_on(reader, **different))
    assert asked <= pages
    assert not not_asked & pages
    reader.press()
    assert reader.reference


def test_the_size_and_paper_of_print_and_the_grade_of_braille_reach_the_needs(sqlite_app: Flask) -> None:
    for different, columns, values in (
        ({"format": "large-print", "point_size": "28"}, ("point_size", "paper_colour"), (28, "white")),
        ({"format": "large-print", "paper": "yellow"}, ("paper_colour",), ("yellow",)),
        ({"format": "braille", "braille_grade": "1"}, ("braille_grade",), (1,)),
    ):
        received = complain(sqlite_app.test_client(), **different)
        case = db.session.scalars(db.select(Case).filter_by(reference=received.reference)).one()
        assert tuple(getattr(case.tenant.needs, column) for column in columns) == values


def test_each_size_of_print_is_shown_at_its_size(client: FlaskClient) -> None:
    reader = begin(client, until="print-size", format="large-print")
    shown = reader.page.xpath("//label[contains(@class, 'print-')]/@class")
    assert [classes.split()[-1] for classes in shown] == ["print-16", "print-18", "print-20", "print-24", "print-28"]


def test_an_unsafe_phone_message_is_never_left(client: FlaskClient) -> None:
    complain(client, contact_channel="phone", may_leave_messages="no")
    assert the_case().tenant.needs.may_leave_messages is False


def test_an_interpreter_is_recorded_with_the_language(client: FlaskClient) -> None:
    reader = begin(client, until="interpreter")
    reader.answer(needs_interpreter="yes", interpreter_language="British Sign Language")
    go_on(reader)
    reader.press()
    assert the_case().tenant.needs.interpreter_language == "British Sign Language"


def test_an_answer_under_a_choice_that_was_not_made_is_not_sent(client: FlaskClient) -> None:
    reader = begin(client, until="interpreter")
    reader.answer(needs_interpreter="no", interpreter_language="Polish")
    go_on(reader)
    assert "Language of the interpreter" not in reader.summary
    reader.press()
    assert the_case().tenant.needs.interpreter_language is None


def test_an_address_abroad_needs_no_postcode_and_ends_with_its_country(client: FlaskClient) -> None:
    reader = begin(client, until="address")
    reader.answer(address_line_1="12 rue des Lilas", town="Lyon", postcode="69003", country="France")
    go_on(reader)
    assert reader.summary["Your address"] == "12 rue des Lilas\nLyon\n69003\nFrance"
    reader.press()
    assert the_case().tenant.address == ["12 rue des Lilas", "Lyon", "69003", "France"]


def test_somebody_who_keeps_no_note_can_still_complain(client: FlaskClient) -> None:
    complain(client, consent="no")
    assert the_case().tenant.needs.has_consent is False


def test_the_ombudsman_and_the_emergency_line_are_on_every_page(make_app: MakeApp) -> None:
    reader = Reader(make_app(landlord="livv").test_client()).open("/en/complaint")
    emergency = "tel:" + reader.client.application.extensions["landlord"].emergency_phone.dialled
    # What is asked, found by going ahead in a second window.
    pages = [*go_on(Reader(reader.client.application.test_client()).open("/en/complaint")), "check", "received"]
    for page, following in pairwise([*pages, ""]):
        assert slug_of(reader) == page
        assert reader.page.xpath("//a[@href='tel:+443001113000']"), f"{reader.path}: no Ombudsman"
        assert reader.page.xpath("//header//a[@href=$phone]", phone=emergency), f"{reader.path}: no emergency line"
        if page == "check":
            reader.press()
        elif following:
            go_on(reader, until=following)


def test_progress_counts_the_questions_that_apply(client: FlaskClient) -> None:
    reader = Reader(client).open("/en/complaint")
    assert "Question 1 of 15" in reader.words
    reader.answer(who="representative")
    assert "Question 2 of 17" in reader.words
    reader.answer(representing_name="Jan", representing_relation="I am his friend")
    assert "Question 3 of 17" in reader.words


def test_the_tenant_is_told_on_the_first_page_how_long_answers_are_kept(make_app: MakeApp) -> None:
    reader = Reader(make_app(draft_days=3).test_client()).open("/en/complaint")
    assert "3 days" in reader.words


def test_no_page_of_the_form_is_kept_by_the_browser(client: FlaskClient) -> None:
    reader = complain(client)
    for path in ("", "/who-you-are", "/check", "/received", "/delete"):
        assert reader.client.get(f"/en/complaint{path}").headers["Cache-Control"] == "no-store"


def test_the_moment_of_receipt_is_the_moment_of_sending(client_of_each: FlaskClient) -> None:
    before = datetime.now(UTC)
    complain(client_of_each)
    assert before <= the_case().received_at <= datetime.now(UTC)


@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_the_letter_knows_the_words_of_every_answer_that_can_be_chosen(landlord: str, make_app: MakeApp) -> None:
    """No letter may quote a key of ours, such as within-12-months, as if the tenant had said it."""
    app = make_app(landlord=landlord)
    with app.test_request_context(), app.app_context():
        offering = load_landlord(landlord)
        for question in COMPLAINT.questions:
            if not isinstance(question, Question):
                continue
            for field in question.form(landlord=offering, answers={}, formdata=None).fields_asked:
                if isinstance(field, Choice) and field.name not in ABOUT_THE_PERSON:
                    for pick in field.picks:
                        (told_again,) = told(Contact(answers={field.name: pick.key}), offering)
                        assert (told_again.words, told_again.is_own_words) == (str(pick.words), False)


def test_a_danger_that_is_named_in_a_complaint_runs_the_laws_clock_beside_the_codes(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = begin(client, what_happened="Nobody repairs the boiler. Now I smell gas.", danger_at_home="gas")
    assert "0800 111 999" in Reader(client).open("/en/complaint/call-us-now").words
    reader.press()
    case = db.session.scalars(db.select(Case)).one()
    assert case.hazard == "emergency"
    regimes = {promise.regime: promise.standard for promise in case.promises}
    assert regimes["law"] == "hazard.emergency_make_safe"
    assert regimes["code"] == "complaint.acknowledge"
