"""Why a file is not taken, and what to do about it: whole sentences for the tenant, in the language of the page."""

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.uploads.limits import limits

MEGABYTE = 1_000_000
KILOBYTE = 1_000


class NotTaken(Exception):
    """The file is not kept. ``reason`` tells the tenant why, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def size_words(size: int) -> str:
    """4 MB, 3.2 MB, 80 KB."""
    if size >= MEGABYTE:
        # Translators: the size of a file, in megabytes
        return _("%(size)s MB", size=format_decimal(round(size / MEGABYTE, 1)))
    # Translators: the size of a file, in kilobytes
    return _("%(size)s KB", size=format_decimal(max(1, round(size / KILOBYTE))))


def too_large(name: str, kind: str) -> NotTaken:
    size = size_words(limits().bytes_of(kind))
    if kind == "film":
        return NotTaken(
            _("“%(name)s” is too large. A video can be up to %(size)s. Try a shorter one.", name=name, size=size)
        )
    if kind == "photo":
        return NotTaken(
            _("“%(name)s” is too large. A photo can be up to %(size)s. Try a smaller one.", name=name, size=size)
        )
    return NotTaken(
        _("“%(name)s” is too large. It can be up to %(size)s. Try to send it in parts.", name=name, size=size)
    )


def too_long(name: str, kind: str) -> NotTaken:
    minutes = (limits().film.seconds if kind == "film" else limits().sound.seconds) // 60
    return NotTaken(
        ngettext(
            "“%(name)s” is too long. It can last %(num)s minute. Try to send it in parts.",
            "“%(name)s” is too long. It can last up to %(num)s minutes. Try to send it in parts.",
            minutes,
            name=name,
        )
    )


def too_many_pixels(name: str) -> NotTaken:
    return NotTaken(
        _(
            "“%(name)s” has more than %(count)s million dots. Set a smaller size in the camera and take it again.",
            name=name,
            count=format_decimal(limits().photo.pixels // 1_000_000),
        )
    )


def too_many_pages(name: str) -> NotTaken:
    return NotTaken(
        _(
            "“%(name)s” has too many pages. A PDF can have up to %(count)s. Try to send it in parts.",
            name=name,
            count=format_decimal(limits().document.pages),
        )
    )


def too_many_files(name: str) -> NotTaken:
    return NotTaken(
        _(
            "We could not add “%(name)s”. You can add up to %(count)s files. Remove one first.",
            name=name,
            count=format_decimal(limits().draft.files),
        )
    )


def too_much_together(name: str) -> NotTaken:
    return NotTaken(
        _(
            "We could not add “%(name)s”. All files together can be up to %(size)s. Remove one first.",
            name=name,
            size=size_words(limits().draft.bytes),
        )
    )


def empty(name: str) -> NotTaken:
    return NotTaken(_("“%(name)s” is empty. Choose the file again, or choose another one.", name=name))


def unknown(name: str) -> NotTaken:
    return NotTaken(_("We cannot open “%(name)s”. Choose a photo, a PDF, a sound recording or a video.", name=name))


def broken(name: str) -> NotTaken:
    return NotTaken(
        _("We could not read “%(name)s”. It may be damaged. Choose it again, or choose another one.", name=name)
    )


def locked(name: str) -> NotTaken:
    return NotTaken(_("“%(name)s” is locked with a password. Choose a copy that is not locked.", name=name))


def infected(name: str) -> NotTaken:
    return NotTaken(_("We did not keep “%(name)s”. Our check found a virus in it. Choose another file.", name=name))
