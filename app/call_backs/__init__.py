"""Being called back: a time that suits, and a place in the queue."""

from flask import Flask

from app.call_backs import models as models


def init_app(app: Flask) -> None:
    from app.call_backs.desk_acts import last_try
    from app.call_backs.routes import call_backs, your_call_back
    from app.call_backs.words import slot_words
    from app.interpreters.lists import of_call
    from app.languages.times import day_words

    app.add_template_global(last_try)
    app.add_template_global(slot_words)
    app.add_template_global(day_words)
    app.add_template_global(of_call, "interpreter_of_call")
    if app.extensions["landlord"].calls.has_call_back:
        app.register_blueprint(call_backs)
        app.register_blueprint(your_call_back)
