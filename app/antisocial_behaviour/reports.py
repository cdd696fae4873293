"""A report as colleagues see it: the band of its risk, and how it came about, in words."""

from dataclasses import dataclass

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.antisocial_behaviour.models import Report
from app.antisocial_behaviour.risk import HIGH, MEDIUM, STANDARD
from app.cases.models import Case
from app.extensions import db
from app.landlords.standards import Landlord
from app.letters.answers import QUESTIONS, words_of_answer
from app.letters.answers_antisocial_behaviour import CHOSEN

BANDS = {HIGH: _l("High risk"), MEDIUM: _l("Medium risk"), STANDARD: _l("Standard risk")}


@dataclass(frozen=True)
class Counted:
    """A row of the working. ``answer`` is empty where the question was not answered; ``lifted_to`` is a band."""

    question: str
    answer: str
    points: int
    lifted_to: str


def report_of(case: Case) -> Report | None:
    """What a case has beside it as a report of antisocial behaviour; None for a case of another kind."""
    return db.session.get(Report, case.id)


def band_words(band: str) -> str:
    return str(BANDS[band])


def working_of(report: Report, landlord: Landlord) -> tuple[Counted, ...]:
    """What counted, most points first; then what was not answered."""
    rows = sorted(report.risk_working, key=lambda row: -row["points"])
    return tuple(_counted(row, landlord) for row in rows)


def _counted(row: dict[str, object], landlord: Landlord) -> Counted:
    question, answer, lifts_to = str(row["question"]), row["answer"], str(row["lifts_to"])
    words = "" if answer is None else words_of_answer(question, answer, landlord) or str(answer)
    points = row["points"]
    assert isinstance(points, int)
    return Counted(str(QUESTIONS[question]), words, points, band_words(lifts_to) if lifts_to else "")


def strands_of(report: Report) -> list[str]:
    """Of hate, as perceived by the victim or anybody else, in words."""
    return [str(CHOSEN["hate_because"][strand]) for strand in report.hate_strands]


def judged_words(band: str, points: int) -> str:
    """A sentence for the history of a case."""
    return _("Risk judged by the answers: %(band)s, %(points)s points.", band=band_words(band), points=points)


def init_app(app: Flask) -> None:
    """Staff templates ask for these: the caseload's pages show a report beside its case."""
    app.jinja_env.globals.update(
        report_of=report_of, band_words=band_words, working_of=working_of, strands_of=strands_of
    )
