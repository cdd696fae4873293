"""A tenant at the question for files, and a colleague who takes what was sent."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import current_app
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from app.extensions import db
from app.journeys import drafts
from tests.complaints.complaining import ANSWERS
from tests.journeys.reader import Reader
from tests.staff.door import a_colleague_with_a_password, sign_in

Chosen = tuple[bytes, str]  # content, name


def at_files(client: FlaskClient) -> Reader:
    """A reader who has answered everything else, some time ago: only the files are open."""
    draft_id, answer = drafts.new_id(), Response()
    with client.application.test_request_context():
        draft = drafts.write(draft_id, "complaint", datetime.now(UTC))
        for slug, answers in ANSWERS.items():
            if slug != "files":
                drafts.keep(draft, slug, dict(answers), {})
        db.session.commit()
        drafts.give_bookmark(answer, "complaint", drafts.Bookmark(draft_id))
    name, value = answer.headers["Set-Cookie"].partition(";")[0].split("=", 1)
    client.set_cookie(name, value)
    return Reader(client).open("/en/complaint/files")


def send(reader: Reader, *chosen: Chosen, then: str | None = "add", **fields: Any) -> TestResponse:
    """Choose these files and press a button: ``add``, or ``continue`` (the default of the page)."""
    data: dict[str, Any] = {**reader.fields(), **fields}
    data["files"] = [(BytesIO(content), name) for content, name in chosen]
    if then == "add":
        data["then"] = "add"
    return reader.client.post(reader.path, data=data, content_type="multipart/form-data")


def add(reader: Reader, *chosen: Chosen, **more: Any) -> Reader:
    """The same, and see what comes."""
    answered = send(reader, *chosen, **more)
    if answered.status_code == 303:
        return reader.open(answered.location.partition("#")[0])
    return reader._see(answered)


def listed(reader: Reader) -> list[str]:
    """The names on the page."""
    return [name.text_content() for name in reader.page.xpath("//*[@class='attached__name']/bdi")]


def stored() -> list[Path]:
    """All files of tenants on the disk, half made ones too."""
    folder = current_app.config["LETTERBOX"].uploads_path
    return sorted(path for path in folder.rglob("*") if path.is_file())


def send_complaint(reader: Reader) -> str:
    """After the question for files; gives the reference."""
    reader.open("/en/complaint/check").press()
    return reader.reference


def a_desk(client: FlaskClient, **different: Any) -> FlaskClient:
    """A colleague of the complaints team who has signed in."""
    colleague = a_colleague_with_a_password(**{"roles": ("complaints-team",), **different})
    sign_in(client, colleague.email)
    return client


def links_to_files(desk: FlaskClient, reference: str) -> list[str]:
    page = html.fromstring(desk.get(f"/staff/cases/{reference}").get_data(as_text=True))
    return [link.get("href") for link in page.xpath("//a") if "/files/" in link.get("href")]


def taken(desk: FlaskClient, reference: str) -> list[TestResponse]:
    """Every file of the case, as a colleague downloads it."""
    return [desk.get(link) for link in links_to_files(desk, reference)]
