"""What a letter says of the promises: one line each, with the day by which we keep it."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.cases.models import Case, Promise
from app.cases.promises import ACKNOWLEDGE, HAZARD_EMERGENCY, REPAIR_EMERGENCY, is_answer, is_kept_by_acknowledging
from app.letters import facts

# Awaab's Law, by the promise.
LAW: Mapping[str, str] = {
    "hazard.emergency_make_safe": _l(
        "The law says that we must look at the danger and make your home safe by %(when)s."
    ),
    "hazard.investigate": _l("The law says that we must find out what is wrong in your home by %(when)s."),
    "hazard.summary": _l("The law says that we must write to you what we found by %(when)s."),
    "hazard.make_safe": _l("The law says that we must make your home safe by %(when)s."),
    "hazard.begin_further_work": _l(
        "If more work is needed, the law says that we must begin to arrange it by %(when)s."
    ),
    "hazard.start_further_work": _l("If more work is needed, the law says that it must start by %(when)s."),
}


STAGE_2_ACKNOWLEDGE = "complaint.stage_2_acknowledge"


def lines(
    case: Case, labels: Mapping[str, str], *, is_acknowledged: bool, is_answered: bool = False
) -> tuple[Markup, ...]:
    """One sentence for each open promise, earliest first.

    Where the landlord and the Code promise the same, the earlier day is told: it is the one that the tenant can hold
    us to. ``labels`` gives each standard's words, for a promise that has no sentence here. ``is_acknowledged``: this
    is the acknowledgement, and does not promise itself; ``is_answered``: this is the answer, likewise.
    """
    earliest: dict[str, Promise] = {}
    law = {promise.standard for promise in case.promises if promise.is_open and promise.standard in LAW}
    for promise in sorted(case.promises, key=lambda promise: promise.due_at):
        if promise.is_open and not (is_answered and is_answer(promise.standard)):
            standard = promise.standard
            if is_kept_by_acknowledging(case.kind, standard):
                standard = ACKNOWLEDGE
            elif standard == REPAIR_EMERGENCY and HAZARD_EMERGENCY in law:
                standard = HAZARD_EMERGENCY  # the same deed: the tenant is told of it once
            earliest.setdefault(standard, promise)
    if is_acknowledged:
        earliest.pop(ACKNOWLEDGE, None)
        earliest.pop(STAGE_2_ACKNOWLEDGE, None)
    if case.tenant.needs.safe_ways == [] and earliest:
        # Nobody may write to them: what is promised is that somebody looks, and they come back to see.
        first = next(iter(earliest.values()))
        return (Markup(_("We will look at what you sent by %(when)s.")) % {"when": _when(first)},)  # noqa: S704
    return tuple(_sentence(what, promise, labels) for what, promise in earliest.items())


def _sentence(what: str, promise: Promise, labels: Mapping[str, str]) -> Markup:
    when = _when(promise)
    act = what.rpartition(".")[2]
    if what in LAW:
        sentence = str(LAW[what])
    elif act == ACKNOWLEDGE:
        sentence = _("We will write to you to say who is dealing with this by %(when)s.")
    elif act == "stage_1_contact":
        sentence = _("Somebody from the team will get in touch with you by %(when)s.")
    elif what == STAGE_2_ACKNOWLEDGE:
        sentence = _("We will write to you about your request for stage 2 by %(when)s.")
    elif act in ("stage_1_response", "stage_2_response") or act.startswith("answer_"):
        sentence = _("We will send you our answer by %(when)s.")
    else:
        # Translators: a promise and its day, as in "Arrange a repair: by Tuesday 29 December 2026."
        sentence = _("%(what)s: by %(when)s.")
    words = {"what": _(labels.get(promise.standard, promise.standard)), "when": when}
    return Markup(sentence) % words  # noqa: S704  our own sentences; what goes in is escaped or Markup


def _when(promise: Promise) -> Markup:
    """The minute where hours were promised, else the day."""
    return (facts.day_and_time if promise.unit == "hours" else facts.day)(promise.due_at)
