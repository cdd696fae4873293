"""The dashboard's figures, against little sets that were counted by hand."""

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from lxml import html

from app.cases.casework_models import NeedsOverride
from app.cases.models import Contact
from app.complaints.models import ComplaintFile, ComplaintStage, Learning
from app.dispatch.models import Message
from app.extensions import db
from app.letters.models import Letter
from app.measures import dashboard, figures
from app.measures.counted import NOW
from app.measures.months import Month, Period, month_of, read_month
from app.measures.rows import rows_behind
from app.measures.work_done import percentile
from app.staff.models import Team
from tests.builders import a_colleague
from tests.measures.rows import a_call, a_case_of, a_promise, moment
from tests.staff.door import a_colleague_with_a_password, sign_in, words_of

SUNDAY_NOON = moment("2026-11-22T12:00")


def counted(span: str, measure: str) -> Counter[tuple[str, str, str]]:
    return Counter(figures.count(span, SUNDAY_NOON)[measure])


@pytest.mark.parametrize(
    ("at", "month"),
    [
        ("2026-03-31T22:59", "2026-03"),  # Tue 31 March, 23:59 in London: summer time has begun
        ("2026-03-31T23:00", "2026-04"),  # Wed 1 April, midnight in London
        ("2026-10-31T23:59", "2026-10"),  # Sat 31 October, 23:59: summer time has ended
        ("2026-11-01T00:00", "2026-11"),
        ("2026-12-31T23:59", "2026-12"),
    ],
)
def test_a_month_is_londons_in_summer_and_in_winter(at: str, month: str) -> None:
    assert str(month_of(moment(at))) == month
    since, until = Month(int(month[:4]), int(month[5:])).bounds()
    assert since <= moment(at) < until
    assert until == Month(int(month[:4]), int(month[5:])).after(1).bounds()[0]


@pytest.mark.parametrize("typed", [None, "", "2026-13", "26-11", "2026-11-01", "٢٠٢٦-١١", "9999-12", "x" * 99])
def test_what_is_no_month_is_read_as_none(typed: str | None) -> None:
    assert read_month(typed) is None


def test_a_promise_counts_in_the_month_in_which_it_falls_due_and_as_what_became_of_it(app: Flask) -> None:
    for due, rest, _state in (
        promises := [
            ("2026-10-06T17:00", {"met": "2026-10-06T17:00"}, "kept"),  # to the second
            ("2026-10-07T17:00", {"met": "2026-10-07T17:01"}, "late"),
            ("2026-10-08T17:00", {}, "missed"),  # open, and its day is over
            ("2026-10-09T17:00", {"ended": "2026-10-08T09:00"}, "ended"),
            ("2026-10-12T17:00", {"ended": "2026-10-13T09:00"}, "missed"),  # it fell away after it was missed
            ("2026-10-13T17:00", {"paused": "2026-10-12T09:00"}, "paused"),
            ("2026-10-14T17:00", {"paused": "2026-10-15T09:00"}, "missed"),
            ("2026-10-31T23:59", {}, "missed"),
        ]
    ):
        a_promise(a_case_of(), due, **rest)
    a_promise(a_case_of(), "2026-11-23T17:00")  # tomorrow
    a_promise(a_case_of(), "2026-03-31T23:30", met="2026-03-30T09:00", regime="code")  # 1 April in London
    expected = Counter(("complaint.acknowledge", "landlord", state) for _due, _rest, state in promises)
    assert counted("2026-10", "promises") == expected
    assert counted("2026-11", "promises") == {("complaint.acknowledge", "landlord", "to-come"): 1}
    assert counted("2026-04", "promises") == {("complaint.acknowledge", "code", "kept"): 1}
    assert not counted("2026-03", "promises")


