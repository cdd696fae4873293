"""What goes to whom, and how: the outbox, the worker, email."""

from flask import Flask

from app.dispatch import models as models


def init_app(app: Flask) -> None:
    from app.dispatch import queue, worker
    from app.dispatch.actions import send_the_translated_letter
    from app.letters.translating import after_writing_anew

    queue.init_app(app)
    worker.init_app(app)
    after_writing_anew(app, send_the_translated_letter)
