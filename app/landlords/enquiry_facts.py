"""Read what a landlord knows before somebody asks. Everything raises WrongPolicy."""

from app.landlords import facts
from app.landlords.enquiry_shapes import Danger, EnquiryTopic, Help
from app.landlords.tables import Table


def topics(file: Table) -> tuple[EnquiryTopic, ...]:
    return tuple(_topic(table) for table in facts.some(file, "enquiry_topics"))


def _topic(table: Table) -> EnquiryTopic:
    found = EnquiryTopic(
        key=table.text("key"),
        label=table.text("label"),
        is_repair=table.has("is_repair") and table.yes_or_no("is_repair"),
        service=table.text_or_none("service"),
        help=tuple(_help(paragraph) for paragraph in table.tables("help")),
    )
    facts.where_from(table)
    return found


def _help(table: Table) -> Help:
    found = Help(
        words=table.text("words"),
        label=table.text_or_none("label"),
        page=table.text_or_none("page"),
        website=table.text_or_none("website"),
    )
    if bool(found.label) != bool(found.page or found.website):
        raise table.wrong("label", "a link has words in label, and leads to a page or a website: write both or neither")
    table.close()
    return found


def dangers(file: Table, hazards: tuple[str, ...]) -> tuple[Danger, ...]:
    """Those of every landlord; ``hazards`` are the keys of the law's."""
    return tuple(_danger(table, hazards) for table in facts.some(file, "dangers"))


def _danger(table: Table, hazards: tuple[str, ...]) -> Danger:
    has_phone = table.has("phone")
    found = Danger(
        key=table.text("key"),
        label=table.text("label"),
        hazard=table.one_of("hazard", hazards) if table.has("hazard") else "",
        is_emergency=table.has("is_emergency") and table.yes_or_no("is_emergency"),
        advice=tuple(_words(paragraph) for paragraph in table.tables("advice")),
        phone_of=table.text("phone_of") if has_phone else "",
        phone=facts.phone(table.table("phone")) if has_phone else None,
    )
    facts.where_from(table)
    return found


def _words(table: Table) -> str:
    words = table.text("words")
    table.close()
    return words
