"""The kinds of notices, and what one says: the same shapes for the editor, the command and the pages."""

from dataclasses import dataclass
from datetime import datetime

KINDS = (
    "planned-maintenance",
    "technical-trouble",
    "busy-lines",
    "severe-weather",
    "office-closed",
    "repairs-programme",
    "other",
)
SEVERITIES = ("urgent", "important", "information")  # the most severe first
SERVICES = ("phone", "website", "portal", "email", "repairs", "payments", "office", "estates")
# The promise (its key in the policy's lead_times) that a kind of notice has to keep.
LEAD_TIMES = {"planned-maintenance": "planned_downtime"}
MOST_AT_ONCE = 2  # banners on a page


@dataclass(frozen=True)
class Given:
    """What a colleague or a monitoring system says of a notice. Moments are aware; ``words`` as in Notice."""

    kind: str
    severity: str
    words: dict[str, dict[str, str]]
    starts_at: datetime
    ends_at: datetime | None = None
    announce_at: datetime | None = None  # none: as soon as it is published
    services: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
