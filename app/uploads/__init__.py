"""What tenants attach: photos, documents, sound and film, recognised by content and kept where no address leads."""

from flask import Flask

from app.uploads import models as models


def init_app(app: Flask) -> None:
    """The site does not start with limits that cannot be used."""
    from app.uploads.limits import limits
    from app.uploads.reasons import size_words

    limits()
    app.jinja_env.filters["file_size"] = size_words
