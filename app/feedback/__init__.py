"""Compliments and suggestions."""

from flask import Flask

from app.feedback import models as models


def init_app(app: Flask) -> None:
    from app.feedback.colleagues import told
    from app.feedback.routes import compliments, suggestions

    app.add_template_global(told, "compliment_told")
    app.register_blueprint(compliments)
    app.register_blueprint(suggestions)
