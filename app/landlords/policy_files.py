"""A policy file → a Landlord. Anything wrong, missing or unknown in it stops the start, with file and key."""

import re
from pathlib import Path
from typing import Any

from app.landlords import enquiry_facts, facts, letter_facts, promises, safety_facts
from app.landlords.enquiry_shapes import Danger
from app.landlords.shapes import Landlord, LeadTime, Source, Standard, Undertaking
from app.landlords.tables import Table, WrongPolicy
from app.languages import LANGUAGES
from app.working_days import NATIONS

CODE, LAW, SAFETY, DANGERS = "_code.toml", "_regulation.toml", "_safety.toml", "_dangers.toml"
THEMES = ("teal", "plum")
_KEY = re.compile(r"[a-z]+")


def read_landlord(folder: Path, key: str) -> Landlord:
    """The landlord of ``folder/<key>.toml``, with the promises of the Code and of the law beside its own.

    Raises WrongPolicy.
    """
    file = Table.of_file(folder / f"{key}.toml")
    parts = _who(file, key) | _how_to_reach(file) | _complaints(file) | _behaviour(file)
    own = promises.standards(file, "landlord")
    parts |= {
        "lead_times": promises.lead_times(file),
        "undertakings": promises.undertakings(file),
        "sources": tuple(_source(table) for table in file.tables("sources")),
        "extra_holidays": tuple(facts.extra_holiday(table) for table in file.tables("extra_holidays")),
        "teams": facts.options(file, "teams"),
        "retention": facts.retention(file),
        "quality": facts.quality(file.table("quality")),
        "approvals": letter_facts.approvals(file),
        "mark": letter_facts.mark(file),
        "enquiry_topics": enquiry_facts.topics(file),
    }
    file.close()
    law = Table.of_file(folder / LAW)
    parts["hazards"] = facts.hazards(law)
    parts["dangers"] = _dangers(Table.of_file(folder / DANGERS), tuple(one.key for one in parts["hazards"]))
    safety = Table.of_file(folder / SAFETY)
    parts["helplines"] = safety_facts.helplines(safety)
    safety.close()
    beside = _of_everybody(Table.of_file(folder / CODE), "code") + _of_everybody(law, "law")
    landlord = Landlord(**parts, standards=own + beside, unchecked=(*file.unchecked, *safety.unchecked))
    _every_source_is_listed(landlord, file)
    return landlord


def _dangers(file: Table, hazards: tuple[str, ...]) -> tuple[Danger, ...]:
    found = enquiry_facts.dangers(file, hazards)
    file.close()
    return found


def _of_everybody(file: Table, regime: str) -> tuple[Standard, ...]:
    """The standards that bind every landlord."""
    found = promises.standards(file, regime)
    file.close()
    return found


def _who(file: Table, key: str) -> dict[str, Any]:
    if not _KEY.fullmatch(key) or file.one_of("key", (key,)) != key:
        raise file.wrong("key", f"must be the file's name, {key}")
    return {
        "key": key,
        "name": file.text("name"),
        "nation": file.one_of("nation", tuple(NATIONS)),
        "languages": file.texts("languages", tuple(LANGUAGES)),
        "theme": file.one_of("theme", THEMES),
    }


def _how_to_reach(file: Table) -> dict[str, Any]:
    hours, calls = facts.opening_hours(file.table("hours")), facts.calls(file.table("calls"))
    return {
        "team": facts.team(file.table("team")),
        "address": facts.address(file.table("address")),
        "phone": facts.phone(file.table("phone")),
        "emergency_phone": facts.phone(file.table("emergency_phone")),
        "email": facts.email(file.table("email")),
        "website": facts.website(file.table("website")),
        "hours": hours,
        "calls": calls,
        "call_backs": facts.call_backs(file, calls, hours),
        "channels": facts.options(file, "channels"),
        "relay_service": facts.service(file, "sign_language"),
        "interpreting_service": facts.service(file, "interpreting"),
        "interpreter_booking": facts.interpreter_booking(file.table("interpreter_booking")),
        "portal_functions": facts.options(file, "portal_functions") if file.has("portal_functions") else (),
    }


def _complaints(file: Table) -> dict[str, Any]:
    return {
        "who_may_complain": facts.complainants(file),
        "services": facts.options(file, "services"),
        "complaint_kinds": facts.options(file, "complaint_kinds"),
        "exclusions": facts.exclusions(file),
        "stages": facts.stages(file),
        "escalation": facts.escalation(file.table("escalation")),
        "revised_date": facts.revised_date(file.table("revised_date")),
        "ombudsman": facts.ombudsman(file.table("ombudsman")),
    }


def _behaviour(file: Table) -> dict[str, Any]:
    return {
        "not_antisocial_behaviour": safety_facts.not_antisocial_behaviour(file),
        "antisocial_behaviour_kinds": safety_facts.behaviour_kinds(file),
        "exit_address": safety_facts.exit_address(file.table("exit")),
    }


def _source(table: Table) -> Source:
    found = Source(
        title=table.text("title"),
        is_checked=table.yes_or_no("checked"),
        read_on=table.day("read_on"),
        note=table.text_or_none("note"),
    )
    table.close()
    return found


def _every_source_is_listed(landlord: Landlord, file: Table) -> None:
    """What a promise says of its source begins with the title of a source that the file lists."""
    titles = tuple(source.title for source in landlord.sources)
    own = (standard for standard in landlord.standards if standard.regime == "landlord")
    promised: tuple[Standard | LeadTime | Undertaking, ...] = (*own, *landlord.lead_times, *landlord.undertakings)
    for promise in promised:
        if not promise.source.startswith(titles):
            raise WrongPolicy(file.file, promise.key, f"source {promise.source!r} is not among [[sources]]")
