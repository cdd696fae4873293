"""Report antisocial behaviour, page by page, with a quick way out of every page."""

from flask import Blueprint

from app.antisocial_behaviour.actions import make_report
from app.antisocial_behaviour.journey import ANTISOCIAL_BEHAVIOUR
from app.reception.routes import register_form

antisocial_behaviour = Blueprint("antisocial_behaviour", __name__, url_prefix="/<lang:language>/antisocial-behaviour")
register_form(antisocial_behaviour, ANTISOCIAL_BEHAVIOUR, make_report, "antisocial_behaviour/received.html")
