"""A small list, and a mailing made from it."""

from datetime import UTC, datetime
from typing import Any

from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.mailings import actions
from app.mailings.models import Mailing
from app.mailings.reading import read_list
from app.mailings.said import checked

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WHO = "kim@landlord.example"
LIST = """Name,Address,Postcode,Language,Format,Point size
Anna Nowak,"10 High Street, Exeter",EX10 1AA,,text,
Siân Rees,"9 High Street, Exeter",EX2 1AA,Welsh,Text,
Omar Haddad,"2 High Street, Exeter",EX2 1AA,ar,html,
,"3 High Street, Exeter",EX2 1AA,,text,
=HYPERLINK(1),"4 High Street, Exeter",EX2 1AB,,text,
Bo Lind,"5 High Street, Exeter",EX2 1AC,tlh,text,
ANNA NOWAK,"10 High Street, Exeter",ex101aa,,text,
"""
WORDS = {"en": {"work": "We paint the stairs."}, "cy": {"work": "Rydym yn paentio’r grisiau."}}
BOTH = {"begins_on": "2027-01-11", "enters_homes": "no"}


def given(**words: Any) -> dict[str, Any]:
    return checked("maintenance-notice", BOTH, words or WORDS, current_landlord().languages)


def a_draft(text: str = LIST, name: str = "maintenance-notice") -> Mailing:
    start_writing()
    rows = actions.rows_of_list(read_list(text.encode()), current_landlord())
    mailing = actions.begin_draft(current_landlord(), name, "Stairs", rows, AT, WHO, file_name="stairs.csv")
    if name == "maintenance-notice":
        actions.write_words(mailing, given())
    db.session.commit()
    return mailing


def begun(text: str = LIST, at: datetime = AT) -> Mailing:
    mailing = a_draft(text)
    start_writing()
    actions.begin(mailing, at, WHO)
    db.session.commit()
    return mailing