def test_open_cases_are_counted_by_team_and_by_how_soon_they_are_due(sqlite_app: Flask) -> None:
    repairs = Team(name="Repairs", services=[])
    db.session.add(repairs)
    db.session.commit()
    for due, team in (
        ("2026-11-22T11:59", repairs),  # late since a minute
        ("2026-11-22T23:59", repairs),
        ("2026-11-23T00:00", None),  # tomorrow in London too: winter
        ("2026-11-29T23:59", None),  # the seventh day
        ("2026-11-30T00:00", None),
        (None, None),
    ):
        a_case_of(next_due_at=moment(due) if due else None, team=team)
    a_case_of(status="closed", team=repairs)
    assert counted(NOW, "open") == {
        (str(repairs.id), "overdue", ""): 1,
        (str(repairs.id), "today", ""): 1,
        ("", "week", ""): 2,
        ("", "later", ""): 1,
        ("", "nothing", ""): 1,
    }


def test_complaints_are_measured_by_the_codes_time_and_by_what_was_decided(app: Flask) -> None:
    for began, answered, decision, due, extended in (
        ("2026-09-01T09:00", "2026-09-20T09:00", "upheld", "2026-09-15T17:00", ""),  # late
        ("2026-09-02T09:00", "2026-09-20T09:00", "not-upheld", "2026-09-15T17:00", "2026-09-29T17:00"),  # in more time
        ("2026-09-03T09:00", "2026-09-10T09:00", "partly-upheld", "2026-09-15T17:00", ""),
        ("2026-09-04T09:00", "", None, "2026-09-15T17:00", ""),  # late, and open
        ("2026-09-05T09:00", "", None, "2026-11-30T17:00", ""),
        ("2026-09-06T09:00", "", None, "", ""),  # not acknowledged yet: no date runs
    ):
        case = a_case_of(received_at=moment(began), stage=1)
        file = ComplaintFile(case=case, is_agreed=False)
        stage = ComplaintStage(file=file, number=1, began_at=moment(began), is_late=False, decision=decision)
        stage.answered_at = moment(answered) if answered else None
        db.session.add_all([file, stage])
        if due:
            a_promise(case, due, met=answered, standard="complaint.stage_1_response", regime="code")
        if extended:
            a_promise(case, extended, met=answered, standard="complaint.stage_1_extension", regime="code")
        db.session.commit()
    assert counted("2026-09", "code") == {
        ("1", "kept", ""): 2, ("1", "late", ""): 1, ("1", "missed", ""): 1, ("1", "to-come", ""): 2,
    }  # fmt: skip
    assert counted("2026-09", "decisions") == {
        ("1", "upheld", ""): 1, ("1", "partly-upheld", ""): 1, ("1", "not-upheld", ""): 1,
    }  # fmt: skip


def test_half_and_nine_of_ten_waits_are_read_from_the_calls(app: Flask) -> None:
    for minutes in (5, 10, 20, 40, 300):
        ended = moment("2026-11-10T09:00") + timedelta(minutes=minutes)
        a_call("2026-11-10T09:00", ended.strftime("%Y-%m-%dT%H:%M"), slot_ends="2026-11-10T09:35")
    a_call("2026-11-10T09:00", "2026-11-10T10:00", state="missed")
    a_call("2026-10-31T23:00", "2026-11-01T00:00", state="cancelled")
    found = figures.figures(["2026-11"], SUNDAY_NOON)
    assert [percentile(found.rows("waits"), share) for share in (0.5, 0.9, 0.2, 1.0)] == [20, 300, 5, 300]
    assert found.rows("call-backs") == {
        ("called", "kept", ""): 3, ("called", "late", ""): 2, ("missed", "kept", ""): 1,
        ("cancelled", "kept", ""): 1,
    }  # fmt: skip
    assert percentile(Counter(), 0.5) is None


