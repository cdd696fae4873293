"""Nobody reaches a staff page without signing in, and nothing is done without the page's own token."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app import create_app
from app.extensions import csrf
from tests.rig.databases import settings_from
from tests.staff.door import (
    CODE,
    SIGN_IN,
    a_colleague_with_a_password,
    give_a_second_factor,
    give_password,
    sign_in,
)

# In front of the staff door.
DOOR = {"staff.sign_in", "staff.sign_out", "staff.set_a_password"}
# Behind the password, and in front of the rest.
SECOND_FACTOR = {"staff.give_a_code", "staff.set_up_codes", "staff.picture_for_the_app"}
# A colleague's own settings: for everybody who has signed in, whatever their roles.
OWN = {"staff.choose_language"} | SECOND_FACTOR
OWN_ACCOUNT = "account."
# Blueprints that a journey stands in: their pages, and those of which each checks its own token.
FORMS = ("complaints", "call_backs", "antisocial_behaviour", "compliments", "suggestions", "enquiries", "page_formats")
MAY_BECOME_A_COMPLAINT = ("compliments", "suggestions", "enquiries")
PAGES_OF_A_FORM = ("start", "question", "change", "check", "received", "delete", "deleted", "save")
FORM_CHECKS_TOKEN = ("question", "change", "check", "delete", "save")
# Everything that stands open to everybody. A new public page is added here on purpose, or fails.
PUBLIC = {
    "static",
    "pages.choose_language",
    "pages.home",
    "pages.contact",
    "pages.accessibility",
    "pages.privacy",
    "pages.is_alive",
    "pages.is_ready",
    "reading.choose",
    "reading.keep",
    "for_machines.sitemap",
    "for_machines.robots",
    "for_machines.manifest",
    "for_machines.offline",
    "for_machines.service_worker",
    "complaints.take_the_receipt",
    "antisocial_behaviour.take_the_receipt",
    "antisocial_behaviour.exit",
    "saving.come_back",
    "saving.come_back_by_code",
    "saving.come_back_by_link",
    "saving.open_the_link",
    "your_call_back.see",
    "your_call_back.choose_a_day",
    "your_call_back.move",
    "your_call_back.ask_before_cancelling",
    "your_call_back.cancel",
} | {f"{form}.{page}" for form in FORMS for page in PAGES_OF_A_FORM}
PUBLIC |= {f"{form}.{page}" for form in MAY_BECOME_A_COMPLAINT for page in ("as_a_complaint", "take_the_receipt")}
# A journey keeps what was typed when its token is lost, and asks again: it checks the token itself (app/journeys).
CHECKS_ITS_OWN_TOKEN = {f"{form}.{page}" for form in FORMS for page in FORM_CHECKS_TOKEN}
CHECKS_ITS_OWN_TOKEN |= {f"{form}.as_a_complaint" for form in MAY_BECOME_A_COMPLAINT}
# So do the pages on which colleagues write down what somebody says.
CHECKS_ITS_OWN_TOKEN |= {"contact_log.begin", "contact_log.record"}
# And those of a case that somebody follows; leaving it takes none, for it can only protect.
FOLLOWING = {
    "start",
    "set_telephone_password",
    "add",
    "add_to_diary",
    "add_files",
    "ask_for_stage_two",
    "ask_for_an_interpreter",
    "ask_for_a_complaint",
}
PUBLIC |= {f"tracking.{page}" for page in FOLLOWING | {"see_case", "see_added", "take_letter", "leave", "left", "exit"}}
PUBLIC |= {"letter_page.read_a_letter", "letter_page.take_a_letter"}  # by a signed key, in the letter's email
PUBLIC |= {
    f"pages.{page}" for page in ("standards", "help_index", "help_page", "search", "own_page_as", "help_page_as")
}
PUBLIC |= {"page_formats.ask", "page_formats.take_the_receipt"}
PUBLIC |= {"notice_feeds.atom", "notice_feeds.calendar"}
PUBLIC |= {f"subscribing.{page}" for page in ("ask_for_them", "take_address", "look_in_your_mail", "yours", "act")}
# Behind the link of an email the link is the token: a mail program that ends them with one press has no session.
CHECKS_ITS_OWN_TOKEN |= {"subscribing.take_address", "subscribing.act"}
CHECKS_ITS_OWN_TOKEN |= {f"tracking.{page}" for page in FOLLOWING | {"leave"}}
PUBLIC |= {"notices.see_all", "notices.see_one", "putting_away.put_away"}
# It hides a banner from one reader, and looks itself whether another site's page has sent it.
CHECKS_ITS_OWN_TOKEN |= {"putting_away.put_away"}
VALUES = {
    "language": "en",
    "contact_id": 1,
    "kind": "complaint",
    "ending": "close",
    "reference": "K7M4-QX9T",
    "other_reference": "K7M4-QX9T",
    "letter_id": 1,
    "message_id": 1,
    "promise_id": 1,
    "point_id": 1,
    "remedy_id": 1,
    "action_id": 1,
    "draft_id": 1,
    "number": 1,
    "paragraph_id": 1,
    "appointment_id": 1,
    "act": "triage",
    "talk_id": 1,
    "file_id": 1,
    "format_name": "text",
    "slug": "contact",
    "token": "x",
    "outcome": "called",
    "view_id": 1,
    "measure": "open",
    "check_id": 1,
    "session_id": 1,
    "colleague_id": 1,
    "team_id": 1,
    "absence_id": 1,
    "line": 1,
    "change": "pause",
    "translation_id": 1,
    "request_id": 1,
    "tag": "cy",
    "upload_id": 1,
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> list[Rule]:
    """Every address that there is."""
    folder: Path = tmp_path_factory.mktemp("routes")
    app = create_app(settings_from(folder, f"sqlite:///{folder / 'none.sqlite3'}", "livewest"))
    return list(app.url_map.iter_rules())


def address(rule: Rule) -> str:
    _domain, path = rule.build({name: VALUES.get(name, "x") for name in rule.arguments}) or ("", "")
    assert path, f"{rule} needs a value in VALUES"
    return path


def ways(rules: list[Rule], prefix: str) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of everything below the prefix."""
    for rule in rules:
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if address(rule).startswith(prefix):
                yield rule.endpoint, method, address(rule)


