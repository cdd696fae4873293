"""What the website says of how promises were kept: the same as the dashboard, never of too few, never invented."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import func, select

from app.complaints.models import ComplaintFile, Learning
from app.content.remembered import KEPT_FOR
from app.extensions import db
from app.measures import publishing
from app.notices import front_routes
from app.notices.models import Notice
from app.pages.models import PublishedFigure
from app.pages.published import PUBLISHED, Share
from tests.measures.rows import a_case_of, a_promise, moment

SUNDAY_NOON = moment("2026-11-22T12:00")
OURS = ("complaint.acknowledge", "landlord")


def promises_due(day: str, kept: int, late: int, *, regime: str = "landlord", **different: str) -> None:
    for number in range(kept + late):
        met = f"{day}T16:59" if number < kept else f"{day}T17:01"
        case = a_case_of(received_at=moment(f"{day}T09:00"))
        a_promise(case, f"{day}T17:00", met=met, regime=regime, **different)


def published() -> dict[tuple[str, str], tuple[int, int]]:
    rows = db.session.scalars(select(PublishedFigure))
    return {(row.standard, row.regime): (row.kept, row.counted) for row in rows}


def test_the_twelve_months_up_to_yesterday_are_counted(app: Flask) -> None:
    promises_due("2025-11-21", 1, 1)  # a day too early
    promises_due("2025-11-22", 2, 1)
    promises_due("2026-11-21", 1, 1)
    promises_due("2026-11-22", 1, 1)  # the day is not over
    promises_due("2026-10-30", 1, 0, regime="code")
    publishing.publish(SUNDAY_NOON)
    assert published()[OURS] == (3, 5)
    assert published()["complaint.acknowledge", "code"] == (1, 1)
    row = db.session.scalars(select(PublishedFigure)).first()
    assert row is not None
    assert (str(row.first_day), str(row.last_day)) == ("2025-11-22", "2026-11-21")


def test_what_waits_for_the_tenant_or_fell_away_counts_neither_way(sqlite_app: Flask) -> None:
    for became in ({}, {"paused": "2026-10-05T09:00"}, {"ended": "2026-10-05T09:00"}):  # the first: never done
        a_promise(a_case_of(received_at=moment("2026-10-01T09:00")), "2026-10-06T17:00", **became)
    publishing.publish(SUNDAY_NOON)
    assert published()[OURS] == (0, 1)


@pytest.mark.parametrize(
    ("at", "first", "last"),
    [
        ("2026-11-22T00:00", "2025-11-22", "2026-11-21"),
        ("2027-03-28T22:59", "2026-03-28", "2027-03-27"),  # Sunday, 23:59 in London: summer time has begun
        ("2027-03-28T23:00", "2026-03-29", "2027-03-28"),
        ("2028-02-29T12:00", "2027-02-28", "2028-02-28"),
    ],
)
def test_a_year_is_of_londons_days(at: str, first: str, last: str) -> None:
    year = publishing.year_of(moment(at))
    assert (str(year.first_day), str(year.last_day)) == (first, last)


def test_publishing_again_says_what_is_true_now(app: Flask) -> None:
    promises_due("2026-09-01", 2, 0)
    publishing.publish(moment("2026-10-15T12:00"))
    promises_due("2026-11-03", 0, 1)
    for _again in range(2):
        publishing.publish(SUNDAY_NOON)
    rows = db.session.scalars(select(PublishedFigure).where(PublishedFigure.standard == OURS[0])).all()
    assert [(str(row.last_day), row.kept, row.counted) for row in rows] == [("2026-11-21", 2, 3)]


def test_the_worker_publishes_once_a_day_and_nothing_where_nothing_fell_due(sqlite_app: Flask) -> None:
    def counted_at() -> datetime | None:
        return db.session.scalar(select(func.max(PublishedFigure.counted_at)))

    promises_due("2026-11-22", 1, 0)  # today
    publishing.sweep(SUNDAY_NOON)
    assert counted_at() is None
    promises_due("2026-11-20", 1, 0)
    publishing.sweep(SUNDAY_NOON)
    publishing.sweep(moment("2026-11-22T23:59"))
    assert counted_at() == SUNDAY_NOON
    publishing.sweep(moment("2026-11-23T00:00"))
    assert counted_at() == moment("2026-11-23T00:00")


def test_lead_times_are_published_too(sqlite_app: Flask) -> None:
    a_case_of(received_at=moment("2026-10-01T09:00"))
    for number, kept in enumerate((True, True, False, None)):
        at = moment("2026-10-05T09:00")
        db.session.add(
            Notice(
                key=f"maintenance-{number}", kind="planned-maintenance", words={}, state="published", announce_at=at,
                starts_at=at + timedelta(days=7), published_at=at, changed_at=at, created_at=at,
                written_by="command", lead_is_kept=kept,
            )
        )  # fmt: skip
    db.session.commit()
    publishing.publish(SUNDAY_NOON)
    assert published()["planned_downtime", "landlord"] == (2, 3)


def page(app: Flask, monkeypatch: pytest.MonkeyPatch, language: str = "en") -> html.HtmlElement:
    monkeypatch.setattr(front_routes, "now", lambda: datetime.now(UTC) + KEPT_FOR)  # nothing that was remembered
    app.extensions.pop("remembered_values", None)
    answer = app.test_client().get(f"/{language}/standards")
    assert answer.status_code == 200
    return html.fromstring(answer.data)


def said_of(page: html.HtmlElement, caption: str, what: str) -> list[str]:
    """The cells of a promise's row, without the names of the columns that a phone shows."""
    for table in page.xpath("//table"):
        if table.xpath("string(caption)").strip() == caption:
            for row in table.xpath(".//tbody/tr"):
                if row.xpath("string(th)").strip() == what:
                    return [" ".join(cell.itertext()).split("\n")[0] for cell in _bare(row)]
    raise AssertionError(f"{caption}: {what} is not there")


