"""What goes to whom, and how: the outbox, the worker, email."""

from flask import Flask

from app.dispatch import models as models


def init_app(app: Flask) -> None:
    from app.dispatch import queue, worker

    queue.init_app(app)
    worker.init_app(app)
