"""Reports of antisocial behaviour: the form, the risk, the diary."""

from flask import Flask

from app.antisocial_behaviour import models as models


def init_app(app: Flask) -> None:
    """Nothing yet."""
