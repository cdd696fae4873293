"""Pages' files: read as they are meant, or refused with file and key; a landlord's own before the shared ones."""

from pathlib import Path

import pytest

from app.content.reading import NoSuchPage, WrongContent, read_library, read_page

HEAD = {"title": '"Leaks"', "description": '"Stop it."', "review_by": "2027-05-22", "owner": '"Repairs"'}


def write(folder: Path, path: str, words: str = "Words.", **different: str) -> Path:
    head = "\n".join(f"{key} = {value}" for key, value in {**HEAD, **different}.items() if value)
    file = folder / f"{path}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"+++\n{head}\n+++\n{words}\n", "utf-8")
    return file


@pytest.mark.parametrize(
    ("different", "what"),
    [
        ({"title": ""}, "title is missing"),
        ({"owner": ""}, "owner is missing"),
        ({"review_by": '"soon"'}, "review_by is 'soon': write a day, such as 2027-05-22"),
        ({"review_by": "2027-05-22T10:00:00"}, "write a day"),
        ({"title": '""'}, "title is '': write words"),
        ({"ttle": '"x"'}, "ttle is not known"),
        ({"group": '"cars"'}, "group is 'cars': write one of"),
        ({"found_by": '"tap"'}, "found_by is 'tap': write words"),
        ({"title": "x"}, "every/en/leaks.md: "),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_its_name_and_key(
    tmp_path: Path, different: dict[str, str], what: str
) -> None:
    path = write(tmp_path, "every/en/leaks", **different)
    with pytest.raises(WrongContent) as refusal:
        read_page(path, "en")
    assert "every/en/leaks.md" in str(refusal.value)
    assert what in str(refusal.value)


@pytest.mark.parametrize("text", ["", "Words only", "+++\ntitle = 'x'\nno end", "\n\n"])
def test_a_file_without_front_matter_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.md").write_text(text)
    with pytest.raises(WrongContent, match="the first line and the one below the front matter"):
        read_page(tmp_path / "x.md", "en")


def test_a_name_that_is_no_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongContent, match="the name of the file is its address"):
        read_page(write(tmp_path, "every/en/Stop a leak"), "en")


def test_one_broken_file_takes_no_other_page_away(tmp_path: Path) -> None:
    write(tmp_path, "every/en/good")
    write(tmp_path, "every/en/bad", owner="")
    found = read_library(tmp_path, "livv", ("en", "cy"))
    assert found.slugs() == ("good",)
    assert [fault.partition(":")[0] for fault in found.faults] == ["every/en/bad.md"]


def test_a_landlords_own_page_is_the_landlords_in_every_language(tmp_path: Path) -> None:
    """Else a Welsh reader would be told what another landlord says."""
    write(tmp_path, "every/en/complaints", "Shared.")
    write(tmp_path, "every/cy/complaints", "Shared in Welsh.")
    write(tmp_path, "livv/en/complaints", "Our own.")
    livv, livewest = (read_library(tmp_path, key, ("en", "cy")) for key in ("livv", "livewest"))
    assert livv.page("complaints", "cy").words == "Our own."
    assert livv.missing("complaints") == ("cy",)
    assert livewest.page("complaints", "cy").words == "Shared in Welsh."
    with pytest.raises(NoSuchPage):
        livv.page("fences", "en")


def test_a_translation_of_a_page_that_the_landlord_has_not_written_is_named(tmp_path: Path) -> None:
    write(tmp_path, "livv/cy/complaints")
    assert read_library(tmp_path, "livv", ("en", "cy")).faults == ("livv/cy/complaints.md: write it in en first",)
