"""Home, contact, accessibility, privacy; and what every public page shows: languages, open or closed."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.content.finding import add_findable
    from app.languages.times import clock_words
    from app.pages import contact_parts, keeping_routes, promise_parts, repairs_routes
    from app.pages import models as models  # its tables
    from app.pages.findable_routes import for_machines, may_be_found, page_description
    from app.pages.forms_to_find import forms_to_find
    from app.pages.language_switch import (
        language_names,
        lead_to_a_language_offered,
        same_page_in_each_language,
        this_page_address,
    )
    from app.pages.opening import opening_words, waiting_words, weekday_words
    from app.pages.reading_routes import reading, reading_aids
    from app.pages.routes import opening_now, pages, waiting_now

    app.register_blueprint(pages)
    app.register_blueprint(reading)
    app.register_blueprint(for_machines)
    for name in (
        reading_aids,
        may_be_found,
        page_description,
        same_page_in_each_language,
        this_page_address,
        language_names,
        opening_now,
        opening_words,
        waiting_now,
        waiting_words,
        clock_words,
        weekday_words,
    ):
        app.add_template_global(name)
    app.add_template_global(app.view_functions.__contains__, "has_page")
    add_findable(app, forms_to_find)
    contact_parts.init_app(app)
    promise_parts.init_app(app)
    repairs_routes.init_app(app)
    app.before_request(lead_to_a_language_offered)  # before a page is taken from the shelf
    keeping_routes.init_app(app)  # after the blueprints: it looks at a page before the language is remembered
