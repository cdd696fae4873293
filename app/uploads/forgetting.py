"""What is removed of a case's files from tenants when its time is over: all of it."""

from app.cases.models import Case
from app.extensions import db
from app.uploads import storage
from app.uploads.actions import of_case


def forget(case: Case) -> None:
    """Files and rows. A file that is left behind has no row, and the sweep removes it within a day. No commit."""
    for upload in of_case(case.id):
        storage.remove(upload.name)
        db.session.delete(upload)
    db.session.flush()
