"""What is done with a notice: asking for approval, publishing, sending back, updates, resolving, cancelling."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.looking import with_a_letter_in_a_frame
from app.caseload.notice_desk_routes import (
    back,
    held,
    may_be_changed_by_me,
    notice_desk,
    now,
    only_who_may,
    opened,
    overtaken,
    version_seen,
)
from app.caseload.notice_look_routes import PAGES
from app.caseload.notice_update_form import WordsForm, words_form
from app.caseload.notice_words import needed_words, not_now_words, unusable_words
from app.extensions import db
from app.landlords.standards import current_landlord
from app.notices import actions
from app.notices.lead import Lead
from app.notices.models import Notice, NoticeEvent
from app.notices.showing import stage_at
from app.staff.doors import acting_staff_member
from app.staff.roles import may


@dataclass(frozen=True)
class Seen:
    """Which of the looks stands on the page: in which language, and on which page of the site."""

    tag: str
    page: str


@notice_desk.get("/<key>")
@with_a_letter_in_a_frame
def see_a_notice(key: str) -> ResponseReturnValue:
    return _page(opened(key))


@notice_desk.post("/<key>/ask")
def ask_for_approval(key: str) -> ResponseReturnValue:
    only_who_may("write_notices")
    notice, who = held(key), acting_staff_member().email
    return _done(
        notice,
        lambda: actions.ask_for_approval(notice, who, now(), version=version_seen()),
        _("Asked for approval. Tenants do not see it yet."),
    )


@notice_desk.post("/<key>/send-back")
def send_back(key: str) -> ResponseReturnValue:
    only_who_may("publish_notices")
    notice, who, note = held(key), acting_staff_member().email, request.form.get("note", "")
    try:
        return _done(
            notice,
            lambda: actions.send_back(notice, who, now(), note, version=version_seen()),
            _("Sent back with your note."),
        )
    except actions.Unusable as why:
        return _page(notice, 422, mistakes=[("note", unusable_words(why.field, why.code))])


@notice_desk.post("/<key>/publish")
def publish(key: str) -> ResponseReturnValue:
    """Later than promised only with a ``reason``, by those who may."""
    only_who_may("publish_notices")
    notice, me, reason = held(key), acting_staff_member(), request.form.get("reason")
    may_be_late = may("announce_late", me)
    try:
        return _done(
            notice,
            lambda: actions.publish(
                notice, me.email, now(), may_announce_late=may_be_late, reason=reason, version=version_seen()
            ),
            _("Published. It shows itself when it is time."),
        )
    except actions.AnnouncedTooLate:
        why = _("Enter why it is announced later than promised") if may_be_late else ""
        return _page(notice, 422, mistakes=[("reason", why)] if why else [], is_refused=True)


@notice_desk.post("/<key>/update")
def add_an_update(key: str) -> ResponseReturnValue:
    only_who_may("write_notices")
    return _said(
        key,
        lambda notice, form, who: actions.append_update(
            notice, form.said, who, now(), form.ends_at, version=version_seen()
        ),
        _("Added. Tenants read it above what stood there before."),
    )


@notice_desk.post("/<key>/resolve")
def resolve(key: str) -> ResponseReturnValue:
    only_who_may("write_notices")
    return _said(
        key,
        lambda notice, form, who: actions.resolve(notice, form.said, who, now(), version=version_seen()),
        _("It is over. Its banner is gone."),
    )


@notice_desk.post("/<key>/cancel")
def cancel(key: str) -> ResponseReturnValue:
    """A draft is put away by whoever writes notices; what is published is cancelled by those who publish."""
    only_who_may("write_notices")
    notice = held(key)
    if not may_be_changed_by_me(notice):
        only_who_may("publish_notices")
    return _said(
        key,
        lambda notice, form, who: actions.cancel(notice, form.said, who, now(), version=version_seen()),
        _("Cancelled.") if notice.published_at else _("The draft is put away."),
    )


def _done(notice: Notice, act: Callable[[], object], done: str) -> ResponseReturnValue:
    key = notice.key
    try:
        act()
    except actions.ChangedMeanwhile:
        return overtaken(key)
    except actions.NotNow as why:
        is_draft = why.code == "over" and notice.state != "published"
        return back(key, problem=not_now_words("end-is-past" if is_draft else why.code))
    db.session.commit()
    return back(key, done)


def _said(key: str, act: Callable[[Notice, WordsForm, str], object], done: str) -> ResponseReturnValue:
    """An act with words: whatever stands against it, they stay in their fields."""
    notice, form, who = held(key), _form(), acting_staff_member().email
    if not form.validate():
        return _page(notice, 422, form=form)
    try:
        act(notice, form, who)
    except actions.WordsMissing as missing:
        form.say(f"update-{missing.language}", needed_words("words", missing.language, is_first=True))
        return _page(notice, 422, form=form)
    except actions.Unusable as why:
        form.say("ends_on" if why.field == "ends_at" else _first_field(form), unusable_words(why.field, why.code))
        return _page(notice, 422, form=form)
    except actions.ChangedMeanwhile:
        return _page(notice, 409, form=form, is_overtaken=True)
    except actions.NotNow as why:
        return _page(notice, 409, form=form, problem=not_now_words(why.code))
    db.session.commit()
    return back(key, done)


def _form() -> WordsForm:
    return words_form(current_landlord().languages)()


def _first_field(form: WordsForm) -> str:
    return f"update-{current_landlord().languages[0]}"


def _page(
    notice: Notice,
    status: int = 200,
    *,
    form: WordsForm | None = None,
    mistakes: list[tuple[str, str]] | None = None,
    is_refused: bool = False,
    is_overtaken: bool = False,
    problem: str | None = None,
) -> ResponseReturnValue:
    """The notice as it stands. ``form``: words that somebody typed and that could not be added."""
    at = now()
    stage = stage_at(notice, at)
    page = render_template(
        "caseload/notice.html",
        notice=notice,
        now=at,
        stage=stage,
        lead=_lead(notice, at),
        announced_at=max(notice.announce_at, at),
        form=form or words_form(current_landlord().languages)(formdata=None),
        mistakes=mistakes if mistakes is not None else list(form.mistakes()) if form else [],
        is_refused=is_refused,
        is_overtaken=is_overtaken,
        problem=problem,
        may_change=may_be_changed_by_me(notice),
        typed=request.form,
        seen=_seen(stage == "over"),
        sent_back=_sent_back(notice),
    )
    db.session.rollback()
    return page, status


def _lead(notice: Notice, at: datetime) -> Lead | None:
    """What publishing it now would be judged by. None where that cannot be counted: publishing says why."""
    try:
        return actions.lead_if_published(notice, at) if notice.state in ("draft", "to-approve") else None
    except actions.Unusable:
        return None


def _seen(is_over: bool) -> Seen:
    """Asked for by ``tag`` and ``page``; of what is over only its own page."""
    tags, page = current_landlord().languages, request.args.get("page")
    tag = request.args.get("tag")
    return Seen(tag if tag in tags else tags[0], "notice" if is_over else page if page in PAGES else "home")


def _sent_back(notice: Notice) -> NoticeEvent | None:
    """Where the last thing that happened to a draft is that it was sent back."""
    last = notice.events[-1]
    return last if notice.state == "draft" and last.what == "sent-back" else None
