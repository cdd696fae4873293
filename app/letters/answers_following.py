"""What somebody tells us who follows a case."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

QUESTIONS: Mapping[str, str] = {
    "more": _l("What you want to add"),
    "stage_2_reasons": _l("What we should look at again"),
}