def test_themes_first_contacts_learning_and_letters(app: Flask) -> None:
    repairs = a_case_of(received_at=moment("2026-11-02T09:00"), solved_at_first_contact=True)
    repairs.contacts[0].answers = {"service": "repairs"}
    db.session.add(ComplaintFile(case=repairs, is_agreed=False, kind_of_complaint="mistake"))
    unsaid = a_case_of(received_at=moment("2026-11-03T09:00"), solved_at_first_contact=False)
    unsaid.contacts.append(
        Contact(channel="web", purpose="more", language="en", received_at=moment("2026-11-04T09:00"), answers={})
    )
    a_case_of(kind="enquiry", received_at=moment("2026-11-05T09:00")).contacts[0].answers = {"topic": "rent"}
    lesson = Learning(words="Ring back.", service="repairs", recorded_at=moment("2026-11-06T09:00"), recorded_by="x")
    lesson.case_id = repairs.id
    db.session.add(lesson)
    for number, unmet in enumerate((None, [], ["language", "channel"], ["format", "language"])):
        letter = Letter(
            case=repairs, name="acknowledgement", version=number + 1, language="en", title="t", body="b",
            composed_at=SUNDAY_NOON,
        )  # fmt: skip
        db.session.add(
            Message(
                case=repairs, letter=letter, channel="post", address="a", message_id=str(number), state="sent",
                try_at=SUNDAY_NOON, created_at=SUNDAY_NOON, attempts=1, sent_at=moment("2026-11-07T09:00"), unmet=unmet,
            )
        )  # fmt: skip
    db.session.add(
        NeedsOverride(
            case=repairs, at=moment("2026-11-07T09:00"), who="x", needs=["format"], reason="The printer broke."
        )
    )
    db.session.commit()
    assert counted("2026-11", "themes") == {("repairs", "mistake", ""): 1, ("", "", ""): 1}
    assert counted("2026-11", "topics") == {("rent", "", ""): 1}
    assert counted("2026-11", "learning") == {("repairs", "no", ""): 1}
    assert counted("2026-11", "overrides") == {("", "", ""): 1}
    november = Period(Month(2026, 11), Month(2026, 11))
    (listed,) = rows_behind("overrides", {}, november, SUNDAY_NOON, a_colleague(), None).rows
    assert listed.override is not None
    assert (listed.case, listed.override.reason) == (repairs, "The printer broke.")
    assert counted("2026-11", "letters") == {
        ("met", "post", ""): 2, ("language", "post", ""): 1, ("format", "post", ""): 1,
    }  # fmt: skip
    assert counted("2026-11", "first-contact") == {
        ("complaint", "yes", ""): 1, ("complaint", "no", ""): 1, ("enquiry", "not-said", ""): 1,
    }  # fmt: skip


def test_figures_are_kept_and_counted_anew_when_they_are_old(sqlite_app: Flask) -> None:
    slow = iter(range(0, 10_000, 1))  # each count takes a second
    a_case_of(received_at=moment("2026-11-02T09:00"))
    found = figures.figures(["2026-11"], SUNDAY_NOON, lambda: next(slow))
    assert sum(found.rows("first-contact").values()) == 1
    a_case_of(received_at=moment("2026-11-03T09:00"))
    kept = figures.figures(["2026-11"], SUNDAY_NOON + timedelta(minutes=30))
    assert sum(kept.rows("first-contact").values()) == 1, "what takes long is not counted for a page"
    assert kept.counted_at == SUNDAY_NOON
    figures.sweep(SUNDAY_NOON + timedelta(seconds=59), lambda: 0.0)
    later = SUNDAY_NOON + timedelta(hours=1)
    figures.sweep(later, lambda: 0.0)
    anew = figures.figures(["2026-11"], later)
    assert sum(anew.rows("first-contact").values()) == 2
    a_case_of(received_at=moment("2026-11-04T09:00"))
    at_once = figures.figures(["2026-11"], later)
    assert sum(at_once.rows("first-contact").values()) == 3, "what is quick is counted for each page"


