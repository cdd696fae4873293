"""One letter to many tenants: each in their own format and language, made by the worker, packed for the printer."""

from flask import Flask


def init_app(app: Flask) -> None:
    from app.mailings import models  # noqa: F401  its tables
