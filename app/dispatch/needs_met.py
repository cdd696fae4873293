"""Which of the tenant's needs a letter leaves unmet, sent by this way and in this format. Pure."""

from collections.abc import Iterable

from app.tenants.models import CommunicationNeeds

FORMAT, LANGUAGE, CHANNEL, SAFE_WAY = NEEDS = ("format", "language", "channel", "safe-way")
WAYS_OF_CHANNELS = {"email": "email", "post": "letter"}
NOT_IN_AN_EMAIL = "audio-cd"  # an email is text and HTML, with a file in large print, sound or braille where needed
SAME_WORDS = frozenset({"standard-print", "html", "text"})  # whoever needs plain print reads any of them


def format_by(channel: str, needed: str) -> str:
    """The format in which a letter goes out by itself: the needed one, but for a disc in an email."""
    return "html" if channel == "email" and needed == NOT_IN_AN_EMAIL else needed


def is_ruled_out(needs: CommunicationNeeds, channel: str, left: Iterable[str] | None) -> bool:
    """Whether the tenant says that this way is not safe, and nobody decided otherwise (``left``: Message.unmet)."""
    return not needs.is_safe(WAYS_OF_CHANNELS[channel]) and SAFE_WAY not in (left or ())


def unmet(
    needs: CommunicationNeeds,
    *,
    speaks: str,
    language: str,
    channel: str,
    usual_channel: str | None,
    format_sent: str,
) -> tuple[str, ...]:
    """Keys of NEEDS, in their order. ``speaks`` is the tenant's language, ``language`` the letter's.

    ``channel`` is email or post; ``usual_channel`` the one that the tenant asked for and can be reached by, if any.
    """
    needed = needs.letter_format
    is_readable = format_sent == needed or (needed in SAME_WORDS and channel == "email")
    found = {
        FORMAT: not is_readable,
        LANGUAGE: speaks != language,
        CHANNEL: usual_channel is not None and usual_channel != channel,
        SAFE_WAY: not needs.is_safe(WAYS_OF_CHANNELS[channel]),
    }
    return tuple(need for need in NEEDS if found[need])