def test_a_period_is_mended_and_never_too_long() -> None:
    assert dashboard.chosen_period(None, None, SUNDAY_NOON) == Period(Month(2025, 12), Month(2026, 11))
    assert dashboard.chosen_period("2026-05", "2026-02", SUNDAY_NOON) == Period(Month(2026, 2), Month(2026, 5))
    assert dashboard.chosen_period("2001-01", "2030-01", SUNDAY_NOON) == Period(Month(2024, 12), Month(2026, 11))
    assert dashboard.chosen_period("2027-05", None, SUNDAY_NOON) == Period(Month(2026, 11), Month(2026, 11))


def figure_of(page: str, caption: str, row: str, column: str) -> tuple[str, str | None]:
    """What stands in a table of the page, and where it leads."""
    table = next(one for one in html.fromstring(page).iter("table") if one.findtext("caption", "").strip() == caption)
    headings = [" ".join(one.text_content().split()) for one in table.iter("th") if one.get("scope") == "col"]
    line = next(one for one in table.iter("tr") if one.find("th") is not None and one.find("th").text == row)
    cell = line.findall("td")[headings.index(column) - 1]
    links = cell.xpath(".//a/@href")
    return " ".join(cell.text_content().split()), str(links[0]) if links else None


def test_each_figure_leads_to_its_rows_and_restricted_ones_are_only_counted(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("reviewer",))
    handler = a_colleague("kim@landlord.example", name="Kim O’Brien")
    shown = a_case_of(next_due_at=moment("2026-01-05T17:00"), handler=handler)
    hidden = a_case_of(kind="antisocial-behaviour", is_restricted=True, next_due_at=moment("2026-01-05T17:00"))
    sign_in(client)
    page = client.get("/staff/measures")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    number, address = figure_of(text, "What is due, by team", "All teams", "Overdue")
    assert number == "2"
    assert "<style" not in text
    assert " style=" not in text
    rows = client.get(address or "")
    assert shown.reference in words_of(rows)
    assert "Kim O’Brien" in words_of(rows)
    assert hidden.reference not in rows.get_data(as_text=True)
    assert "Restricted cases are counted in the figure" in words_of(rows)
    drawing = next(html.fromstring(text).iter("svg"))
    assert drawing.get("role") == "img"
    assert "The table has the same figures" in drawing.get("aria-label", "")
    ids = html.fromstring(text).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_rows_go_on_behind_a_place_and_bear_any_address(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    a_colleague_with_a_password(roles=("reviewer",))
    for number in range(52):
        a_promise(a_case_of(), f"2026-11-{number % 20 + 1:02}T17:00")
    sign_in(client)
    address: str | None = "/staff/measures/rows/promises?first=2026-11&last=2026-11&a=complaint.acknowledge"
    seen: list[str] = []
    while address:
        tree = html.fromstring(client.get(address).get_data(as_text=True))
        seen += tree.xpath("//main//tbody//a/text()")
        address = next(iter(tree.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) == 52
    for after in (
        "x",
        "~",
        "2026~1",
        "2026-11-01T00:00:00~1",
        "~99999999999999999999",
        "x~٣",
        "0001-01-01T00:00:00+23:59~1",
        "9999-12-31T23:59:59-23:59~1",
        "2026-11-01T00:00:00+00:00~999999999999999999",
    ):
        for measure in ("promises", "open", "waits"):
            assert client.get(f"/staff/measures/rows/{measure}", query_string={"after": after}).status_code == 200
    assert client.get("/staff/measures/rows/nothing").status_code == 404


def test_who_may_see_what(sqlite_app: Flask) -> None:
    for role, measures, quality, exports in (
        ("advisor", 403, 403, 403),
        ("reviewer", 200, 200, 403),
        ("auditor", 200, 403, 200),
    ):
        a_colleague_with_a_password(f"{role}@landlord.example", roles=(role,))
        client = sqlite_app.test_client()
        sign_in(client, f"{role}@landlord.example")
        answers = {
            "measures/rows/open": measures,
            "quality": quality,
            "quality/checks": quality,
            "exports": exports,
            "exports/file?what=cases&format=json": exports,
        }
        for path, status in answers.items():
            assert client.get(f"/staff/{path}", buffered=True).status_code == status, (role, path)
