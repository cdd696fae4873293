"""What the cases show when counted: the dashboard, the check of quality, exports."""

from flask import Flask

from app.measures import models as models


def init_app(app: Flask) -> None:
    from app.dispatch.actions import add_to_sweep
    from app.measures import figures
    from app.measures.measures_routes import measures

    app.register_blueprint(measures)
    add_to_sweep(app, figures.sweep)
