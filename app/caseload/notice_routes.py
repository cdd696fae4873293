"""Staff pages of notices: all of them, writing one, changing one. What is done with one: ``notice_act_routes``."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.caseload.notice_desk_routes import (
    held,
    may_be_changed_by_me,
    notice_desk,
    now,
    only_who_may,
    opened,
    version_seen,
)
from app.caseload.notice_forms import NoticeForm, notice_form
from app.caseload.notice_words import latest_words, not_now_words
from app.extensions import db, start_writing
from app.landlords.standards import current_landlord
from app.notices import actions, lists
from app.notices.lead import Lead
from app.notices.models import Notice
from app.notices.shapes import KINDS
from app.notices.showing import shown_from
from app.staff.doors import acting_staff_member
from app.staff.roles import may

SHOWN_AT_FIRST = 20  # of those that are over


@notice_desk.get("")
def see_the_notices() -> ResponseReturnValue:
    """``all``: those too that were over long ago."""
    at, counts = now(), lists.counts_for_colleagues(now())
    most = {} if "all" in request.args else {"over": SHOWN_AT_FIRST}
    groups = {group: lists.for_colleagues(group, at, **_most(most.get(group))) for group in lists.GROUPS}
    return render_template("caseload/notices.html", groups=groups, counts=counts, now=at)


def _most(number: int | None) -> dict[str, int]:
    return {} if number is None else {"most": number}


@notice_desk.get("/new")
def begin_a_notice() -> ResponseReturnValue:
    """``kind``: the editor with the usual words of that kind; without it, the kinds to choose from."""
    only_who_may("write_notices")
    kind = request.args.get("kind")
    if kind is None:
        return render_template("caseload/notice_kinds.html", kinds=KINDS)
    if kind not in KINDS:
        abort(404)
    form = _form(is_empty=True)
    form.begin_with_usual(kind)
    return _editor(form)


@notice_desk.post("/new")
def write_a_notice() -> ResponseReturnValue:
    only_who_may("write_notices")
    start_writing()
    form, who = _form(), acting_staff_member().email
    if not form.validate():
        return _editor(form, status=422)
    try:
        notice = actions.write(form.given, who, now())
    except (actions.Unusable, actions.WordsMissing) as why:
        form.refused(why)
        return _editor(form, status=422)
    return _kept(notice, _("Kept as a draft. Tenants do not see it yet."))


@notice_desk.get("/<key>/change")
def see_the_editor(key: str) -> ResponseReturnValue:
    notice, form = opened(key), _form(is_empty=True)
    if not may_be_changed_by_me(notice):
        abort(403)
    form.begin(notice, now())
    return _editor(form, notice)


@notice_desk.post("/<key>/change")
def change_a_notice(key: str) -> ResponseReturnValue:
    """Of a published one whose start comes sooner, the lead time is judged anew: a reason may be needed."""
    only_who_may("write_notices")
    notice, form, me = held(key), _form(), acting_staff_member()
    if not may_be_changed_by_me(notice):
        abort(403)
    if not form.validate():
        return _editor(form, notice, 422)
    try:
        actions.change(
            notice,
            form.given,
            me.email,
            now(),
            version_seen(),
            may_announce_late=may("announce_late", me),
            reason=request.form.get("reason"),
        )
    except (actions.Unusable, actions.WordsMissing) as why:
        form.refused(why)
        return _editor(form, notice, 422)
    except actions.AnnouncedTooLate as late:
        form.say("starts_on", latest_words(late.lead, now()))
        return _editor(form, notice, 422, lead=late.lead)
    except actions.ChangedMeanwhile:
        return _editor(form, notice, 409, is_overtaken=True)
    except actions.NotNow as why:
        form.say("kind", not_now_words(why.code))
        return _editor(form, notice, 409)
    return _kept(notice, _("Saved."))


def _form(*, is_empty: bool = False) -> NoticeForm:
    made = notice_form(current_landlord().languages)
    return made(formdata=None) if is_empty else made()


def _kept(notice: Notice, done: str) -> ResponseReturnValue:
    key = notice.key
    db.session.commit()
    flash(done, "done")
    return redirect(url_for(".see_a_notice", key=key), 303)


def _editor(
    form: NoticeForm,
    notice: Notice | None = None,
    status: int = 200,
    *,
    is_overtaken: bool = False,
    lead: Lead | None = None,
) -> ResponseReturnValue:
    """What was typed stays. ``is_overtaken``: saved once more, it takes the place of what a colleague has written."""
    shown = shown_from(notice) if notice else None
    page = render_template(
        "caseload/notice_editor.html",
        form=form,
        notice=notice,
        is_overtaken=is_overtaken,
        last=notice.events[-1] if notice and is_overtaken else None,
        lead=lead,
        is_shown=shown is not None and shown <= now(),
        reason=request.form.get("reason", ""),
    )
    db.session.rollback()
    return page, status
