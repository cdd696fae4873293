"""A translator's pages in tests: opened, filled in, sent; and catalogues that a test may update."""

from io import BytesIO
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.extensions import db
from app.languages.sentences import key_of
from tests.staff.door import token_of

HOME = "/staff/catalogues"
NAME, NAME_WELSH = "Enter your name", "Rhowch eich enw"


def key(source: str, *plural: str) -> str:
    return key_of(None, (source, *plural))


def page(client: FlaskClient, address: str) -> Any:
    answer = client.get(HOME + address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:2000]
    return html.fromstring(answer.get_data(as_text=True))


def save(
    client: FlaskClient, source: str, *words: str, tag: str = "cy", plural: str = "", **fields: object
) -> TestResponse:
    """On the sentence's own page, as it was opened."""
    found = key(source, plural) if plural else key(source)
    address = f"{HOME}/{tag}/sentences/{found}?show=all"
    opened = client.get(address)
    assert opened.status_code == 200
    version = html.fromstring(opened.get_data(as_text=True)).xpath(f"//input[@name='version-{found}']/@value")[0]
    data = {f"words-{found}-{form}": word for form, word in enumerate(words)}
    answer = client.post(
        address, data={"csrf_token": token_of(opened), f"version-{found}": version, "act": "save", **data, **fields}
    )
    db.session.rollback()
    return answer


def file_of(client: FlaskClient, tag: str = "cy") -> bytes:
    answer = client.get(f"{HOME}/{tag}/messages.po")
    assert answer.status_code == 200
    return answer.get_data()


def bring(client: FlaskClient, content: bytes, tag: str = "cy") -> TestResponse:
    opened = client.get(f"{HOME}/{tag}/file")
    data = {"csrf_token": token_of(opened), "file": (BytesIO(content), "mine.po")}
    return client.post(f"{HOME}/{tag}/file", data=data, content_type="multipart/form-data")


def update(folder: Path, before: str, after: str, tag: str = "cy") -> None:
    """The application comes with another catalogue."""
    path = folder / tag / "LC_MESSAGES" / "messages.po"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, after), encoding="utf-8")
