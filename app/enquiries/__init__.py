"""Questions to the landlord: the topics, what may answer them first, and hazards named in them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing yet."""
