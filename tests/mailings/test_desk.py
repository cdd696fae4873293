"""The pages on which a letter goes to a list: from a file or our records to the archives."""

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from app.extensions import db
from app.mailings import making
from app.mailings.models import Mailing
from tests.builders import needs, person
from tests.caseload.desk import a_case_that_came_in, a_desk_for_many_tests
from tests.laws.page_laws import assert_page_laws
from tests.mailings.lists import LIST
from tests.staff.door import token_of, words_of

DESK = "/staff/mailings"
NEW = {"title": "Stairs in spring", "letter": "maintenance-notice", "source": "csv"}
WORDS = {
    "begins_on": "11 1 2027",
    "works_from": "8.30am",
    "works_until": "4 pm",
    "enters_homes": "no",
    "en-work": "We paint the stairs.",
}


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Iterator[FlaskClient]:
    with a_desk_for_many_tests(request, "complaints-team") as found:
        yield found


def send(client: FlaskClient, path: str, page: str | None = None, **fields: Any) -> TestResponse:
    token = token_of(client.get(page or path))
    answer = client.post(path, data={"csrf_token": token, **fields}, content_type="multipart/form-data")
    db.session.expire_all()
    return answer


def a_file(text: str = LIST, name: str = "stairs.csv") -> tuple[BytesIO, str]:
    return BytesIO(text.encode()), name


def drafted(client: FlaskClient, text: str = LIST, **fields: Any) -> str:
    """The address of a mailing that a list was read for."""
    answer = send(client, f"{DESK}/new", **{**NEW, "list": a_file(text), **fields})
    assert answer.status_code == 303, words_of(answer)
    return str(answer.location)


def written(client: FlaskClient, address: str, **words: str) -> None:
    assert send(client, f"{address}/words", **{**WORDS, **words}).status_code == 303


def mailing_at(address: str) -> Mailing:
    db.session.expire_all()
    return db.session.scalars(db.select(Mailing).where(Mailing.reference == address.rpartition("/")[2])).one()


def mistakes(answer: TestResponse) -> dict[str, str]:
    tree = html.fromstring(answer.get_data(as_text=True))
    links = tree.xpath("//*[contains(@class, 'govuk-error-summary')]//a")
    for link in links:
        assert tree.xpath(f"//*[@id='{link.get('href')[1:]}']"), link.get("href")
    return {link.get("href")[1:]: link.text_content() for link in links}


def test_from_a_list_to_the_archives(client: FlaskClient) -> None:
    address = drafted(client)
    page = words_of(client.get(address))
    assert "3 lines are wrong" in page
    assert "The name is missing." in page
    assert "We do not write letters in this language: tlh" in page
    assert "The same letter for the same person stands in line 2." in page
    assert "Nothing is written yet." in page
    written(client, address, **{"cy-work": "Rydym yn paentio’r grisiau."})
    page = words_of(client.get(address))
    assert "Written in: English and Welsh." in page
    assert "Arabic our words in English" in page
    assert send(client, f"{address}/start", address).status_code == 303
    mailing = mailing_at(address)
    making.work(mailing.id, datetime.now(UTC), seconds=0)
    assert "Being made: more than 20% of the letters are there." in words_of(client.get(address))
    assert "Paused." in words_of(client.get(send(client, f"{address}/pause", address).location))
    assert making.work(mailing.id, datetime.now(UTC)) is False
    send(client, f"{address}/resume", address)
    making.work(mailing.id, datetime.now(UTC))
    page = words_of(client.get(address))
    assert "All done" in page
    archive = client.get(f"{address}/archives/text")
    assert archive.mimetype == "application/zip"
    with zipfile.ZipFile(BytesIO(archive.data)) as packed:
        assert len(packed.namelist()) == 4
        assert "Rydym yn paentio’r grisiau." in packed.read(packed.namelist()[1]).decode()
    assert client.get(f"{address}/archives/braille").status_code == 404
    assert "by sam.field@landlord.example" in words_of(client.get(address)).partition("SHA-256")[2]


