from flask import Flask

from app.letters import models as models


def init_app(app: Flask) -> None:
    """Nothing yet."""
