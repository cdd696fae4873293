"""What a reviewer found, and what all of it shows by month."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.cases.actions import add_event
from app.cases.models import Case
from app.extensions import db
from app.measures import words
from app.measures.charts import Chart, bars
from app.measures.models import QualityCheck
from app.measures.months import Period, names_of
from app.measures.promises_kept import chart_words
from app.measures.sampling import may_check, took_part_in
from app.measures.tables import Cell, Line, Panel, Table, share_words
from app.staff.models import StaffMember
from app.staff.roles import may_read_restricted

PAGE = 50  # checks
YES, PARTLY, NO, NOT_APPLICABLE = ANSWERS = ("yes", "partly", "no", "not-applicable")
JUDGED = (YES, PARTLY, NO)
QUESTIONS = {
    "effect": _l("Did our answer put things right for the tenant?"),
    "consistency": _l("Is it consistent with what we decided in cases like it?"),
    "points": _l("Was every point that the tenant raised answered?"),
    "tone": _l("Was the tone respectful and plain?"),
    "format": _l("Did letters go out in the format and language needed?"),
}
SHORT = {
    "effect": _l("Effect"),
    "consistency": _l("Consistency"),
    "points": _l("Points answered"),
    "tone": _l("Tone"),
    "format": _l("Format met"),
}
ANSWER_WORDS = {
    "yes": _l("Yes"),
    "partly": _l("Partly"),
    "no": _l("No"),
    "not-applicable": _l("Does not apply"),
}


class CheckedAlready(Exception):
    """Somebody has written down what they found."""


class NotTheirs(Exception):
    """This colleague may not check this case: they took part in it, or may not open it."""


def eligible(check: QualityCheck, colleague: StaffMember) -> bool:
    return may_check(check.case, colleague, took_part_in([check.case_id]).get(check.case_id, ()))


def record(check: QualityCheck, colleague: StaffMember, answers: Mapping[str, str], notes: str, at: datetime) -> None:
    """Write down what the reviewer found; whoever checks a case becomes its reviewer. No commit.

    Raises CheckedAlready, NotTheirs.
    """
    if check.checked_at is not None:
        raise CheckedAlready
    if not eligible(check, colleague):
        raise NotTheirs
    check.answers, check.notes = {question: answers[question] for question in QUESTIONS}, notes or None
    check.checked_at, check.reviewer = at, colleague
    add_event(check.case, "quality_checked", at, colleague.email)


def to_do(colleague: StaffMember) -> list[QualityCheck]:
    """What this colleague has still to check, the oldest first."""
    waiting = _whole().where(QualityCheck.reviewer_id == colleague.id, QualityCheck.checked_at.is_(None))
    return list(db.session.scalars(waiting.order_by(QualityCheck.id).limit(PAGE)))


def _whole() -> Select[QualityCheck]:
    return select(QualityCheck).options(joinedload(QualityCheck.case), joinedload(QualityCheck.reviewer))


def found_in(
    period: Period, colleague: StaffMember, question: str | None, answer: str | None, after: int
) -> list[QualityCheck]:
    """The checks of these months that this colleague may see by name, by number; one more than a page."""
    query = _whole().join(Case, Case.id == QualityCheck.case_id)
    query = query.where(QualityCheck.month.between(str(period.first), str(period.last)), QualityCheck.id > after)
    if question in QUESTIONS and answer in ANSWERS:
        query = query.where(QualityCheck.answers[question].as_string() == answer)
    elif answer == "waiting":
        query = query.where(QualityCheck.checked_at.is_(None))
    if not may_read_restricted(colleague):
        query = query.where(Case.is_restricted.is_(False))
    return list(db.session.scalars(query.order_by(QualityCheck.id).limit(PAGE + 1)))


def results(period: Period) -> tuple[Panel, Panel]:
    """What was found: by month, and by question over the period."""
    months = names_of(period)
    given = {question: _answers(question, period) for question in QUESTIONS}
    rule = (
        _("Checks count in the month in which the complaint was closed."),
        _("Share: yes ÷ (yes + partly + no). What does not apply is left out."),
    )
    title, by_month = _("What reviewers found, by question"), _("What reviewers found, by month")
    found = {str(label): _three(given[question], months) for question, label in SHORT.items()}
    of_months = {words.span_words(month): _all_questions(given, month) for month in months}
    return (
        Panel("by-month", by_month, rule, (_by_month(given, months),), _drawn("by-month", by_month, of_months)),
        Panel("by-question", title, rule, (_by_question(given, period),), _drawn("by-question", title, found)),
    )


def _drawn(key: str, title: str, found: Mapping[str, list[int]]) -> Chart | None:
    parts = [str(ANSWER_WORDS[answer]) for answer in JUDGED]
    rows = [(f"{label} · {share_words(numbers[0], sum(numbers))}", numbers) for label, numbers in found.items()]
    return bars(key, chart_words(title), parts, rows, as_shares=True)


def _three(given: Counter[tuple[str, str]], months: Sequence[str]) -> list[int]:
    return [sum(given[month, answer] for month in months) for answer in JUDGED]


def _all_questions(given: Mapping[str, Counter[tuple[str, str]]], month: str) -> list[int]:
    return [sum(given[question][month, answer] for question in QUESTIONS) for answer in JUDGED]


def _answers(question: str, period: Period) -> Counter[tuple[str, str]]:
    answer = QualityCheck.answers[question].as_string()
    counted = select(QualityCheck.month, answer, func.count()).where(
        QualityCheck.checked_at.is_not(None), QualityCheck.month.between(str(period.first), str(period.last))
    )
    rows = db.session.execute(counted.group_by(QualityCheck.month, answer))
    return Counter({(month, given): number for month, given, number in rows})


def _by_question(given: Mapping[str, Counter[tuple[str, str]]], period: Period) -> Table:
    lines = []
    for question, label in QUESTIONS.items():
        numbers = [
            sum(number for (_month, one), number in given[question].items() if one == answer) for answer in ANSWERS
        ]
        to = {"first": str(period.first), "last": str(period.last), "question": question}
        cells = (
            Cell(str(number), {**to, "answer": answer} if number else {})
            for number, answer in zip(numbers, ANSWERS, strict=True)
        )
        lines.append(Line(str(label), (Cell(share_words(numbers[0], sum(numbers[:3]))), *cells)))
    headings = (_("Question"), _("Share of yes"), *(str(label) for label in ANSWER_WORDS.values()))
    return Table(_("Answers, by question"), headings, tuple(lines))


def _by_month(given: Mapping[str, Counter[tuple[str, str]]], months: Sequence[str]) -> Table:
    counted = select(QualityCheck.month, func.count(), func.count(QualityCheck.checked_at)).where(
        QualityCheck.month.in_(months)
    )
    sizes = {month: (drawn, done) for month, drawn, done in db.session.execute(counted.group_by(QualityCheck.month))}
    lines = []
    for month in months:
        drawn, done = sizes.get(month, (0, 0))
        to = {"first": month, "last": month}
        shares = (Cell(_share_of_yes(given[question], month)) for question in QUESTIONS)
        waiting = Cell(str(drawn - done), {**to, "answer": "waiting"} if drawn > done else {})
        size = Cell(str(drawn), to if drawn else {})
        every = _all_questions(given, month)
        lines.append(
            Line(
                words.span_words(month),
                (size, Cell(str(done)), waiting, Cell(share_words(every[0], sum(every))), *shares),
            )
        )
    headings = (
        _("Month"),
        _("Drawn"),
        _("Checked"),
        _("To check"),
        _("All questions"),
        *(str(label) for label in SHORT.values()),
    )
    return Table(_("Checks by month, and the share of yes"), headings, tuple(lines))


def _share_of_yes(given: Counter[tuple[str, str]], month: str) -> str:
    numbers = _three(given, (month,))
    return share_words(numbers[0], sum(numbers))
