"""What tenants attach: photos, documents, sound and film, recognised by content and kept where no address leads."""

from flask import Flask

from app.uploads import models as models


def init_app(app: Flask) -> None:
    """Nothing yet."""
