"""The words for translators: ``make messages`` extracts them and brings every catalogue up to date.

``--check`` changes nothing and fails where a catalogue is behind the source; ``--compile`` makes what the running
site reads. Entries name their file but no line, and stand in the order of the files, so that a change of code
moves nothing else in a catalogue.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import read_po, write_po

from app.languages import DEFAULT, LANGUAGES, STAFF_LANGUAGES, Language
from app.languages.catalogues import FOLDER, NAMED, folder_of, path_of
from app.languages.compiling import compile_file, is_up_to_date
from app.languages.rooms import ROOMS, rooms_of
from tools.screens import name_screens, notes, put_notes, screens

PROJECT = Path(__file__).resolve().parent.parent
WIDTH = "--width=110"
STAFF_ROOMS = (
    *(f"{top}/{room}/" for top in ("app", "templates") for room in ("caseload", "measures", "staff", "demonstration")),
    "templates/staff_base.html",
)
HEAD = """\
# {name} words of Letterbox.
# Not yet reviewed by a native speaker. Whoever reviews an entry writes above it: # reviewed by NAME, DATE
#"""
Key = tuple[str | None, str]
KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2")


def _pybabel(*arguments: str | Path, cwd: Path = PROJECT) -> int:
    """Our own extractor is found by PYTHONPATH: what lies in ``cwd`` is read and never run."""
    command = [sys.executable, "-P", "-m", "babel.messages.frontend", "--quiet", *arguments]
    done = subprocess.run(command, cwd=cwd, check=False, env={**os.environ, "PYTHONPATH": str(PROJECT)})
    return done.returncode


def extract(template: Path, project: Path = PROJECT) -> None:
    """Write every translatable sentence of code, templates and policies to this file. Raises SystemExit."""
    keywords = [f"--keyword={word}" for word in KEYWORDS]
    failed = _pybabel(
        "extract", "--mapping=babel.cfg", f"--output-file={template}", "--add-location=file", "--sort-by-file",
        WIDTH, "--add-comments=Translators:", "--strip-comments", "--project=Letterbox", "--version=1",
        "--copyright-holder=Letterbox", "--ignore-dirs=.* node_modules", *keywords, ".",
        cwd=project,
    )  # fmt: skip
    if failed:
        raise SystemExit("The words could not be extracted. The message stands above.")
    with template.open("rb") as file:
        catalogue = read_po(file)
    gone = put_notes(catalogue, notes()) if project == PROJECT else []
    if gone:
        raise SystemExit(f"translations/notes.toml: nothing says {', '.join(map(repr, gone))}. Take the notes out.")
    name_screens(catalogue, screens())
    with template.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False)


def update(template: Path, folder: Path = FOLDER, languages: Sequence[Language] = ()) -> None:
    """Bring the catalogues up to date, and make those that are not there yet. Raises SystemExit."""
    for language in languages or _translated():
        path = folder / folder_of(language) / "LC_MESSAGES" / "messages.po"
        is_new = not path.exists()
        failed = _pybabel(
            "update", f"--input-file={template}", f"--output-dir={folder}", f"--locale={folder_of(language)}",
            WIDTH, "--no-fuzzy-matching", "--ignore-pot-creation-date", "--init-missing",
        )  # fmt: skip
        if failed:
            raise SystemExit(f"The catalogue of {language.tag} could not be updated. The message stands above.")
        if language.tag not in STAFF_LANGUAGES:
            _leave_out_staff_pages(path)
        if is_new:
            _introduce(path, language)


def _introduce(path: Path, language: Language) -> None:
    """Say at the head of a new catalogue whose words they are, and that nobody has reviewed them yet."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=folder_of(language))
    name = Locale.parse(language.locale).english_name
    catalogue.header_comment = HEAD.format(name=name)
    catalogue.last_translator = "The Letterbox team <letterbox@localhost>"
    catalogue.language_team = f"{name} (not yet reviewed by a native speaker)"
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False)


def check(template: Path) -> None:
    """Raises SystemExit where a catalogue lacks a sentence of the source, or has one that is no longer there.

    Says it by language and part of the site. Where a sentence stands in its file, and what is noted beside it, is the
    translators' own.
    """
    lines: list[str] = []
    for language in _translated():
        wanted = _sentences(template, with_staff_pages=language.tag in STAFF_LANGUAGES)
        found = _sentences(path_of(language)) if path_of(language).exists() else {}
        for said, here, there in (("new", wanted, found), ("gone", found, wanted)):
            lines += _by_room(f"{language.tag}: ", said, {key: here[key] for key in here.keys() - there.keys()})
    if lines:
        raise SystemExit("\n".join(["Catalogues are behind the source. Run: make messages", *lines]))


def _by_room(language: str, said: str, sentences: dict[Key, frozenset[str]]) -> Iterator[str]:
    for room in ROOMS:
        here = sorted(english for (_context, english), rooms in sentences.items() if room in rooms)
        if here:
            yield f"{language}{room}: {len(here)} {said}"
            yield from (f"    {english[:90]}" for english in here[:NAMED])


def _translated() -> list[Language]:
    return [language for language in LANGUAGES.values() if language != DEFAULT]  # English is what the code says


def _sentences(path: Path, with_staff_pages: bool = True) -> dict[Key, frozenset[str]]:
    """Context and English of each, and the parts of the site that say it."""
    with path.open("rb") as file:
        return {
            (message.context, repr(message.id)): rooms_of(place for place, _line in message.locations)
            for message in read_po(file)
            if message.id and (with_staff_pages or not is_for_staff_only(message))
        }


def is_for_staff_only(message: Message) -> bool:
    """Whether no tenant ever reads it: it stands in the rooms of staff pages and nowhere else."""
    return bool(message.locations) and all(place.startswith(STAFF_ROOMS) for place, _line in message.locations)


def _leave_out_staff_pages(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    for message in [message for message in catalogue if message.id and is_for_staff_only(message)]:
        catalogue.delete(message.id, message.context)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False)  # what is gone helps to say it anew


def compile_catalogues() -> None:
    """Make what the running site reads, where it is older than its source.

    An entry that would break a page is left out, and said. Raises SystemExit, after all others are made, where a file
    is refused as a whole.
    """
    is_refused = False
    for language in _translated():
        source = path_of(language)
        made = source.with_suffix(".mo")
        if not source.exists() or is_up_to_date(made, source):
            continue
        done = compile_file(source, made, language)
        for finding in (*done.left_out, *done.refused):
            end = "" if finding in done.refused else ". The site says it in English"
            print(f"{source.relative_to(FOLDER.parent)}:{finding.line}: {finding.reason}{end}", file=sys.stderr)
        is_refused = is_refused or bool(done.refused)
    if is_refused:
        raise SystemExit("A catalogue cannot be used. What is wrong with it stands above.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    wanted = parser.parse_args()
    if not wanted.compile:
        with tempfile.TemporaryDirectory() as folder:
            template = Path(folder) / "messages.pot"
            extract(template)
            (check if wanted.check else update)(template)
    if not wanted.check:
        compile_catalogues()


if __name__ == "__main__":
    main()
