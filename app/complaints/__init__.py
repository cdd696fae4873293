"""Complaints: the form, and what becomes of it."""

from flask import Flask

from app.complaints import models as models


def init_app(app: Flask) -> None:
    from app.cases.closing import ask_before_closing
    from app.cases.promises import after_letters
    from app.complaints import learned
    from app.complaints.ends import owed
    from app.complaints.routes import complaints
    from app.complaints.stage_two import begin_if_asked
    from app.complaints.translated import take_the_translated_letter
    from app.letters.translating import after_writing_anew

    app.register_blueprint(complaints)
    learned.init_app(app)
    after_letters(app, begin_if_asked)
    after_writing_anew(app, take_the_translated_letter)
    ask_before_closing(app, "complaint", owed)
