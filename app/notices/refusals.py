"""Why something is not done with a notice. Codes: the words for them stand where colleagues read."""

from app.notices.lead import Lead


class ChangedMeanwhile(Exception):
    """Somebody else has changed the notice since it was looked at. ``version`` is the one that there is now."""

    def __init__(self, version: int) -> None:
        super().__init__(f"there is version {version} by now")
        self.version = version


class NotNow(Exception):
    """What is asked for does not go with the notice's state. ``code``: draft, to-approve, published, cancelled, over,
    or not-begun (only what has begun is resolved)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class WordsMissing(Exception):
    """There are no words in a language that cannot be left out: the landlord's first. ``part``: title or words."""

    def __init__(self, language: str, part: str = "words") -> None:
        super().__init__(f"{part} in {language}")
        self.language, self.part = language, part


class Unusable(Exception):
    """Something in a field that cannot stand there. ``field`` as in Given, or ``note``; ``code``:

    unknown, empty, too-long, not-before-end (``ends_at``), past, too-far, after-start (``announce_at``), no-zone.
    ``what`` is the piece that is meant, such as the unknown key, or the tag of a language.
    """

    def __init__(self, field: str, code: str, what: str = "") -> None:
        super().__init__(f"{field}: {code}{' ' if what else ''}{what}")
        self.field, self.code, self.what = field, code, what


class AnnouncedTooLate(Exception):
    """The landlord's lead time is not kept, and nobody who may has given a reason."""

    def __init__(self, lead: Lead) -> None:
        super().__init__(f"it had to be announced by {lead.latest_at.isoformat()}")
        self.lead = lead
