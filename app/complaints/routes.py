"""Complain, page by page; then see what happens next, and take the receipt home in any format."""

from flask import Blueprint

from app.complaints.actions import make_complaint
from app.complaints.journey import COMPLAINT
from app.reception.routes import register_form

complaints = Blueprint("complaints", __name__, url_prefix="/<lang:language>/complaint")
register_form(complaints, COMPLAINT, make_complaint, "complaints/received.html")
