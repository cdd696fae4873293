"""Days and times of calls in words, in the language of the moment. Always the time in the United Kingdom."""

from flask_babel import gettext as _

from app.call_backs.models import CallBack
from app.call_backs.slots import Slot
from app.cases.clock import LONDON
from app.landlords.standards import Landlord
from app.languages import speaking
from app.languages.times import clock_words, day_words


def time_words(slot: Slot) -> str:
    begins, ends = (moment.astimezone(LONDON).time() for moment in (slot.begins, slot.ends))
    # Translators: two times of day, such as 9am to 10am
    return str(_("%(begins)s to %(ends)s", begins=clock_words(begins), ends=clock_words(ends)))


def slot_words(slot: Slot) -> str:
    # Translators: a day, such as Tuesday 24 November, and two times of day, such as 9am and 10am
    return str(
        _(
            "%(day)s, between %(begins)s and %(ends)s",
            day=day_words(slot.day),
            begins=clock_words(slot.begins.astimezone(LONDON).time()),
            ends=clock_words(slot.ends.astimezone(LONDON).time()),
        )
    )


def missed_words(call_back: CallBack, again: Slot, landlord: Landlord) -> str:
    """What a colleague may say on the tenant's voicemail, in the language of their form: not what it is about."""
    language = call_back.language if call_back.language in landlord.languages else landlord.languages[0]
    with speaking(language):
        return _(
            # Translators: said on somebody's voicemail; %(when)s is a day and two times of day
            "Hello, this is %(landlord)s. You asked us to ring you. We will try again: %(when)s. "
            "You can also ring us on %(phone)s.",
            landlord=landlord.name,
            when=slot_words(again),
            phone=landlord.phone.shown,
        )
