"""What colleagues have written by the time somebody looks: drafts, standard paragraphs, a visit, a letter to a list.

By the same acts as real ones. Words are the demonstration's own; nobody lives at the addresses.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.caseload.appointments import Visit, make
from app.cases.clock import LONDON
from app.cases.models import Case
from app.demonstration.people import STREETS, TOWNS, email_of
from app.extensions import db
from app.landlords.standards import Landlord
from app.languages import LANGUAGES
from app.letters import drafts, paragraphs
from app.letters.actions import request_letter
from app.mailings.actions import begin, begin_draft, rows_of_list, write_words
from app.mailings.reading import read_list
from app.mailings.said import checked
from app.staff.actions import find_staff_member
from app.staff.models import StaffMember

PARAGRAPHS = (
    # short name, language, title, words
    ("sorry-it-took-long", "en", "Sorry that it took long", "We are sorry that it took us so long to answer you."),
    ("sorry-it-took-long", "cy", "Ymddiheuriad am oedi", "Mae'n ddrwg gennym ei bod wedi cymryd mor hir i ni ateb."),
    (
        "help-with-money", "en", "Help with money",
        "If money is short, talk to us early. We can:\n\n- look at your rent account with you\n"
        "- help you to claim what is yours\n- agree on smaller payments.",
    ),
    (
        "help-with-money", "cy", "Help gydag arian",
        "Os yw arian yn brin, siaradwch â ni'n gynnar. Gallwn:\n\n- edrych ar eich cyfrif rhent gyda chi\n"
        "- eich helpu i hawlio'r hyn sy'n eiddo i chi\n- cytuno ar daliadau llai.",
    ),
)  # fmt: skip
TO_APPROVE = {
    "title": "The door entry of your block",
    "words": "# What we know now\n\n"
    "The lock came from another maker than the door. That is why it **failed in the cold**.\n\n"
    "# What we do\n\n- We fit a lock of the same maker\n- We check the doors of the two other blocks\n\n"
    "You do not need to be at home.",
}
BEGUN = {"title": "Your new radiators", "words": "We have ordered the radiators.\n\nThey come in"}
IN_ENGLISH = {
    "title": "The mould in your daughter’s room",
    "words": "We looked at the wall on Tuesday. The pipe behind it leaks.\n\n"
    "- We mend the pipe\n- We dry and paint the wall",
}
NOTICE = {
    "en": {
        "work": "We will change the motor of the lift. The lift will not run while we work.",
        "effects": "There will be noise on the upper floors.\n\n- We bring shopping up to you: ring us the day before.",
        "firm": "Harbour Lifts",
    },
    "cy": {
        "work": "Byddwn yn newid modur y lifft. Ni fydd y lifft yn rhedeg tra byddwn yn gweithio.",
        "effects": "Bydd sŵn ar y lloriau uchaf.\n\n- Rydym yn dod â siopa i fyny atoch: ffoniwch ni y diwrnod cynt.",
        "firm": "Harbour Lifts",
    },
}
# Who gets the notice: format and language; the last address is missing, so that the page shows a wrong line.
LIST = (
    ("standard-print", "en"), ("standard-print", "en"), ("large-print", "en"), ("standard-print", "cy"),
    ("braille", "en"), ("text", "en"), ("standard-print", "ar"), ("audio", "en"),
)  # fmt: skip


def add_what_is_written(landlord: Landlord, now: datetime) -> None:
    """No commit. Needs the stories and the colleagues."""
    writer, manager = (find_staff_member(email_of(who, landlord.key)) for who in ("priya.shah", "grace.okafor"))
    if writer is None or manager is None:
        return
    for key, language, title, words in PARAGRAPHS:
        if language in landlord.languages:
            paragraphs.add(landlord.key, key, language, now, writer, title=title, words=words)
    _write(landlord, now, writer)
    _arrange_a_visit(landlord, now, writer)
    _send_to_a_list(landlord, now, manager)


def _write(landlord: Landlord, now: datetime, writer: StaffMember) -> None:
    english = _cases(landlord, "en", "complaint")
    if (case := next(english, None)) is not None:
        waiting = drafts.start(case, "letter", {**TO_APPROVE, "words_language": "en"}, "en", now, writer)
        drafts.ask_for_approval(waiting, now, writer)
    if (case := next(english, None)) is not None:
        drafts.start(case, "letter", {**BEGUN, "words_language": "en"}, "en", now, writer)
    # A translator finds these words on the work list.
    if (case := next(_cases(landlord, "ar", "complaint"), None)) is not None:
        request_letter(case, "letter", now, given={**IN_ENGLISH, "words_language": "en"})


def _arrange_a_visit(landlord: Landlord, now: datetime, writer: StaffMember) -> None:
    case = next(_cases(landlord, "en", "enquiry"), None)
    if case is None:
        return
    day = now.astimezone(LONDON).date() + timedelta(days=3)
    begins, ends = (datetime.combine(day, time(hour), LONDON) for hour in (10, 12))
    purpose = "We look at the boiler, and set its clock with you."
    make(case, Visit(purpose, "en", begins, ends, "Sam Field", is_agreed=True), now, writer.email)


def _send_to_a_list(landlord: Landlord, now: datetime, manager: StaffMember) -> None:
    """Begun: the worker makes it as soon as there is one."""
    begins = now.astimezone(LONDON).date() + timedelta(days=21)
    days = {"begins_on": begins.isoformat(), "ends_on": (begins + timedelta(days=2)).isoformat()}
    hours = {"works_from": "08:00", "works_until": "16:30", "enters_homes": "no"}
    rows = rows_of_list(read_list(_list_of(landlord).encode()), landlord)
    mailing = begin_draft(
        landlord, "maintenance-notice", "Lift of Harbour Court", rows, now, manager.email, file_name="harbour-court.csv"
    )
    offered = [tag for tag in landlord.languages if tag in LANGUAGES]
    said = {tag: words for tag, words in NOTICE.items() if tag in offered}
    write_words(mailing, checked("maintenance-notice", {**days, **hours}, said, offered))
    db.session.flush()
    begin(mailing, now, manager.email)


def _list_of(landlord: Landlord) -> str:
    town, district = TOWNS.get(landlord.key, (("Newtown", "SY16"),))[0]
    lines = ["Name,Address,Postcode,Email,Language,Format"]
    for number, (format_name, language) in enumerate(LIST, 1):
        address = f'"{number} {STREETS[5]}, {town}"'
        lines.append(
            f"Tenant {number},{address},{district} {number}ZZ,tenant{number}@tenants.example,{language},{format_name}"
        )
    lines.append(f"Tenant {len(LIST) + 1},,{district} 9ZZ,,en,standard-print")
    return "\n".join(lines)


def _cases(landlord: Landlord, language: str, kind: str) -> Iterator[Case]:
    """Open ones of which nothing else is told, in the order in which they came."""
    wanted = select(Case).where(
        Case.landlord == landlord.key, Case.language == language, Case.kind == kind, Case.status == "open",
        Case.is_restricted.is_(False),
    )  # fmt: skip
    yield from db.session.scalars(wanted.order_by(Case.id))
