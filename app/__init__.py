"""Letterbox. ``create_app`` is the only place that knows every room."""

from flask import Flask

from app import assets, errors, extensions
from app.config import PROJECT, Settings
from app.extensions import babel, compress, csrf, db, form_helpers, limiter, mail, migrate


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application.

    Raises WrongSetting or WrongPolicy, naming what is wrong, rather than start with a promise it cannot keep.
    """
    settings = settings or Settings.from_environment()
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    app = Flask(
        __name__,
        template_folder=str(PROJECT / "templates"),
        static_folder=str(PROJECT / "static"),
        instance_path=str(settings.instance_path),
    )
    app.config.update(settings.for_flask())
    app.url_map.converters["int"] = extensions.RowNumber
    _bind_extensions(app)
    assets.init_app(app)
    _open_rooms(app)
    errors.init_app(app)
    return app


def _bind_extensions(app: Flask) -> None:
    from app.languages.paths import language_of_request

    db.init_app(app)
    migrate.init_app(app, db, directory=str(PROJECT / "migrations"))
    babel.init_app(app, locale_selector=language_of_request)
    for extension in (csrf, mail, limiter, compress, form_helpers):
        extension.init_app(app)
    extensions.secure(app)


def _open_rooms(app: Flask) -> None:
    """Each room has an ``init_app`` that adds its pages, commands and template names."""
    from app import (
        antisocial_behaviour,
        call_backs,
        caseload,
        cases,
        complaints,
        content,
        demonstration,
        dispatch,
        enquiries,
        feedback,
        formats,
        interpreters,
        journeys,
        landlords,
        languages,
        letters,
        mailings,
        measures,
        notices,
        pages,
        reception,
        staff,
        tracking,
        uploads,
        working_days,
    )
    from app.dispatch.actions import add_to_sweep, forget_words
    from app.journeys import drafts
    from app.reception import guesses
    from app.uploads import sweep as uploads_sweep

    for room in (
        languages,
        working_days,
        landlords,
        staff,
        cases,
        uploads,
        interpreters,
        formats,
        letters,
        dispatch,
        journeys,
        notices,
        content,
        reception,
        complaints,
        antisocial_behaviour,
        feedback,
        enquiries,
        call_backs,
        mailings,
        pages,
        tracking,
        caseload,
        measures,
        demonstration,
    ):
        room.init_app(app)
    add_to_sweep(app, drafts.purge_expired_drafts)  # journeys and dispatch do not know each other
    add_to_sweep(app, uploads_sweep.sweep)
    add_to_sweep(app, guesses.forget_old)
    add_to_sweep(app, forget_words)
    _keep_no_longer(app)


def _keep_no_longer(app: Flask) -> None:
    """When a case's time is over, each room forgets what it holds of it (cases/retention.py)."""
    from app.antisocial_behaviour import forgetting as of_report
    from app.call_backs import retention as of_call_backs
    from app.cases import retention
    from app.complaints import forgetting as of_complaint
    from app.dispatch import forgetting as of_messages
    from app.dispatch.actions import add_to_sweep
    from app.feedback import forgetting as of_feedback
    from app.interpreters import forgetting as of_interpreters
    from app.letters import forgetting as of_letters
    from app.mailings import retention as of_mailings
    from app.measures import forgetting as of_checks
    from app.uploads import forgetting as of_uploads

    for room in (
        of_uploads,
        of_messages,
        of_letters,
        of_complaint,
        of_report,
        of_feedback,
        of_checks,
        of_mailings,
        of_interpreters,
    ):
        retention.add_forgetting(app, room.forget)
    add_to_sweep(app, retention.sweep)
    add_to_sweep(app, of_call_backs.sweep)
