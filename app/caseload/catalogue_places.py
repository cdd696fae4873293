"""Where a sentence can be seen: the page that shows it, found by the file that says it."""

from collections.abc import Iterable

from flask import url_for

# The longest beginning that fits wins. Pages that need a case, or an answer before them, are led to by their start.
PAGES = {
    "app/antisocial_behaviour/": "antisocial_behaviour.start",
    "app/call_backs/": "call_backs.start",
    "app/complaints/": "complaints.start",
    "app/content/": "pages.help_index",
    "app/content/said_of_accessibility": "pages.accessibility",
    "app/content/said_of_this_website": "pages.privacy",
    "app/enquiries/": "enquiries.start",
    "app/enquiries/format": "page_formats.start",
    "app/feedback/": "compliments.start",
    "app/feedback/suggestion": "suggestions.start",
    "app/landlords/": "pages.standards",
    "app/notices/": "notices.see_all",
    "app/pages/": "pages.home",
    "app/pages/contact_parts": "pages.contact",
    "app/pages/promise": "pages.standards",
    "app/pages/reading": "reading.choose",
    "app/pages/repairs": "pages.help_index",
    "app/reception/": "complaints.start",
    "app/tracking/": "tracking.start",
    "app/working_days/": "pages.contact",
    "templates/antisocial_behaviour/": "antisocial_behaviour.start",
    "templates/base.html": "pages.home",
    "templates/call_backs/": "call_backs.start",
    "templates/complaints/": "complaints.start",
    "templates/content/": "pages.help_index",
    "templates/enquiries/": "enquiries.start",
    "templates/enquiries/check_page_format": "page_formats.start",
    "templates/enquiries/received_page_format": "page_formats.start",
    "templates/feedback/": "compliments.start",
    "templates/feedback/check_suggestion": "suggestions.start",
    "templates/feedback/suggestion": "suggestions.start",
    "templates/journeys/": "complaints.start",
    "templates/macros/contact": "pages.contact",
    "templates/macros/": "pages.home",
    "templates/notices/": "notices.see_all",
    "templates/pages/": "pages.home",
    "templates/pages/contact": "pages.contact",
    "templates/pages/help": "pages.help_index",
    "templates/pages/reading": "reading.choose",
    "templates/reception/come_back": "saving.come_back",
    "templates/reception/": "complaints.start",
    "templates/tracking/": "tracking.start",
}


def page_of(places: Iterable[str], tag: str) -> str | None:
    """The address of the page, in this language; None where nothing of the public site says it."""
    for place in places:
        fitting = [beginning for beginning in PAGES if place.startswith(beginning)]
        if fitting:
            return url_for(PAGES[max(fitting, key=len)], language=tag)
    return None