def test_every_address_is_behind_the_staff_door_or_on_the_list(rules: list[Rule]) -> None:
    for rule in rules:
        if not str(rule).startswith("/staff/"):
            assert rule.endpoint in PUBLIC, f"{rule} ({rule.endpoint}) stands open and is not on the list"
    assert {rule.endpoint for rule in rules} >= PUBLIC | DOOR, "a list names something that is gone"


def test_nobody_passes_the_staff_door_without_signing_in(sqlite_app: Flask, rules: list[Rule]) -> None:
    sqlite_app.config["WTF_CSRF_ENABLED"] = False  # so that what refuses is the door itself
    client = sqlite_app.test_client()
    seen = 0
    for endpoint, method, path in ways(rules, "/staff"):
        if endpoint in DOOR:
            continue
        answer = client.open(path, method=method)
        assert answer.status_code == 303, f"{method} {path} answers {answer.status_code}"
        assert answer.location.startswith("/staff/sign-in"), f"{method} {path} leads to {answer.location}"
        seen += 1
    assert seen >= 8


def test_the_right_password_alone_opens_nothing_where_a_second_factor_is_wanted(
    sqlite_app: Flask, rules: list[Rule]
) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("administrator", "manager"))
    give_a_second_factor(sqlite_app, "sam.field@landlord.example")
    assert give_password(client).status_code == 303
    sqlite_app.config["WTF_CSRF_ENABLED"] = False
    for endpoint, method, path in ways(rules, "/staff"):
        if endpoint in DOOR | SECOND_FACTOR:
            continue
        answer = client.open(path, method=method)
        leads_to = urlsplit(answer.location or "").path
        assert (answer.status_code, leads_to) in ((303, CODE), (303, SIGN_IN)), f"{method} {path} is open"


def test_a_translator_passes_the_door_to_no_case(sqlite_app: Flask, rules: list[Rule]) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("translator",))
    sign_in(client)
    client.application.config["WTF_CSRF_ENABLED"] = False
    for endpoint, method, path in ways(rules, "/staff"):
        if endpoint not in DOOR | OWN and not endpoint.startswith((OWN_ACCOUNT, "translations.", "catalogues.")):
            answer = client.open(path, method=method)
            is_led_on = path == "/staff/" and answer.location == "/staff/translations"
            assert is_led_on or answer.status_code == 403, f"{method} {path} is open to a translator"


def test_an_auditor_changes_nothing(sqlite_app: Flask, rules: list[Rule]) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("auditor",))
    sign_in(client)
    client.application.config["WTF_CSRF_ENABLED"] = False
    for endpoint, method, path in ways(rules, "/staff"):
        if endpoint not in DOOR | OWN and not endpoint.startswith(OWN_ACCOUNT) and method != "GET":
            assert client.open(path, method=method).status_code == 403, f"{method} {path} is open to an auditor"


def test_a_number_that_no_row_can_have_is_no_address(client: FlaskClient, rules: list[Rule]) -> None:
    a_colleague_with_a_password(roles=("manager", "administrator"))
    sign_in(client)
    client.application.config["WTF_CSRF_ENABLED"] = False
    seen = 0
    for rule in rules:
        if "<int:" in str(rule):
            path = re.sub("<int:[a-z_]+>", "9" * 20, str(rule)).replace("<reference>", "K7M4-QX9T")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert client.open(path, method=method).status_code in (404, 405), f"{method} {path}"
                seen += 1
    assert seen > 10


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_nothing_is_done_without_the_pages_own_token(sqlite_app: Flask, rules: list[Rule], is_signed_in: bool) -> None:
    client = sqlite_app.test_client()
    if is_signed_in:
        a_colleague_with_a_password()
        sign_in(client)
    for endpoint, method, path in ways(rules, "/"):
        if method != "GET" and endpoint not in CHECKS_ITS_OWN_TOKEN:
            for data in ({}, {"csrf_token": "made up"}):
                assert client.open(path, method=method, data=data).status_code == 400, f"{method} {path}"


def test_nothing_else_checks_its_own_token(rules: list[Rule]) -> None:
    exempt = {
        rule.endpoint
        for rule in rules
        if rule.methods
        and "POST" in rule.methods
        and rule.endpoint.partition(".")[0] in {one.name for one in csrf._exempt_blueprints}
    }
    assert exempt == CHECKS_ITS_OWN_TOKEN
    assert not csrf._exempt_views


def test_whatever_changes_something_is_no_get(rules: list[Rule]) -> None:
    """A link that is followed by a mail scanner, or fetched ahead by a browser, does nothing."""
    acts = {rule.endpoint for rule in rules if rule.methods and not rule.methods & {"GET"}}
    assert {"staff.sign_out", "caseload.name_a_handler", "caseload.send_a_letter", "caseload.record_as_posted"} <= acts
