"""What colleagues fill in for a notice: its kind and places, its times as London reads them, its words by language."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.caseload.days import as_typed, clock_as_typed
from app.caseload.notice_fields import LineIn, NoticesForm, TextIn, clock_field, day_field
from app.caseload.notice_words import KINDS, SERVICES, SEVERITIES, SEVERITY_HINTS, needed_words, unusable_words
from app.cases.clock import LONDON
from app.journeys.fields import Choice, Choices, Line, Pick
from app.notices import refusals, shapes
from app.notices.checking import LONGEST_TITLE, LONGEST_WORDS, PARTS
from app.notices.models import Notice
from app.notices.shapes import Given
from app.notices.showing import district_of
from app.notices.usual import usual_words

DAY = _l("Day, month and year, such as 4 12 2026")
CLOCK = _l("Such as 8:30 or 17:00")
# The parts of Given that are moments, each with whether it must be there.
MOMENTS = {"starts": True, "ends": False, "announce": False}
_BETWEEN = re.compile(r"[,;\s]+")
_SECOND_HALF = re.compile(r"\s+[0-9][A-Za-z]{2}(?=$|[,;\s])")  # of a whole postcode


class NoticeForm(NoticesForm):
    """Made by ``notice_form``, with the fields ``title-en``, ``words-en``… for each language."""

    kind = SelectField(_l("Kind of notice"), validate_choice=False)
    severity = Choice(_l("How much it matters"), needed=_l("Choose how much it matters"))
    services = Choices(_l("What is affected"), hint=_l("Choose all that apply, or none."))
    areas = Line(
        _l("Where"),
        hint=_l("First halves of postcodes, such as EX4, EX5. Leave it empty if it is for everybody."),
        classes="govuk-input--width-20",
        spellcheck=False,
        autocomplete="off",
    )
    starts_on, starts_clock = day_field(_l("First day")), clock_field(_l("Time at which it starts"))
    ends_on, ends_clock = day_field(_l("Last day")), clock_field(_l("Time at which it ends"))
    announce_on, announce_clock = day_field(_l("Shown from this day")), clock_field(_l("Shown from this time"))

    def prepare(self) -> None:
        self.kind.choices = [(key, KINDS[key]) for key in shapes.KINDS]
        self.severity.offer([Pick(key, SEVERITIES[key], SEVERITY_HINTS[key]) for key in shapes.SEVERITIES])
        self.services.offer([Pick(key, SERVICES[key]) for key in shapes.SERVICES])

    def begin_with_usual(self, kind: str) -> None:
        """The usual words of a kind, in each language that has them."""
        self.kind.data = kind
        self.severity.data = shapes.SEVERITIES[-1]
        for tag, said in usual_words(kind, self.landlord.languages).items():
            self[f"title-{tag}"].data, self[f"words-{tag}"].data = said["title"], said["words"]

    def begin(self, notice: Notice, now: datetime) -> None:
        self.kind.data, self.severity.data, self.services.data = notice.kind, notice.severity, list(notice.services)
        self.areas.data = ", ".join(notice.areas)
        is_shown_at_once = notice.state != "published" and notice.announce_at <= now
        announce = None if is_shown_at_once else notice.announce_at
        for name, moment in (("starts", notice.starts_at), ("ends", notice.ends_at), ("announce", announce)):
            if moment is not None:
                local = moment.astimezone(LONDON)
                self[f"{name}_on"].data, self[f"{name}_clock"].data = (
                    as_typed(local.date()),
                    clock_as_typed(local.time()),
                )
        for tag, said in notice.words.items():
            if f"title-{tag}" in self:
                self[f"title-{tag}"].data, self[f"words-{tag}"].data = said.get("title", ""), said.get("words", "")

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for name, is_needed in MOMENTS.items():
            self.check_moment(name, is_needed=is_needed)
        self._check_order()
        self._check_areas()
        self._check_words()
        return not self.errors

    def _check_order(self) -> None:
        starts, ends, announced = (self.moment(name) for name in MOMENTS)
        if starts and ends and ends <= starts:
            self.say("ends_on", unusable_words("ends_at", "not-before-end"))
        if starts and announced and announced > starts:
            self.say("announce_on", unusable_words("announce_at", "after-start"))

    def _check_areas(self) -> None:
        if wrong := [piece for piece in self._pieces() if district_of(piece) is None]:
            self.say("areas", unusable_words("areas", "unknown", wrong[0]))

    def _check_words(self) -> None:
        for tag in self.landlord.languages:
            is_first = tag == self.landlord.languages[0]
            said = {part: self[f"{part}-{tag}"] for part in PARTS}
            for part, field in said.items():
                if not field.data and (is_first or any(other.data for other in said.values())):
                    self.say(field.name, needed_words(part, tag, is_first=is_first))

    def _pieces(self) -> list[str]:
        """“EX4, EX5 6AB EX10” in three."""
        return [piece for piece in _BETWEEN.split(_SECOND_HALF.sub("", self.areas.data or "")) if piece]

    @property
    def given(self) -> Given:
        """Validate first."""
        starts = self.moment("starts")
        assert starts is not None
        words = {
            tag: {part: self[f"{part}-{tag}"].data or "" for part in PARTS}
            for tag in self.landlord.languages
            if self[f"title-{tag}"].data
        }
        return Given(
            kind=self.kind.data,
            severity=self.severity.data,
            words=words,
            starts_at=starts,
            ends_at=self.moment("ends"),
            announce_at=self.moment("announce"),
            services=tuple(self.services.data or ()),
            areas=tuple(dict.fromkeys(found for piece in self._pieces() if (found := district_of(piece)))),
        )

    def as_far_as_typed(self, at: datetime) -> Notice:
        """A notice that nobody keeps, of what can be read of the fields: for a look before saving. Never refuses."""
        starts, ends = self.moment("starts") or at, self.moment("ends")
        typed = {tag: {part: self[f"{part}-{tag}"].data or "" for part in PARTS} for tag in self.landlord.languages}
        said = {tag: words for tag, words in typed.items() if all(words.values())}
        return Notice(
            key="look",
            version=1,
            kind=self.kind.data if self.kind.data in shapes.KINDS else shapes.KINDS[-1],
            severity=self.severity.data if self.severity.data in shapes.SEVERITIES else shapes.SEVERITIES[-1],
            services=[key for key in shapes.SERVICES if key in (self.services.data or ())],
            areas=[found for piece in self._pieces() if (found := district_of(piece))],
            words=said or {self.landlord.languages[0]: typed[self.landlord.languages[0]]},
            state="published",
            announce_at=min(self.moment("announce") or at, starts),
            published_at=at,
            starts_at=starts,
            ends_at=ends if ends and ends > max(starts, at) else None,
        )

    def refused(self, why: refusals.Unusable | refusals.WordsMissing) -> None:
        """Say at its field what the rules of notices found."""
        if isinstance(why, refusals.WordsMissing):
            self.say(f"{why.part}-{why.language}", needed_words(why.part, why.language, is_first=True))
            return
        part, words = why.field, unusable_words(why.field, why.code, why.what)
        name = {"starts_at": "starts_on", "ends_at": "ends_on", "announce_at": "announce_on"}.get(part, part)
        tag = why.what if why.what in self.landlord.languages else self.landlord.languages[0]
        self.say(name if name in self else f"{part}-{tag}" if f"{part}-{tag}" in self else f"words-{tag}", words)


@lru_cache
def notice_form(languages: tuple[str, ...]) -> type[NoticeForm]:
    fields: dict[str, Any] = {}
    for tag in languages:
        fields[f"title-{tag}"] = LineIn(_l("Title"), tag=tag, longest=LONGEST_TITLE)
        fields[f"words-{tag}"] = TextIn(_l("Words"), tag=tag, rows=6, longest=LONGEST_WORDS)
    return type("NoticeForm", (NoticeForm,), fields)