def test_every_letter_can_be_looked_at_before_it_is_made(client: FlaskClient) -> None:
    address = drafted(client, LIST + "Petra,1 High Street,EX1 1AA,ar,large-print,24\n")
    assert "Write what the letter says first." in words_of(client.get(f"{address}/rows/9"))
    written(client, address)
    page = client.get(f"{address}/rows/9")
    assert "Our words stand in it in English: nobody has written them in Arabic." in words_of(page)
    shown = html.fromstring(page.get_data(as_text=True)).xpath("//div[@class='look']")[0]
    assert (shown.get("lang"), shown.get("dir")) == ("ar", "rtl")
    assert shown.xpath("h2/text()")[0] in ("أعمال نخطط لها", "Work that we are planning")
    phone = shown.xpath(".//a[contains(@class, 'phone')]")[0]  # else it stands the wrong way round in Arabic
    assert (phone.get("dir"), phone.text) == ("ltr", "0300 123 8080")
    said = mailing_at(address).given["en"]
    assert (said["begins_on"], said["works_from"], said["works_until"]) == ("2027-01-11", "08:30", "16:00")
    file = client.get(f"{address}/rows/9/file")
    assert (file.mimetype, file.data[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(f"{address}/rows/5").status_code == 404  # a wrong line has no letter
    assert {row.state for row in mailing_at(address).rows} == {"waiting", "wrong"}


def test_wrong_lines_are_taken_as_a_file_that_no_spreadsheet_runs(client: FlaskClient) -> None:
    address = drafted(client, "Name,Address,Postcode,Format\n=cmd|'/c calc'!A0,Exeter,EX1 1AA,carrier pigeon\n")
    lines = client.get(f"{address}/wrong-lines").data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Line,What is wrong,Name")
    assert lines[1].startswith("2,There is no format of this name: carrier pigeon,'=cmd|")


def test_a_wrong_line_keeps_how_its_letter_was_wanted(client: FlaskClient) -> None:
    """Put right and read again, it would else be made in standard print."""
    address = drafted(client, "Name,Address,Postcode,Language,Format,Size\nBo,Exeter,EX1 1AA,tlh,large print,24\n")
    again = client.get(f"{address}/wrong-lines").data.decode("utf-8-sig").replace("tlh", "Welsh")
    row = mailing_at(drafted(client, again)).rows[0]
    assert (row.state, row.language, row.format, row.point_size) == ("waiting", "cy", "large-print", 24)


def test_whoever_ruled_email_out_gets_none_by_a_list_without_postcodes(client: FlaskClient) -> None:
    a_case_that_came_in(
        person=person(name="Rosa Quiet", email="Rosa@mail.example", postcode="EX9 9ZZ"),
        needs=needs(contact_channel="letter", safe_ways=["letter"]),
    )
    address = drafted(client, "Name,Email,Format\nrosa quiet,rosa@mail.example,html\n")
    assert mailing_at(address).rows[0].problem == "unsafe"


def test_a_line_far_behind_the_last_is_no_trouble(client: FlaskClient) -> None:
    assert client.get(f"{drafted(client)}/rows?after={'9' * 20}").status_code == 200


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": " ", "letter": "", "source": ""}, {"title", "letter", "source"}),
        ({"list": (BytesIO(b""), "")}, {"list"}),
        ({"list": a_file("First,Second\n1,2\n")}, {"list"}),
        ({"source": "tenants", "review_by": "soon", "district": "Exeter", "language": "xx"},
         {"review_by", "district", "language"}),
        ({"source": "tenants", "district": "ZE3"}, {"source"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    client: FlaskClient, fields: dict[str, Any], wrong: set[str]
) -> None:
    answer = send(client, f"{DESK}/new", **{**NEW, **fields})
    assert answer.status_code == 422
    assert set(mistakes(answer)) == wrong
    if "title" not in fields:
        assert 'value="Stairs in spring"' in answer.get_data(as_text=True)


def test_words_that_are_wrong_stay_in_their_fields(client: FlaskClient) -> None:
    address = drafted(client)
    answer = send(client, f"{address}/words", begins_on="next week", **{"cy-effects": "Sŵn"})
    assert answer.status_code == 422
    assert set(mistakes(answer)) == {"begins_on", "enters_homes", "cy-work"}
    assert 'value="next week"' in answer.get_data(as_text=True)
    assert "Sŵn" in answer.get_data(as_text=True)
    assert "Write what the letter says first." in words_of(
        client.get(send(client, f"{address}/start", address).location)
    )


def test_tenants_are_chosen_by_what_they_need_the_newest_record_of_each(client: FlaskClient) -> None:
    here = {"postcode": "TQ9 5AA", "address": ["3 Fore Street", "Totnes"]}
    a_case_that_came_in(person=person(name="Ada Byron", **here), needs=needs(format="braille"))
    a_case_that_came_in(person=person(name="ADA  BYRON", **here), needs=needs(format="large-print", point_size=24))
    a_case_that_came_in(person=person(name="Carl Moss", **here), needs={**needs(), "safe_ways": ["phone"]})
    address = drafted(client, source="tenants", district="tq9", list=(BytesIO(b""), ""))
    rows = {row.recipient["name"]: row for row in mailing_at(address).rows}
    assert {name: (row.format, row.point_size, row.state) for name, row in rows.items()} == {
        "ADA BYRON": ("large-print", 24, "waiting"),
        "Carl Moss": ("standard-print", 0, "wrong"),
    }
    assert rows["Carl Moss"].problem == "unsafe"
    answer = send(client, f"{DESK}/new", **{**NEW, "source": "tenants", "district": "TQ9", "format": "braille"})
    assert set(mistakes(answer)) == {"source"}  # the newest record no longer says braille


def test_a_list_that_says_no_format_gets_what_is_on_record_and_never_what_is_unsafe(client: FlaskClient) -> None:
    here = {"postcode": "TQ1 1AA", "address": ["3 Sea View"]}
    a_case_that_came_in(person=person(name="Eva Lund", **here), needs=needs(format="text"), language="cy")
    a_case_that_came_in(person=person(name="Finn Ash", **here), needs={**needs(), "safe_ways": ["email"]})
    address = drafted(client, "Name,Address,Postcode\nEva Lund,3 Sea View,TQ11AA\nFinn Ash,3 Sea View,TQ1 1AA\n")
    eva, finn = mailing_at(address).rows
    assert (eva.language, eva.format, eva.state, eva.tenant_id is None) == ("cy", "text", "waiting", False)
    assert (finn.state, finn.problem) == ("wrong", "unsafe")


def test_needs_are_reviewed_by_tenants_whom_we_know_and_nobody_else(client: FlaskClient) -> None:
    a_case_that_came_in(person=person(name="Gil Hart", postcode="TQ2 2AA"), needs=needs(format="text"))
    text = "Name,Address,Postcode\nGil Hart,1 High Street,TQ2 2AA\nNobody Known,1 High Street,TQ2 2AA\n"
    address = drafted(client, text, letter="needs-review")
    assert [row.problem for row in mailing_at(address).rows] == [None, "unknown"]
    assert send(client, f"{address}/words", answer_by="1 2 2027").status_code == 303
    assert "1 High Street" in words_of(client.get(f"{address}/rows/2"))
    assert send(client, f"{address}/start", address).status_code == 303
    making.work(mailing_at(address).id, datetime.now(UTC))
    assert mailing_at(address).state == "made"


def test_a_mailing_that_a_colleague_gave_up_meanwhile_is_not_made(client: FlaskClient) -> None:
    address = drafted(client)
    written(client, address)
    token = token_of(client.get(address))
    send(client, f"{address}/drop", address)
    answer = client.post(f"{address}/start", data={"csrf_token": token})
    assert "A colleague has changed this mailing meanwhile" in words_of(client.get(answer.location))
    assert "This mailing was given up" in words_of(client.get(address))
    assert "Given up" in words_of(client.get(DESK))


def test_who_is_rung_about_a_letter_finds_what_it_says_by_its_reference(client: FlaskClient) -> None:
    address = drafted(client)
    written(client, address)
    reference = address.rpartition("/")[2]
    page = words_of(client.get(f"/staff/search?q={reference.replace('-', ' ').lower()}"))
    assert "This is the reference of a letter to a list" in page
    assert "What work is done We paint the stairs." in page
    assert "First day Mon 11 Jan 2027" in page
    assert "Nothing was found" not in page
    begins = client.get(f"{DESK}/new?letter=needs-review&source=tenants&review_by=4+12+2026")
    fields = html.fromstring(begins.get_data(as_text=True))
    assert fields.xpath("//input[@name='review_by']/@value") == ["4 12 2026"]
    assert fields.xpath("//input[@checked]/@value") == ["needs-review", "tenants"]


def test_a_name_that_is_hostile_is_shown_as_it_was_written(client: FlaskClient) -> None:
    address = drafted(client, 'Name,Address,Postcode\n"<script>alert(1)</script>",‮Exeter,EX1 1AA\n', title="<b>x</b>")
    written(client, address, **{"en-work": "<script>alert(2)</script>"})
    for page in ("", "/rows", "/rows/2", "/words"):
        source = client.get(address + page).get_data(as_text=True)
        assert not re.search(r"<script>alert|<b>x</b>|‮", source), page


def test_every_page_of_a_mailing_keeps_the_laws_of_pages(client: FlaskClient) -> None:
    address = drafted(client)
    assert_page_laws(client.get(f"{address}/words"))
    written(client, address)
    for page in (
        DESK,
        f"{DESK}/new",
        address,
        f"{address}/rows",
        f"{address}/rows/4",
        f"/staff/search?q={address[-9:]}",
    ):
        assert_page_laws(client.get(page))
    send(client, f"{address}/start", address)
    assert_page_laws(client.get(address))
    making.work(mailing_at(address).id, datetime.now(UTC))
    assert_page_laws(client.get(address))


def test_the_list_of_mailings_and_every_line_have_their_pages(client: FlaskClient) -> None:
    lines = "".join(f"Tenant {number},{number} High Street,EX1 1AA\n" for number in range(1, 54))
    address = drafted(client, "Name,Address,Postcode\n" + lines, title="Fifty-three")
    assert "Fifty-three" in words_of(client.get(DESK))
    first = client.get(f"{address}/rows")
    assert "Tenant 50" in words_of(first)
    assert "Tenant 51" not in words_of(first)
    following = html.fromstring(first.get_data(as_text=True)).xpath("//a[@rel='next']/@href")[0]
    assert "Tenant 53" in words_of(client.get(following))
    assert client.get(f"{address}/rows?show=nothing").status_code == 404
