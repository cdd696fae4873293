"""A name is what somebody calls themselves: one word or seven, in any letters and any order. Nothing takes it apart."""

from flask import Flask
from werkzeug.datastructures import MultiDict

from app.cases.search import Sight, find
from app.dispatch.actions import queue_message
from app.dispatch.mail import compose
from app.extensions import db, start_writing
from app.feedback.colleagues import find_colleague
from app.landlords.standards import current_landlord
from app.mailings.actions import rows_of_list
from app.mailings.reading import read_list
from app.reception.person_forms import Name
from app.tenants.actions import record_tenant
from tests.builders import a_colleague, needs, person
from tests.letters.test_acknowledgement import NOW, lines, written

NAMES = (
    "Nur",
    "U",
    "Олександра Володимирівна Коваленко-Дем’яненко",
    "نور",
    "محمد بن راشد آل مكتوم",
    "محمد عمران قریشی",
    "Abdullah bin Muhammad al-Rashid",
    "Siân Llŷr-O’Connor",
    "d'Arcy van den Berg",
    "Nguyễn Thị Minh Khai",
    "Łukasz Żak",
    "María José García Márquez y Ruiz de la Fuente",
    "王小明",
    "Ó Súilleabháin, Seán",
)
GREETINGS = {"en": "Dear {},", "cy": "Annwyl {},"}


def test_every_name_passes_the_form_as_it_was_typed(sqlite_app: Flask) -> None:
    for name in NAMES:
        with sqlite_app.test_request_context(method="POST", data={"name": name}):
            form = Name(
                formdata=MultiDict({"name": name}), landlord=current_landlord(), answers={}, meta={"csrf": False}
            )
            assert form.validate(), (name, form.errors)
            assert form.name.data == name


def test_letters_and_mails_greet_by_the_whole_name_and_the_case_is_found_by_each_part(sqlite_app: Flask) -> None:
    sight = Sight(0, sees_restricted=True)
    for number, name in enumerate(NAMES[::2]):  # each costs a letter
        language = ("en", "cy")[number % 2]
        start_writing()
        tenant = record_tenant(person(name=name, email=f"t{number}@example.org"), needs(), language, NOW, None)
        letter = written("receipt", handler=None, tenant=tenant, language=language)
        assert GREETINGS[language].format(name) in lines(letter), name
        message = queue_message(letter, "email", "t@example.org", NOW)
        assert GREETINGS[language].format(name) in compose(message, NOW).body, name
        for part in (name, *name.split(), name.upper()):
            assert letter.case_id in {hit.case_id for hit in find(part, sight).hits}, (name, part)


def test_praise_finds_a_colleague_whichever_name_comes_first(sqlite_app: Flask) -> None:
    start_writing()
    for number, name in enumerate(NAMES):
        a_colleague(f"c{number}@landlord.example", roles=("officer",), name=name)
    db.session.commit()
    for number, name in enumerate(NAMES):
        for typed in (name, " ".join(reversed(name.split())), name.casefold()):
            found = find_colleague(typed)
            assert getattr(found, "email", None) == f"c{number}@landlord.example", typed


def test_a_list_of_tenants_keeps_the_name_however_its_columns_are_called(sqlite_app: Flask) -> None:
    rows = "".join(f'"{name}",1 High Street,EX1 1AA\n' for name in NAMES)
    read = read_list(f"Name,Address,Postcode\n{rows}".encode())
    assert tuple(row.recipient["name"] for row in rows_of_list(read, current_landlord())) == NAMES
    read = read_list(b"Surname,First name,Address,Postcode\nal-Rashid,,1 High Street,EX1 1AA\n")
    assert [row.recipient["name"] for row in rows_of_list(read, current_landlord())] == ["al-Rashid"]
