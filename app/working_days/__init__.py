"""Which days count: the working days of the three nations of the United Kingdom that keep different holidays."""

from flask import Flask

from app.working_days.calendars import Calendar as Calendar
from app.working_days.calendars import Holiday as Holiday
from app.working_days.calendars import calendar_for as calendar_for
from app.working_days.nations import NATIONS as NATIONS
from app.working_days.nations import NationNotKnown as NationNotKnown
from app.working_days.nations import YearNotKnown as YearNotKnown


def init_app(app: Flask) -> None:
    """Nothing to add: a pure room."""
