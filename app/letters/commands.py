"""``flask letters …``: what exists, one letter made in one format, a made file checked."""

import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app import formats
from app.cases.lists import case_of
from app.cases.models import Case
from app.extensions import db
from app.formats import FORMATS, HAS_GRADE, HAS_PAPER, HAS_RATE, PAPERS, RATES, Choice, matrix
from app.formats.check import check as findings_in
from app.formats.document import File, FormatRefused
from app.languages import LANGUAGES
from app.letters import storage
from app.letters.actions import choice_for
from app.letters.compose import ACKNOWLEDGEMENTS, LETTERS, NAMES
from app.letters.documents import document_in, landlord_of
from app.letters.files import NotMadeYet, key_of, made_file, stem_for
from app.letters.lacks import LetterLacks
from app.letters.models import Letter
from app.tenants.models import (
    FEWEST_CELLS,
    FEWEST_LINES,
    LARGEST_LARGE_PRINT,
    MOST_CELLS,
    MOST_LINES,
    SMALLEST_LARGE_PRINT,
)

letters_commands = AppGroup("letters", help="Letters, and the formats that tenants can read.")


@letters_commands.command("list")
def list_letters() -> None:
    """The letters and formats that exist."""
    click.echo("letters")
    widest = max(map(len, (*NAMES, *FORMATS))) + 2
    for name in NAMES:
        says = LETTERS[name].title if name in LETTERS else f"for every kind of case: {', '.join(ACKNOWLEDGEMENTS)}"
        click.echo(f"  {name:{widest}}{says}")
    click.echo("formats")
    for name in FORMATS:
        click.echo(f"  {name:{widest}}{_choices_within(name)}".rstrip())


def _choices_within(format_name: str) -> str:
    match format_name:
        case "large-print":
            return f"--point-size {SMALLEST_LARGE_PRINT}..{LARGEST_LARGE_PRINT} --paper {'|'.join(PAPERS)}"
        case name if name in HAS_PAPER:
            return f"--paper {'|'.join(PAPERS)}"
        case name if name in HAS_GRADE:
            cells, lines = f"{FEWEST_CELLS}..{MOST_CELLS}", f"{FEWEST_LINES}..{MOST_LINES}"
            return f"--grade 1|2 --cells {cells} --lines {lines}"
        case name if name in HAS_RATE:
            return f"--rate {'|'.join(RATES)}"
    return ""


@letters_commands.command("formats")
@click.option("--markdown", "is_page", is_flag=True, help="As the page docs/formats.md.")
def list_formats_by_language(is_page: bool) -> None:
    """Which language can be made in which format on this machine, and why not."""
    if is_page:
        click.echo(matrix.as_markdown(), nl=False)
        return
    click.echo(f"{'format':<16}" + "".join(f"{tag:<16}" for tag in LANGUAGES).rstrip())
    for name in FORMATS:
        found = (formats.can_make(tag, name) or "yes" for tag in LANGUAGES)
        click.echo(f"{name:<16}" + "".join(f"{each:<16}" for each in found).rstrip())


@letters_commands.command("make")
@click.argument("reference")
@click.argument("name", metavar="LETTER", type=click.Choice(NAMES))
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Another than the case's; nothing is stored.")
@click.option("--point-size", type=click.IntRange(SMALLEST_LARGE_PRINT, LARGEST_LARGE_PRINT), help="Of large print.")
@click.option("--grade", type=click.IntRange(1, 2), help="Of braille.")
@click.option("--rate", type=click.Choice(RATES), help="Of what is read out.")
@click.option("--paper", type=click.Choice(PAPERS), help="The colour of print's paper.")
@click.option("--cells", type=click.IntRange(FEWEST_CELLS, MOST_CELLS), help="In a line of braille.")
@click.option("--lines", type=click.IntRange(FEWEST_LINES, MOST_LINES), help="On a page of braille.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write it: a file, or a folder that exists.")
def make(
    reference: str,
    name: str,
    format_name: str,
    language: str | None,
    point_size: int | None,
    grade: int | None,
    rate: str | None,
    paper: str | None,
    cells: int | None,
    lines: int | None,
    out: Path | None,
) -> None:
    """Write the letter; prints its path on the last line. What the tenant needs is the usual size and grade."""
    letter = _newest(_case(reference), name)
    needs = letter.case.tenant.needs
    needed = choice_for(needs)
    choice = replace(
        needed,
        point_size=point_size or needed.point_size,
        braille_grade=grade or needed.braille_grade,
        rate=rate or needed.rate,
        paper=paper or needed.paper,
        cells=cells or needed.cells,
        lines=lines or needed.lines,
    )
    try:
        if language and language != letter.language:
            path = _written_anew(letter, format_name, choice, language, out)
        else:
            path = _stored(letter, format_name, choice, out)
    except FormatRefused as refused:
        raise click.ClickException(f"{format_name} is refused: {refused.reason}") from refused
    except LetterLacks as lacking:
        raise click.ClickException(str(lacking)) from lacking
    except NotMadeYet as waiting:
        raise click.ClickException("another process is making this file: try again in a minute") from waiting
    click.echo(path)


@letters_commands.command("check")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
def check(file: Path) -> None:
    """Check a made file against its format's rules: one line a finding, and exit 1 on any."""
    if file.suffix == ".zip":
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(file) as archive:
            archive.extractall(folder)
            found = findings_in(Path(folder))
    else:
        found = findings_in(file)
    for finding in found:
        click.echo(finding)
    if found:
        raise SystemExit(1)


def _case(reference: str) -> Case:
    case = case_of(reference)
    if case is None:
        raise click.ClickException(f"no case has the reference {reference}")
    return case


def _newest(case: Case, name: str) -> Letter:
    letters = select(Letter).where(Letter.case_id == case.id, Letter.name == name).order_by(Letter.version.desc())
    letter = db.session.scalars(letters.limit(1)).first()
    if letter is None:
        raise click.ClickException(f"case {case.reference} has no {name}")
    return letter


def _stored(letter: Letter, format_name: str, choice: Choice, out: Path | None) -> Path:
    made = storage.path_of(made_file(letter, format_name, choice, datetime.now(UTC)))
    if made.suffix != ".zip":
        return _copied(made.read_bytes(), made.name, out) if out else made
    with zipfile.ZipFile(made) as archive:
        members = tuple(File(entry, "", archive.read(entry)) for entry in archive.namelist())
    return _folder(members, out or made.with_suffix(""), made.stem)


def _written_anew(letter: Letter, format_name: str, choice: Choice, language: str, out: Path | None) -> Path:
    document = document_in(letter, landlord_of(letter.case), language)
    stem = stem_for(letter, language, key_of(format_name, choice))
    folder = storage.folder() / letter.case.reference
    db.session.rollback()
    made = formats.make_letter(format_name, document, choice)
    if made.members:
        return _folder(tuple(storage.all_in(made)), out or folder / stem, stem)
    name = stem + Path(made.name).suffix
    return _copied(made.content, name, out or folder / name)


def _copied(content: bytes, name: str, out: Path) -> Path:
    path = out / name if out.is_dir() else out
    storage.write_whole(path, content)
    return path


def _folder(members: tuple[File, ...], out: Path, name: str) -> Path:
    """Write a folder's members; into a new folder below ``out`` where that holds something else already."""
    names = {member.name.partition("/")[0] for member in members}
    if out.is_dir() and any(there.name not in names for there in out.iterdir()):
        out = out / name
    for member in members:
        storage.write_whole(out / member.name, member.content)
    return out
