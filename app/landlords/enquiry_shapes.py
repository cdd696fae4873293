"""What a landlord knows before somebody asks: topics with their first help, and dangers in a home."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.landlords.shapes import Phone


@dataclass(frozen=True)
class Help:
    """A paragraph that may answer at once. ``label`` are the words of a link to ``page`` or to ``website``."""

    words: str
    label: str = ""
    page: str = ""  # an endpoint of ours, such as complaints.start
    website: str = ""


@dataclass(frozen=True)
class EnquiryTopic:
    """Something that tenants ask about. ``service`` is the key of the service that a complaint about it is about."""

    key: str
    label: str
    is_repair: bool = False  # then we ask what is wrong, and whether it is dangerous
    service: str = ""
    help: tuple[Help, ...] = ()


@dataclass(frozen=True)
class Danger:
    """Something wrong in a home. ``hazard`` is the key of the law's hazard that it is; empty for a usual repair.

    An emergency has ``advice`` on what to do at once, and ``phone`` where somebody else than the landlord is called
    first (``phone_of`` says who).
    """

    key: str
    label: str
    hazard: str = ""
    is_emergency: bool = False
    advice: tuple[str, ...] = ()
    phone: "Phone | None" = None
    phone_of: str = ""
