"""The staff menu: which pages a colleague finds where, in one table. A page that is not theirs is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l

from app.staff.models import StaffMember
from app.staff.roles import may


@dataclass(frozen=True)
class Page:
    """``act``: a key of MAY, for whoever may do it. ``with_all``: all pages of its blueprint stand under it."""

    endpoint: str
    label: str
    act: str = "read_cases"
    with_all: bool = False

    def is_here(self, endpoint: str) -> bool:
        return endpoint == self.endpoint or (self.with_all and _room(endpoint) == _room(self.endpoint))


@dataclass(frozen=True)
class Group:
    """Pages behind one word of the menu. With a single page it is that page."""

    label: str
    pages: tuple[Page, ...]


MENU: tuple[Page | Group, ...] = (
    Page("caseload.see_the_caseload", _l("Caseload")),
    Page("contact_log.begin", _l("Record a contact"), "work_on_cases"),
    Group(
        _l("Work lists"),
        (
            Page("caseload.see_actions_to_do", _l("Actions")),
            Page("call_back_desk.see_the_calls", _l("Calls to make")),
            Page("caseload.see_what_visits_come", _l("Visits")),
            Page("caseload.see_interpreters_to_book", _l("Interpreters")),
            Page("caseload.see_hand_overs", _l("Hand-overs")),
            Page("caseload.see_risk_reviews", _l("Risk reviews")),
            Page("caseload.see_needs_reviews", _l("Reviews of needs")),
        ),
    ),
    Group(
        _l("Letters"),
        (
            Page("caseload.see_letters_to_approve", _l("To approve"), "approve_letters"),
            Page("caseload.see_translated_letters", _l("Translated letters")),
            Page("translations.see_the_list", _l("Translations"), "translate", with_all=True),
            Page("catalogues.see_the_languages", _l("Words of the website"), "translate_website", with_all=True),
            Page("mailing_desk.see_the_mailings", _l("Letters to a list"), "send_mailings", with_all=True),
            Page("paragraphs.see_the_paragraphs", _l("Standard paragraphs"), "write_letters", with_all=True),
            Page("caseload.see_the_formats", _l("Languages and formats")),
        ),
    ),
    Group(
        _l("Notices and pages"),
        (
            Page("notice_desk.see_the_notices", _l("Service notices"), with_all=True),
            Page("waiting_desk.see_the_waiting_time", _l("Waiting time")),
            Page("caseload.see_pages_to_review", _l("Pages of the website")),
        ),
    ),
    Group(
        _l("Measures and checks"),
        (
            Page("measures.see_the_measures", _l("Measures"), "see_measures", with_all=True),
            Page("quality.see_the_checks", _l("Quality"), "check_quality", with_all=True),
            Page("exports.see_the_exports", _l("Exports"), "export", with_all=True),
            Page("caseload.see_access", _l("Access"), "see_access"),
            Page("caseload.see_what_is_anonymised_soon", _l("Retention"), "hold_and_release"),
        ),
    ),
    Group(
        _l("Colleagues"),
        (
            Page("caseload.see_absences", _l("Absences"), "work_on_cases"),
            Page("people.see_people", _l("People"), "manage_accounts", with_all=True),
        ),
    ),
)


@dataclass(frozen=True)
class Shown:
    """A link of the menu, or a word with links behind it. ``is_here``: this page, or one of them, is open."""

    label: str
    endpoint: str | None
    is_here: bool
    pages: tuple["Shown", ...] = ()


def menu(colleague: StaffMember, here: str) -> Iterator[Shown]:
    """What this colleague finds in the menu; ``here`` is the endpoint of the open page."""
    for entry in MENU:
        pages = entry.pages if isinstance(entry, Group) else (entry,)
        mine = tuple(
            Shown(page.label, page.endpoint, page.is_here(here))
            for page in pages
            if page.endpoint in current_app.view_functions and may(page.act, colleague)
        )
        if isinstance(entry, Group) and len(mine) > 1:
            yield Shown(entry.label, None, any(page.is_here for page in mine), mine)
        else:
            yield from mine


def _room(endpoint: str) -> str:
    return endpoint.partition(".")[0]


def init_app(app: Flask) -> None:
    app.add_template_global(menu, "staff_menu")
