"""Praise and ideas, page by page; then see what becomes of them."""

from flask import Blueprint

from app.feedback.actions import make_compliment, make_suggestion
from app.feedback.journeys import COMPLIMENT, SUGGESTION
from app.journeys.carrying import offer_complaint
from app.reception.routes import register_form

compliments = Blueprint("compliments", __name__, url_prefix="/<lang:language>/compliment")
offer_complaint(compliments, COMPLIMENT)
register_form(compliments, COMPLIMENT, make_compliment, "feedback/compliment_received.html")

suggestions = Blueprint("suggestions", __name__, url_prefix="/<lang:language>/suggestion")
offer_complaint(suggestions, SUGGESTION)
register_form(suggestions, SUGGESTION, make_suggestion, "feedback/suggestion_received.html")
