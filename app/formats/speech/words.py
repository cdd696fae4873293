"""The sentences that a recording adds of its own, in the language of the moment. Whole, for translators."""

from flask_babel import gettext as _
from flask_babel import ngettext


def about_this_recording() -> str:
    # Translators: the title of the first part of an audio letter; it tells what the recording holds.
    return _("About this recording")


def from_sender(sender: str) -> str:
    # Translators: said at the start of an audio letter, after its title.
    return _("A letter from %(sender)s.", sender=sender)


def page_from(sender: str) -> str:
    # Translators: said at the start of a page of the website that is read out, after its title.
    return _("A page of the website of %(sender)s.", sender=sender)


def for_reader(name: str) -> str:
    # Translators: said at the start of an audio letter. Names the person it is for.
    return _("It is for %(name)s.", name=name)


def lasts(minutes: int) -> str:
    return ngettext(
        "This recording lasts about %(num)s minute.", "This recording lasts about %(num)s minutes.", minutes
    )


def parts(number: int) -> str:
    # Translators: said in an audio letter before the titles of its parts.
    return ngettext("It has %(num)s part. It is called:", "It has %(num)s parts. They are called:", number)


def dated(date: str) -> str:
    # Translators: said in an audio letter. The date is in full words.
    return _("This letter is dated %(date)s.", date=date)


def page_dated(date: str) -> str:
    # Translators: said when a page of the website is read out. The date is in full words.
    return _("This recording was made on %(date)s.", date=date)


def reference_is(reference: str) -> str:
    # Translators: said in an audio letter. The reference is spelled out.
    return _("Your reference is %(reference)s.", reference=reference)


def your_address() -> str:
    # Translators: said in an audio letter before the reader's own address.
    return _("This letter was sent to this address:")


def again(kind: str) -> str:
    """Said before a fact is repeated slowly, so that a listener takes a pen."""
    return {
        "reference": _("The reference again, slowly. Each letter is followed by a word that begins with it."),
        "phone": _("The phone number again, slowly."),
        "time": _("The date again, slowly."),
        "postcode": _("The postcode again, slowly. Each letter is followed by a word that begins with it."),
        "amount": _("The amount again, slowly."),
        "email": _("The email address again, letter by letter."),
        "link": _("The web address, letter by letter."),
        "address": _("The address again, slowly."),
    }[kind]


def you_wrote() -> str:
    # Translators: said before the tenant's own words are read back to them.
    return _("You wrote:")


def end_of_what_you_wrote() -> str:
    return _("End of what you wrote.")


def cannot_be_spoken() -> str:
    # Translators: said in place of words in a language for which there is no voice.
    return _("These words are in a language that this recording cannot speak. Ask us, and we will find a way.")


def a_list(number: int) -> str:
    # Translators: said before a list is read out.
    return ngettext("A list of %(num)s thing:", "A list of %(num)s things:", number)


def numbered(number: int) -> str:
    # Translators: said before each line of a numbered list.
    return _("Number %(number)s.", number=number)


def end_of_list() -> str:
    return _("End of the list.")


def a_table(caption: str, rows: int) -> str:
    # Translators: said before a table is read out row by row.
    return ngettext(
        "A table with %(num)s row: %(caption)s.", "A table with %(num)s rows: %(caption)s.", rows, caption=caption
    )


def end_of_table() -> str:
    return _("End of the table.")


def who_wrote() -> str:
    # Translators: the title of the last part of an audio letter: the landlord's name, address and phone.
    return _("Who this letter is from")


def who_wrote_page() -> str:
    # Translators: the title of the last part of a page that is read out: the landlord's name, address and phone.
    return _("How to reach us")


def phone_is(phone: str) -> str:
    return _("You can phone us on %(phone)s.", phone=phone)


def email_is(email: str) -> str:
    return _("You can email us at %(email)s.", email=email)


def the_end() -> str:
    return _("End of the recording.")


def pounds_and_pence(pounds: int, pence: int) -> str:
    if not pence:
        return ngettext("%(num)s pound", "%(num)s pounds", pounds)
    if not pounds:
        return ngettext("%(num)s penny", "%(num)s pence", pence)
    # Translators: an amount said in full, as in "412 pounds and 56 pence".
    return _(
        "%(pounds)s and %(pence)s",
        pounds=ngettext("%(num)s pound", "%(num)s pounds", pounds),
        pence=ngettext("%(num)s penny", "%(num)s pence", pence),
    )


def time_on_date(time: str, date: str) -> str:
    # Translators: as in "5 o'clock in the afternoon on Tuesday 29 December 2026".
    return _("%(time)s on %(date)s", time=time, date=date)


def midnight() -> str:
    return _("midnight")


def midday() -> str:
    return _("midday")


def part_of_day(hour: int, time: str) -> str:
    """A time on the clock's face as it is said at this hour of 24."""
    if hour < 12:
        # Translators: a time of day as a voice says it; %(time)s is "9" or "9 30".
        return _("%(time)s in the morning", time=time)
    if hour < 18:
        return _("%(time)s in the afternoon", time=time)
    return _("%(time)s in the evening", time=time)
