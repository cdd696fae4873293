"""What can be done on a complaint's pages: each act with its form, and what the form begins with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.caseload.complaint_forms import (
    ContactForm,
    DefinitionForm,
    NewPointForm,
    PutRightForm,
    RemedyForm,
    StepForm,
    TriageForm,
)
from app.cases.models import Case
from app.complaints import points, stage_one
from app.complaints.models import ComplaintFile
from app.staff.models import StaffMember

Do = Callable[[Case, Any, datetime, StaffMember], str]


def _triage(case: Case, form: TriageForm, at: datetime, who: StaffMember) -> str:
    agrees = form.tenant_agrees.data == "yes"
    found = stage_one.triage(case, form.found.data, at, who, tenants_say=form.tenants_say.data, tenant_agrees=agrees)
    if found == stage_one.SERVICE_REQUEST:
        return _("Recorded: a service request. The promises of a complaint have fallen away.")
    if form.stays_a_complaint:
        return _("Recorded: it stays a complaint, because the tenant has not agreed to anything else.")
    return _("Recorded: a complaint.")


def _define(case: Case, form: DefinitionForm, at: datetime, who: StaffMember) -> str:
    stage_one.define(
        case,
        form.definition.data,
        at,
        who,
        outcomes_sought=form.outcomes_sought.data or "",
        is_agreed=form.is_agreed.data == "yes",
        written_in=form.written_in.data,
        kind=form.kind,
    )
    return _("The definition is saved. Write the acknowledgement again to tell the tenant.")


def _contact(case: Case, form: ContactForm, at: datetime, who: StaffMember) -> str:
    stage_one.record_contact(case, form.channel.data, form.summary.data, at, who)
    return _("Recorded: you were in touch with the tenant.")


def _put_right(case: Case, form: PutRightForm, at: datetime, who: StaffMember) -> str:
    stage_one.record_there_and_then(case, form.put_right.data, at, who, written_in=form.written_in.data)
    return _("Recorded. The letter about it is on the overview: send it. The complaint goes on.")


def _list_point(case: Case, form: NewPointForm, at: datetime, who: StaffMember) -> str:
    points.list_point(case, form.words.data, at, who)
    return _("The point is listed.")


def _offer_remedy(case: Case, form: RemedyForm, at: datetime, who: StaffMember) -> str:
    points.offer_remedy(case, form.kind.data, form.words.data, at, who, pence=form.pence)
    return _("The remedy is saved. The tenant is told with the answer.")


def _triage_so_far(file: ComplaintFile) -> dict[str, Any]:
    return {"found": file.triage, "tenants_say": file.tenants_say}


def _definition_so_far(file: ComplaintFile) -> dict[str, Any]:
    """What was defined; at first the tenant's own answer to what would put it right stands beside the form."""
    agreed = {True: "yes", False: "no"}[bool(file.is_agreed)] if file.definition else None
    return {
        "definition": file.definition,
        "outcomes_sought": file.outcomes_sought,
        "is_agreed": agreed,
        "kind_of_complaint": file.kind_of_complaint,
    }


def _nothing(file: ComplaintFile) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Act:
    """``rule`` is a key of stages.RULES; ``button`` sends the form."""

    rule: str
    title: str
    button: str
    form: type[StepForm]
    do: Do
    so_far: Callable[[ComplaintFile], dict[str, Any]] = _nothing


ACTS: Mapping[str, Act] = {
    "triage": Act("triage", _l("Complaint or service request"), _l("Save"), TriageForm, _triage, _triage_so_far),
    "definition": Act(
        "define", _l("Definition and outcomes"), _l("Save the definition"), DefinitionForm, _define, _definition_so_far
    ),
    "contact": Act("record_contact", _l("In touch with the tenant"), _l("Save the contact"), ContactForm, _contact),
    "put-right": Act(
        "record_there_and_then", _l("Put right at once"), _l("Save and write the letter"), PutRightForm, _put_right
    ),
    "point": Act("list_point", _l("List a point"), _l("Save the point"), NewPointForm, _list_point),
    "remedy": Act("offer_remedy", _l("Remedy"), _l("Save the remedy"), RemedyForm, _offer_remedy),
}
