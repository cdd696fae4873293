"""A list as spreadsheets save it: what is read, and what is refused by name."""

import pytest

from app.mailings.reading import MOST_LINES, ListRefused, read_list

HEADER = "Name,Address line 1,Town,Postcode\n"


def listed(text: str, encoding: str = "utf-8") -> list[tuple[int, str, tuple[str, ...], str]]:
    read = read_list(text.encode(encoding))
    return [
        (line.number, line.cells.get("name", ""), line.address, line.cells.get("postcode", "")) for line in read.lines
    ]


ANNA = (2, "Anna Nowak", ("1 High Street", "Exeter"), "EX1 1AA")


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "Anna Nowak,1 High Street,Exeter,EX1 1AA\n",
        "name;address;post code\r\nAnna Nowak;1 High Street, Exeter;EX1 1AA\r\n",
        "NAME\tPostal-Address\tPOSTCODE\nAnna Nowak\t1 High Street, Exeter\tEX1 1AA",
        "Postcode,Surname,First name,address 1,county\nEX1 1AA,Anna,Nowak,1 High Street,Exeter\n",
    ],
)
def test_columns_are_known_however_a_spreadsheet_writes_them(text: str) -> None:
    assert listed(text) == [ANNA]


def test_the_parts_of_a_name_are_one_name_in_the_order_of_the_columns() -> None:
    assert listed("Title,First name,Surname,Address\nMs,Anna,Nowak,Exeter\n")[0][1] == "Ms Anna Nowak"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_alphabet_is_read(encoding: str) -> None:
    assert listed(HEADER + "Łucja عمر,1 High Street,Exeter,EX1 1AA\n", encoding)[0][1] == "Łucja عمر"


def test_what_an_old_spreadsheet_saved_is_read_and_told() -> None:
    read = read_list((HEADER + "Siân O’Neill,1 High Street,Exeter,EX1 1AA\n").encode("cp1252"))
    assert (read.lines[0].cells["name"], read.encoding) == ("Siân O’Neill", "cp1252")


def test_a_line_has_the_number_that_it_has_in_the_file() -> None:
    text = HEADER + '"Anna Nowak","1 High Street\nFlat 2",Exeter,EX1 1AA\n\n,,,\nOmar,2 High Street,Exeter,EX1 1AB\n'
    assert [line[0] for line in listed(text)] == [2, 6]


def test_a_line_that_says_what_parts_the_cells_counts_as_a_line() -> None:
    assert [line[0] for line in listed("sep=;\nName;Address\nAnna;Exeter\n")] == [3]


def test_columns_that_mean_nothing_here_are_told() -> None:
    assert read_list(b"Name,Address,Rent,Pets\nAnna,Exeter,4,2\n").not_used == ("Rent", "Pets")


def test_more_cells_than_columns_are_noticed() -> None:
    read = read_list(b"Name,Address\nAnna,1 High Street,Exeter\nOmar,2 High Street,\n")
    assert [line.has_more for line in read.lines] == [True, False]


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0rest", "spreadsheet"),
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"Name,Address\n", "empty"),
        (b"Name,Address\n,\n", "empty"),
        (b"Name\0,Address\nx,y\n", "not-text"),
        (b"\xff\xfe\x00\xd8", "not-text"),
        (b"\x81\x8d", "not-text"),
        (b"First,Second\nAnna,Exeter\n", "columns: name, address"),
        (b"Address,Town\nExeter,Devon\n", "columns: name"),
        (b"Name,Postcode\nAnna,EX1 1AA\n", "columns: address"),
        (b"Name,Address\n" + b"a" * 140_000 + b",Exeter\n", "cell: 2"),
        (b'Name,Address\nBo,Exeter\n"Anna,Exeter\nOmar,Exeter\n', "cell: 3"),  # Omar would be lost in Anna's name
        (b'"Name,Address\nBo,Exeter\n', "cell: 1"),
        (b"Name,Address\n" + b"Anna,Exeter\n" * (MOST_LINES + 1), f"too-many: {MOST_LINES}"),
    ],
)
def test_a_file_that_is_no_list_is_refused_by_name(content: bytes, refused: str) -> None:
    with pytest.raises(ListRefused) as why:
        read_list(content)
    assert str(why.value) == refused
