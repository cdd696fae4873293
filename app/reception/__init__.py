"""What every contact shares once it has come in: who it is from, its case, its receipt, its received page."""

from flask import Flask

from app.reception import models as models


def init_app(app: Flask) -> None:
    from app.reception.saving_routes import saving_pages

    app.register_blueprint(saving_pages)
