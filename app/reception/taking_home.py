"""A letter as a file that its tenant takes home, in any format."""

from datetime import datetime

from flask import Response, send_file
from flask_babel import lazy_gettext as _l

from app.cases.models import Case
from app.cases.sensitive import is_sensitive
from app.letters.actions import choice_for, made_file, path_of
from app.letters.models import Letter

RECEIPT = "receipt"
FORMATS = {
    "standard-print": _l("To print (PDF)"),
    "large-print": _l("To print in large print (PDF)"),
    "html": _l("Web page"),
    "text": _l("Plain text"),
    "audio": _l("Sound file (MP3)"),
    "audio-cd": _l("Audio CD"),
    "wav": _l("Sound file without loss (WAV)"),
    "talking-book": _l("Talking book (EPUB)"),
    "braille": _l("Braille (BRF)"),
    "pef": _l("Braille (PEF)"),
}


def formats_for(case: Case) -> dict[str, object]:
    """The tenant's own format first."""
    needed = case.tenant.needs.letter_format
    return dict(sorted(FORMATS.items(), key=lambda pair: pair[0] != needed))


def taken_home(letter: Letter, format: str, at: datetime, *, is_shown_here: bool = False) -> Response:
    """The file, made now where it was not; ``is_shown_here``: for the page itself, not to be kept. Commits.

    Its name says which letter it is, but not where somebody else at home may see what is in a folder.
    Raises FormatRefused; NotMadeYet, or what the disk and the database raise, where it may be there in a minute.
    """
    case, needs = letter.case, letter.case.tenant.needs
    file = made_file(letter, format, choice_for(needs), at)
    path = path_of(file)
    what = letter.id if is_sensitive(case) else letter.name
    name = case.reference if letter.name == RECEIPT else f"{case.reference}-{what}"
    return send_file(path, file.media_type, as_attachment=not is_shown_here, download_name=f"{name}{path.suffix}")
