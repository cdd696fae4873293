"""Reports of antisocial behaviour: the form, the risk, the quick way out."""

from flask import Flask

from app.antisocial_behaviour import models as models


def init_app(app: Flask) -> None:
    from app.antisocial_behaviour.reports import init_app as offer_reports
    from app.antisocial_behaviour.routes import antisocial_behaviour

    app.register_blueprint(antisocial_behaviour)
    offer_reports(app)
