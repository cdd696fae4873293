"""Complaints: the form, and what becomes of it."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.complaints.routes import complaints
    from app.dispatch.actions import add_to_sweep
    from app.journeys.drafts import purge_expired_drafts

    app.register_blueprint(complaints)
    add_to_sweep(app, purge_expired_drafts)
