"""How notices are spoken of to tenants: kinds, severities, services, stages."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

KIND_WORDS: dict[str, LazyString] = {
    "planned-maintenance": _l("Planned work on our website or systems"),
    "technical-trouble": _l("Something is not working"),
    "busy-lines": _l("Our phone lines are busy"),
    "severe-weather": _l("Bad weather"),
    "office-closed": _l("Our office is closed"),
    "repairs-programme": _l("Repairs in your area"),
    "other": _l("Other news"),
}
# Never said by colour or picture alone: each stands before the title.
SEVERITY_WORDS: dict[str, LazyString] = {
    "urgent": _l("Urgent"),
    "important": _l("Important"),
    # Translators: how serious a service notice is: the least of three
    "information": _l("For your information"),
}
SERVICE_WORDS: dict[str, LazyString] = {
    "phone": _l("Our phone lines"),
    "website": _l("Our website"),
    # Translators: the part of the website where tenants sign in
    "portal": _l("Your online account"),
    "email": _l("Our email"),
    "repairs": _l("Repairs"),
    "payments": _l("Paying your rent"),
    "office": _l("Our office"),
    # Translators: stairs, gardens and other places that several homes share
    "estates": _l("Shared areas"),
}
STAGE_WORDS: dict[str, LazyString] = {
    "waiting": _l("Not announced yet"),
    # Translators: of a service notice: it is announced, and has not begun
    "announced": _l("Coming up"),
    # Translators: of a service notice: it has begun
    "live": _l("Happening now"),
    # Translators: of a service notice: it has ended
    "over": _l("Over"),
}
RESOLVED: LazyString = _l("Solved")
CANCELLED: LazyString = _l("Cancelled")
