"""What translators' pages say of a piece: which letters wait for it, and what in it they should look at again."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.caseload.words import LETTERS
from app.languages.lists import listed
from app.languages.sorting import in_order
from app.letters.comparing import Compared
from app.letters.models import Translation


def letters_waiting(translation: Translation) -> list[str]:
    """What the letters are called, each once: never whose they are."""
    return in_order({str(LETTERS.get(use.letter.name, use.letter.name)) for use in translation.uses}, str)


def compared_words(found: Compared) -> list[str]:
    """Each finding as a sentence."""
    said = []
    if found.missing:
        said.append(_("The source has this, and your words do not: %(what)s.", what=listed(found.missing)))
    if found.added:
        said.append(_("Your words have this, and the source does not: %(what)s.", what=listed(found.added)))
    if found.is_short:
        said.append(_("Your words are much shorter than the source. Is something left out?"))
    if found.is_long:
        said.append(_("Your words are much longer than the source. Is something added?"))
    for counts, said_of in ((found.lists, _of_lists), (found.headings, _of_headings)):
        if counts:
            said.append(said_of(*counts))
    return said


def _of_lists(there: int, here: int) -> str:
    return ngettext(
        "The source has %(num)s line of a list, your words have %(here)s.",
        "The source has %(num)s lines of lists, your words have %(here)s.",
        there,
        here=here,
    )


def _of_headings(there: int, here: int) -> str:
    return ngettext(
        "The source has %(num)s heading, your words have %(here)s.",
        "The source has %(num)s headings, your words have %(here)s.",
        there,
        here=here,
    )
