"""Service notices: what is planned, broken, busy or closed; announced in time, on every page, in feeds and by email."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.dispatch.actions import add_to_sweep
    from app.notices import commands, mailing, words
    from app.notices import models as models  # its tables
    from app.notices.feed_routes import notice_feeds
    from app.notices.front_routes import banners_of_page, moment_of_request
    from app.notices.routes import notices, putting_away
    from app.notices.subscribing_routes import subscribing
    from app.notices.when import moment_words, when_words
    from app.notices.words_set_out import html_of

    app.register_blueprint(notices)
    app.register_blueprint(putting_away)
    app.register_blueprint(notice_feeds)
    app.register_blueprint(subscribing)
    add_to_sweep(app, mailing.sweep)
    app.jinja_env.globals["notice_words"] = words
    for name, function in (
        ("banners_of_page", banners_of_page),
        ("moment_of_request", moment_of_request),
        ("notice_when", when_words),
        ("notice_moment", moment_words),
        ("notice_html", html_of),
    ):
        app.add_template_global(function, name)
    app.cli.add_command(commands.notices)
