"""Parts of the page “our service standards”: every promise of the policy in groups, and how often each was kept."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from flask import Flask
from flask_babel import format_percent, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from app.content.parts import add_part
from app.content.remembered import remember
from app.content.tags import Said, bullets, heading, paragraph, table, together
from app.landlords.shapes import REGIMES, Landlord, LeadTime, Standard
from app.languages.times import dated
from app.letters.facts import local_day
from app.pages.promise_words import TOPICS, before_words, topic_of, what_words, within_words
from app.pages.published import COMPLAINTS, FIGURE, MADE, PUBLISHED, REFUSED, STAGES, Published, Share, figure_of_stage

LEAD_TIMES_ARE_ABOUT = "digital"  # L21: the website and the portal


def init_app(app: Flask) -> None:
    remember(app, PUBLISHED)
    add_part(app, "promises", promises)
    add_part(app, "promises-counted", counted)
    add_part(app, "complaint-figures", complaint_figures)


def promises(landlord: Landlord, at: datetime) -> Markup:
    """Every promise in force on this day, group by group: first those without a clock, then those with one."""
    on, published = local_day(at), PUBLISHED.at(at)
    standards, leads = standards_on(landlord, on), lead_times_on(landlord, on)
    pieces: list[Markup] = []
    for topic, title in TOPICS.items():
        here = [one for one in standards if topic_of(one) == topic]
        announced = leads if topic == LEAD_TIMES_ARE_ABOUT else ()
        promised = [_(one.words) for one in landlord.undertakings if one.about == topic and one.since <= on]
        tables = list(_tables(str(title), here, announced, landlord, published, is_contact=topic == "contact"))
        if promised or tables:
            pieces += [heading(title), bullets(promised), *tables]
    return together(*pieces)


def standards_on(landlord: Landlord, on: date) -> list[Standard]:
    """The promises with a clock that hold on a day, of each the newest, in the order of the policy."""
    newest: dict[tuple[object, ...], Standard] = {}
    for one in landlord.standards:
        if one.since <= on and (one.until is None or on <= one.until):
            same = (one.key, one.regime, one.channels, one.addressee)
            known = newest.get(same)
            newest[same] = one if known is None or known.since < one.since else known
    return list(newest.values())


def lead_times_on(landlord: Landlord, on: date) -> tuple[LeadTime, ...]:
    newest: dict[str, LeadTime] = {}
    for one in sorted(landlord.lead_times, key=lambda one: one.since):
        if one.since <= on:
            newest[one.key] = one
    return tuple(newest.values())


def _tables(
    topic: str,
    standards: Sequence[Standard],
    announced: Sequence[LeadTime],
    landlord: Landlord,
    published: Published | None,
    *,
    is_contact: bool,
) -> Iterator[Markup]:
    captions = {
        # Translators: over a table of promises; %(topic)s is such as Repairs
        "landlord": _("%(topic)s: our own times", topic=topic),
        "code": _("%(topic)s: the times of the Complaint Handling Code, for every landlord", topic=topic),
        "law": _("%(topic)s: the times of the law, for every landlord", topic=topic),
    }
    headers = (_("What we do"), _("How soon"), _("How often we kept it"))
    for regime in REGIMES:
        rows = [
            (what_words(one), within_words(one), share_words(one.key, one.regime, published))
            for one in standards
            if one.regime == regime
        ]
        if regime == "landlord":
            rows = [
                *(_calls(landlord) if is_contact else ()),
                *rows,
                *((what_words(one), before_words(one), share_words(one.key, regime, published)) for one in announced),
            ]
        if rows and regime == "law":
            yield paragraph(_("The law gives these times to tenants, but not to shared owners and leaseholders."))
        if rows:
            yield table(captions[regime], headers, rows)


def _calls(landlord: Landlord) -> Iterator[tuple[str, str, str]]:
    """The telephone counts elsewhere: this service does not know how soon it was answered."""
    if minutes := landlord.calls.answered_within_minutes:
        within = ngettext("Within %(num)s minute", "Within %(num)s minutes", minutes)
        yield _("We answer your call"), within, _("Not counted here")


def share_words(standard: str, regime: str, published: Published | None) -> str:
    """93 % (279 of 300). Never a share of too few, nor 100 % of what was not always kept."""
    if published is None:
        return str(_("Not counted yet"))
    return _said(published.share(standard, regime))


def _said(share: Share) -> str:
    if not share.is_enough:
        return str(_("Too few to say"))
    percent = format_percent(share.kept * 100 // share.counted / 100)
    # Translators: a share and the numbers that it is made of, such as 93 % (279 of 300)
    return str(_("%(share)s (%(part)s of %(whole)s)", share=percent, part=share.kept, whole=share.counted))


def counted(landlord: Landlord, at: datetime) -> Markup:
    """Of which days the figures are, and how they are counted."""
    published = PUBLISHED.at(at)
    hours = paragraph(_("Where we promise hours, every hour counts, by day and by night."))
    if published is None:
        none_yet = _("We began to count not long ago. The figures will stand here once we have some.")
        return together(hours, paragraph(none_yet))
    days = {"first": _day(published.first_day), "last": _day(published.last_day)}
    return together(
        hours,
        # Translators: %(first)s and %(last)s are days, such as 22 November 2025
        paragraph(_("We counted the twelve months from %(first)s to %(last)s.", **days)),
        paragraph(
            _(
                "A promise counts on its last day. “In time” is what we did by then. What we did later, or not at"
                " all, was not in time."
            )
        ),
        paragraph(
            _("If there were fewer than ten, we do not show how many: a few say little, and may say who it was.")
        ),
    )


def _day(day: date) -> str:
    return dated(day, "d MMMM y")


def complaint_figures(landlord: Landlord, at: datetime) -> Markup:
    """How many complaints were made at each stage, and what became of them. Nothing before they were ever counted."""
    published = PUBLISHED.at(at)
    if published is None:
        return Markup()
    names = dict(
        zip(
            COMPLAINTS,
            (
                _("Complaints made"),
                _("Answered in the time of the Complaint Handling Code"),
                _("We agreed with you, in full or in part"),
                _("We did not take the complaint"),
            ),
            strict=True,
        )
    )
    rows = [
        (said, *(_of_stage(published.share(figure_of_stage(name, stage), FIGURE), name) for stage in STAGES))
        for name, said in names.items()
    ]
    return table(_("Complaints in these twelve months"), (_("What we counted"), _("Stage 1"), _("Stage 2")), rows)


def _of_stage(share: Share, name: str) -> Said:
    if name not in (MADE, REFUSED):
        return _said(share)
    if share.is_enough:
        return str(share.counted)
    return str(_("Fewer than ten") if share.counted else _("None"))