def _bare(row: html.HtmlElement) -> list[html.HtmlElement]:
    for name in row.xpath(".//*[@aria-hidden='true']"):
        name.drop_tree() if not name.tail else name.clear(keep_tail=True)
    return list(row.xpath("td"))


COMPLAINTS = "Complaints, praise and ideas: our own times"
ACKNOWLEDGED = "We tell you that we have your complaint, and who deals with it"


def test_a_promise_stands_beside_how_often_it_was_kept(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for standard, kept, counted in ((OURS[0], 299, 300), ("complaint.stage_1_response", 9, 9)):
        db.session.add(
            PublishedFigure(
                standard=standard, regime="landlord", first_day=date(2025, 11, 22), last_day=date(2026, 11, 21),
                counted=counted, kept=kept, counted_at=SUNDAY_NOON,
            )
        )  # fmt: skip
    db.session.commit()
    found = page(sqlite_app, monkeypatch)
    within, share = said_of(found, COMPLAINTS, ACKNOWLEDGED)
    assert within.split() == ["Within", "24", "hours"]
    assert share.split() == ["99%", "(299", "of", "300)"]  # not 100 %: one was late
    assert said_of(found, COMPLAINTS, "We answer your complaint")[1].split() == ["Too", "few", "to", "say"]
    calls = said_of(found, "Talking and writing to us: our own times", "We answer your call")
    assert calls[1].split() == ["Not", "counted", "here"]
    assert "We counted the twelve months from 22 November 2025 to 21 November 2026." in found.text_content()


def test_before_anything_was_counted_the_page_says_so(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    found = page(sqlite_app, monkeypatch)
    assert said_of(found, COMPLAINTS, ACKNOWLEDGED)[1].split() == ["Not", "counted", "yet"]
    assert "You said, we did" not in found.text_content()


def test_every_promise_of_the_policy_is_on_the_page(make_app, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from app.landlords.standards import current_landlord

    for landlord in ("livewest", "livv"):
        app = make_app(landlord=landlord)
        with app.app_context():
            found, promised = page(app, monkeypatch), current_landlord()
        words = " ".join(found.text_content().split())
        assert not [one.key for one in promised.undertakings if one.words not in words]
        rows = len(found.xpath("//main//tbody/tr"))
        calls = promised.calls.answered_within_minutes is not None
        assert rows == len(promised.standards) + len(promised.lead_times) + calls


def test_what_was_changed_because_of_complaints_is_told_where_it_may_be(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def learned(words: str, changed: str | None, *, may_be_published: bool = True, is_restricted: bool = False) -> None:
        case = a_case_of(is_restricted=is_restricted)
        db.session.add(ComplaintFile(case=case))
        db.session.flush()
        on = moment(f"{changed}T00:00").date() if changed else None
        db.session.add(
            Learning(
                case_id=case.id, words=words, service="repairs", may_be_published=may_be_published,
                recorded_at=SUNDAY_NOON, recorded_by="sam.field@landlord.example", changed_on=on,
            )
        )  # fmt: skip
        db.session.commit()

    learned("Lifts are looked at each month", "2026-09-14")
    learned("Nobody may read this", "2026-09-14", may_be_published=False)
    learned("This has still to be done", None)
    learned("This was of a restricted case", "2026-09-14", is_restricted=True)
    found = page(sqlite_app, monkeypatch, "cy")
    (said,) = found.xpath("//*[@lang='en' and contains(., 'Lifts')]")
    assert said.text_content() == "Lifts are looked at each month."
    words = found.text_content()
    assert not [no for no in ("Nobody may", "still to be", "restricted case") if no in words]


def test_a_page_that_was_kept_has_new_figures_a_minute_later(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [SUNDAY_NOON]
    monkeypatch.setattr(front_routes, "now", lambda: clock[0])
    client = sqlite_app.test_client()
    assert "Not counted yet" in client.get("/en/standards").get_data(as_text=True)
    promises_due("2026-11-20", 1, 0)
    publishing.publish(SUNDAY_NOON)
    clock[0] += KEPT_FOR - timedelta(seconds=1)
    assert "Not counted yet" in client.get("/en/standards").get_data(as_text=True)
    clock[0] += timedelta(seconds=1)
    words = client.get("/en/standards").get_data(as_text=True)
    assert "Not counted yet" not in words
    assert "Too few to say" in words


def test_while_the_database_is_away_the_last_figures_stand(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    promises_due("2026-10-30", 1, 0)
    publishing.publish(SUNDAY_NOON)
    known = PUBLISHED.at(SUNDAY_NOON)
    assert known is not None
    assert Share(*OURS, 1, 1) in known.shares
    db.session.execute(db.text("DROP TABLE published_figure"))
    db.session.commit()
    assert PUBLISHED.at(SUNDAY_NOON + KEPT_FOR) == known
