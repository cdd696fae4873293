"""A stored letter as a semantic document: the same words for every format."""

from collections.abc import Iterable
from datetime import datetime

from app.cases.models import Case
from app.formats.document import Document, Fact, Sender, parse
from app.landlords.shapes import Landlord
from app.landlords.standards import current_landlord, load_landlord
from app.languages import speaking
from app.letters import facts
from app.letters.compose import compose, title_of
from app.letters.models import Letter


def document_of(letter: Letter, landlord: Landlord) -> Document:
    """The letter in its own language. Its words are those stored when it was asked for."""
    return _document(letter, landlord, letter.language, letter.title, letter.body)


def document_in(letter: Letter, landlord: Landlord, language: str) -> Document:
    """The letter composed anew in another language. What is stored stays as it is.

    Raises KeyError on an unknown language, LetterLacks as ``compose`` does.
    """
    title = title_of(letter.case, letter.name, language, letter.given)
    return _document(
        letter, landlord, language, title, compose(letter.case, letter.name, landlord, language, letter.given)
    )


def landlord_of(case: Case) -> Landlord:
    here = current_landlord()
    return here if here.key == case.landlord else load_landlord(case.landlord)


def _document(letter: Letter, landlord: Landlord, language: str, title: str, body: str) -> Document:
    case, tenant = letter.case, letter.case.tenant
    recipient = (tenant.name, *tenant.address, tenant.postcode)
    return laid_out(landlord, language, title, body, recipient, case.reference, letter.composed_at)


def laid_out(
    landlord: Landlord,
    language: str,
    title: str,
    body: str,
    recipient: Iterable[str | None],
    reference: str,
    dated_at: datetime,
) -> Document:
    """A letter's words with what stands around them: sender, recipient (name and address), day, reference.

    Raises NotInALetter for words that hold what a letter may not have.
    """
    with speaking(language):
        day = facts.day_in_words(dated_at)
    return Document(
        title=title,
        language=language,
        sender=Sender(
            name=landlord.name,
            address=landlord.address,
            phone=Fact("phone", landlord.phone.shown, landlord.phone.dialled),
            email=Fact("email", landlord.email, landlord.email),
            mark=landlord.mark,
        ),
        recipient=tuple(line for line in recipient if line),
        dated=Fact("time", day, facts.local_day(dated_at).isoformat()),
        reference=Fact("reference", reference, reference),
        blocks=parse(body, language),
    )
