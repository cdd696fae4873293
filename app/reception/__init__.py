"""What every contact shares once it has come in: who it is from, its case, its receipt, its received page."""

from flask import Flask

from app.reception import models as models


def init_app(app: Flask) -> None:
    from app.reception.dangers import danger_of
    from app.reception.saving_routes import saving_pages

    app.add_template_global(danger_of, "danger_named")
    app.register_blueprint(saving_pages)
