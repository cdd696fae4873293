"""The checker of braille is seen to refuse, and to pass what is right whatever its name."""

from pathlib import Path

import pytest

from app.formats import Choice, make
from app.formats.check import check
from tests.formats.samples import sample

pytestmark = pytest.mark.usefixtures("letterbox")

EVERY = [(language, grade) for language in ("en", "cy", "ar") for grade in (1, 2)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make("braille", sample("en"))
    made = tmp_path / file.name
    made.write_bytes(file.content)
    return made


def findings(path: Path) -> str:
    return "\n".join(finding.words for finding in check(path))


def spoiled(path: Path, old: bytes, new: bytes) -> str:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    return findings(path)


@pytest.mark.parametrize(("language", "grade"), EVERY)
def test_a_made_letter_passes(language: str, grade: int, tmp_path: Path):
    file = make("braille", sample(language), Choice(braille_grade=grade))
    for name in (file.name, "renamed.brf"):
        (tmp_path / name).write_bytes(file.content)
        assert findings(tmp_path / name) == ""


def test_an_empty_file(path: Path):
    path.write_bytes(b"\r\n")
    assert findings(path) == "it is empty"


def test_a_byte_that_is_no_sign(path: Path):
    assert "no sign of a BRF" in spoiled(path, b",DATE3", "⠠⠙".encode())


def test_a_sign_that_is_no_cell(path: Path):
    assert "'~'" in spoiled(path, b",DATE3", b",DATE~")


def test_a_line_that_is_too_long(path: Path):
    assert "line 2 of page 1 has 51 cells" in spoiled(path, b",H>B\\R ,HOMES\r\n", b"A" * 51 + b"\r\n")


def test_a_page_that_is_too_long(path: Path):
    assert "page 1 has" in spoiled(path, b"\f,K#G", b",K#G")


def test_lines_that_end_as_on_unix(path: Path):
    assert "carriage return" in spoiled(path, b"\r\n", b"\n")


def test_a_page_without_its_number(path: Path):
    assert "page 2 does not bear its number" in spoiled(path, b"#B\r\n", b"#C\r\n")


def test_blank_cells_at_the_end_of_a_line(path: Path):
    assert "ends in blank cells" in spoiled(path, b",SKYP>K\r\n", b",SKYP>K \r\n")


def test_a_reference_with_a_wrong_character(path: Path):
    assert "no case reference" in spoiled(path, b",K#G,M#D-,,QX#I,T", b",K#G,M#D-,,QX#F,T")


def test_a_letter_without_a_year(path: Path):
    assert "no year can be read" in spoiled(path, b" #BJBF", b"")


def test_braille_of_another_grade_than_its_name_says(tmp_path: Path):
    """Contracted braille read as uncontracted is no words."""
    (tmp_path / "K7M4-QX9T-en-grade1.brf").write_bytes(make("braille", sample("en")).content)
    assert "does not read back as words" in findings(tmp_path / "K7M4-QX9T-en-grade1.brf")
