"""Files that tenants attached: listed on the case's page, taken as downloads, never shown by the site itself."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_talisman import Talisman

from app.caseload.downloads import TRY_AGAIN_AFTER
from app.caseload.routes import caseload, held, opened
from app.cases.actions import add_event
from app.cases.models import Case
from app.extensions import db
from app.staff.doors import acting_staff_member
from app.uploads import scanning, storage
from app.uploads.actions import of_case
from app.uploads.kinds import suffix_of
from app.uploads.models import Upload

# Should a browser open it all the same: no script, no form, nothing from anywhere.
in_a_sandbox = Talisman()(content_security_policy={"default-src": "'none'", "sandbox": ""})
STATUS = {"infected": 409, "waiting": 503, "gone": 410}


@caseload.context_processor
def files_for_templates() -> dict[str, Any]:
    return {"files_by_contact": files_by_contact}


def files_by_contact(case: Case) -> dict[int | None, list[Upload]]:
    found: dict[int | None, list[Upload]] = {}
    for upload in of_case(case.id):
        found.setdefault(upload.contact_id, []).append(upload)
    return found


@caseload.get("/cases/<reference>/files/<int:file_id>")
@in_a_sandbox
def download_a_file(reference: str, file_id: int) -> ResponseReturnValue:
    case = opened(reference)
    uploads = of_case(case.id)
    upload = next((one for one in uploads if one.id == file_id), None) or abort(404)
    if why := why_not_given(upload):
        page = render_template("caseload/file_not_given.html", case=case, upload=upload, why=why)
        return page, STATUS[why], {"Retry-After": str(TRY_AGAIN_AFTER)} if why == "waiting" else {}
    name = download_name(case, uploads, upload)
    path, media_type = storage.path_of(upload.name), upload.media_type
    if case.is_restricted:
        held(reference)
        add_event(case, "file_viewed", datetime.now(UTC), acting_staff_member().email, file=name)
        db.session.commit()
    return send_file(path, media_type, as_attachment=True, download_name=name, conditional=False, max_age=0)


def why_not_given(upload: Upload) -> str | None:
    """A key of ``STATUS``. Without a scanner nothing can be scanned: the page says so, and colleagues decide."""
    if upload.state == "infected":
        return "infected"
    if upload.state == "waiting" and scanning.is_set_up():
        return "waiting"
    if not storage.path_of(upload.name).is_file():
        current_app.logger.error("the file of upload %s is gone", upload.id)
        return "gone"
    return None


def download_name(case: Case, uploads: list[Upload], upload: Upload) -> str:
    """K7M4-QX9T-photo-1.jpg: nothing of the name that the tenant's device gave it."""
    of_this_kind = [one.id for one in uploads if one.kind == upload.kind]
    number = of_this_kind.index(upload.id) + 1
    return f"{case.reference}-{upload.kind}-{number}{suffix_of(upload.media_type)}"
