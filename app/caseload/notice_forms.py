"""What colleagues fill in for a notice: its kind and places, its times as London reads them, its words by language."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.caseload.days import as_typed, clock_as_typed, clock_from, day_from, moment_from
from app.caseload.notice_words import KINDS, SERVICES, SEVERITIES, SEVERITY_HINTS, needed_words, unusable_words
from app.caseload.words import language_name
from app.cases.clock import LONDON
from app.journeys.fields import Choice, Choices, Line, Pick, Text
from app.journeys.forms import QuestionForm
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES
from app.notices import refusals, shapes
from app.notices.checking import LONGEST_TITLE, LONGEST_WORDS
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


class _Form(QuestionForm):
    """The page checks the token."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(landlord=current_landlord(), answers={}, meta={"csrf": False}, **kwargs)

    def say(self, name: str, words: str) -> None:
        """That a field is wrong, where the rules of notices and not the form found it."""
        self[name].errors = [*self[name].errors, words]


class _InLanguage:
    """A field whose words are in one language: ``lang`` tells browsers which spelling to check."""

    def __init__(self, label: Any, *, tag: str, **kwargs: Any) -> None:
        self.tag = tag
        super().__init__(label, direction=LANGUAGES[tag].direction, **kwargs)  # type: ignore[call-arg]  # the field beside it

    def _parameters(self, heading: str | None, revealed: dict[str, Any]) -> dict[str, Any]:
        params: dict[str, Any] = super()._parameters(heading, revealed)  # type: ignore[misc]
        return {**params, "attributes": {**params["attributes"], "lang": self.tag}}


class LineIn(_InLanguage, Line):
    pass


class TextIn(_InLanguage, Text):
    pass


def _day(label: Any) -> Line:
    return Line(label, hint=DAY, classes="govuk-input--width-10", autocomplete="off")


def _clock(label: Any) -> Line:
    return Line(label, hint=CLOCK, classes="govuk-input--width-5", autocomplete="off")


class NoticeForm(_Form):
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
    starts_on, starts_clock = _day(_l("First day")), _clock(_l("Time at which it starts"))
    ends_on, ends_clock = _day(_l("Last day")), _clock(_l("Time at which it ends"))
    announce_on, announce_clock = _day(_l("Shown from this day")), _clock(_l("Shown from this time"))

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
            self._check_moment(name, is_needed)
        self._check_order()
        self._check_areas()
        self._check_words()
        return not self.errors

    def _check_moment(self, name: str, is_needed: bool) -> None:
        day, clock = self[f"{name}_on"], self[f"{name}_clock"]
        if not (is_needed or day.data or clock.data):
            return
        on, at = day_from(day.data), clock_from(clock.data)
        if on is None:
            self.say(day.name, _("Enter a day, such as 4 12 2026"))
        if at is None:
            self.say(clock.name, _("Enter a time of day, such as 8:30"))
        if on and at and moment_from(on, at) is None:
            self.say(clock.name, _("There is no such time on this day: the clocks go forward. Enter another one"))

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
            said = {part: self[f"{part}-{tag}"] for part in ("title", "words")}
            for part, field in said.items():
                if not field.data and (is_first or any(other.data for other in said.values())):
                    self.say(field.name, needed_words(part, tag, is_first=is_first))

    def moment(self, name: str) -> datetime | None:
        on, at = day_from(self[f"{name}_on"].data), clock_from(self[f"{name}_clock"].data)
        return moment_from(on, at) if on and at else None

    def _pieces(self) -> list[str]:
        """“EX4, EX5 6AB EX10” in three."""
        return [piece for piece in _BETWEEN.split(_SECOND_HALF.sub("", self.areas.data or "")) if piece]

    @property
    def given(self) -> Given:
        """Validate first."""
        starts = self.moment("starts")
        assert starts is not None
        words = {
            tag: {part: self[f"{part}-{tag}"].data or "" for part in ("title", "words")}
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

    def refused(self, why: refusals.Unusable | refusals.WordsMissing) -> None:
        """Say at its field what the rules of notices found."""
        if isinstance(why, refusals.WordsMissing):
            self.say(f"{why.part}-{why.language}", needed_words(why.part, why.language, is_first=True))
            return
        part, words = why.field, unusable_words(why.field, why.code, why.what)
        name = {"starts_at": "starts_on", "ends_at": "ends_on", "announce_at": "announce_on"}.get(part, part)
        tag = why.what if why.what in self.landlord.languages else self.landlord.languages[0]
        self.say(name if name in self else f"{part}-{tag}" if f"{part}-{tag}" in self else f"words-{tag}", words)


class WordsForm(_Form):
    """Words added to a notice, in each language: made by ``words_form``. ``ends`` may be moved with an update."""

    ends_on, ends_clock = _day(_l("New last day")), _clock(_l("New time at which it ends"))

    def prepare(self) -> None:
        for tag in self.landlord.languages:
            self[f"update-{tag}"].label.text = _(
                "What to add, in this language: %(language)s", language=language_name(tag)
            )

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        on, at = day_from(self.ends_on.data), clock_from(self.ends_clock.data)
        if (self.ends_on.data or self.ends_clock.data) and on is None:
            self.say("ends_on", _("Enter a day, such as 4 12 2026"))
        if (self.ends_on.data or self.ends_clock.data) and at is None:
            self.say("ends_clock", _("Enter a time of day, such as 8:30"))
        if on and at and self.ends_at is None:
            self.say("ends_clock", _("There is no such time on this day: the clocks go forward. Enter another one"))
        return not self.errors

    @property
    def ends_at(self) -> datetime | None:
        on, at = day_from(self.ends_on.data), clock_from(self.ends_clock.data)
        return moment_from(on, at) if on and at else None

    @property
    def said(self) -> dict[str, str]:
        return {tag: words for tag in self.landlord.languages if (words := self[f"update-{tag}"].data)}


@lru_cache
def notice_form(languages: tuple[str, ...]) -> type[NoticeForm]:
    fields: dict[str, Any] = {}
    for tag in languages:
        fields[f"title-{tag}"] = LineIn(_l("Title"), tag=tag, longest=LONGEST_TITLE)
        fields[f"words-{tag}"] = TextIn(_l("Words"), tag=tag, rows=6, longest=LONGEST_WORDS)
    return type("NoticeForm", (NoticeForm,), fields)


@lru_cache
def words_form(languages: tuple[str, ...]) -> type[WordsForm]:
    fields = {f"update-{tag}": TextIn("", tag=tag, rows=4, longest=LONGEST_WORDS) for tag in languages}
    return type("WordsForm", (WordsForm,), fields)
