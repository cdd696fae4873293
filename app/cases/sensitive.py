"""Cases where somebody may look over the tenant's shoulder: their pages, emails and links give nothing away."""

from app.cases.models import Case

SENSITIVE_KINDS = frozenset({"antisocial-behaviour"})


def is_sensitive(case: Case) -> bool:
    return case.is_restricted or case.kind in SENSITIVE_KINDS
