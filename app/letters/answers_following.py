"""What somebody tells us who follows a case."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

QUESTIONS: Mapping[str, str] = {
    "more": _l("What you want to add"),
    "stage_2_reasons": _l("What we should look at again"),
    "interpreter_language": _l("Language of the interpreter"),
    "interpreter_way": _l("How you want to talk with us"),
    "interpreter_prefers": _l("Who should interpret"),
    "interpreter_when": _l("When it suits you"),
}
CHOSEN: Mapping[str, Mapping[str, str]] = {
    "interpreter_way": {"phone": _l("On the phone"), "video": _l("By video"), "in-person": _l("In person")},
    "interpreter_prefers": {"woman": _l("A woman"), "man": _l("A man")},
}
