"""The pages of one case: what each is called, and for which kinds it is there."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.cases.models import Case


@dataclass(frozen=True)
class Section:
    """``endpoint`` takes ``reference``. ``kinds`` () is every kind."""

    endpoint: str
    label: str
    kinds: tuple[str, ...] = ()


SECTIONS = (
    Section("caseload.see_a_case", _l("Overview")),
    Section("caseload.see_the_complaint", _l("Complaint"), ("complaint",)),
    Section("caseload.see_the_actions", _l("Actions")),
    Section("caseload.see_the_letters", _l("Letters")),
    Section("caseload.see_the_dates", _l("Dates")),
    Section("caseload.see_the_caller", _l("Who is calling?")),
    Section("caseload.see_the_needs", _l("Needs")),
    Section("caseload.see_the_conversations", _l("Conversations")),
    Section("caseload.answer_a_case", _l("Answer"), ("enquiry", "suggestion")),
    Section("caseload.see_the_praise", _l("Pass on"), ("compliment",)),
    Section("caseload.see_the_diary", _l("Diary and risk"), ("antisocial-behaviour",)),
    Section("caseload.see_the_plan", _l("Action plan"), ("antisocial-behaviour",)),
    Section("caseload.see_the_same_matter", _l("Same matter"), ("antisocial-behaviour",)),
    Section("caseload.see_the_appointments", _l("Appointments")),
    Section("caseload.see_the_interpreters", _l("Interpreters")),
    Section("caseload.see_the_hand_over", _l("Hand over")),
    Section("caseload.see_the_ending", _l("Stage 2 and closing"), ("complaint",)),
    Section("caseload.see_the_ending", _l("Closing"), ("compliment", "suggestion", "antisocial-behaviour", "enquiry")),
)


def sections_of(case: Case) -> list[Section]:
    return [section for section in SECTIONS if not section.kinds or case.kind in section.kinds]
