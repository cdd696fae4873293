"""``flask translations …``"""

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from app.config import PROJECT
from app.languages import DEFAULT, LANGUAGES, Language
from app.languages.catalogues import Coverage, coverage, path_of
from app.languages.checked import check_file
from app.languages.exporting import export
from app.languages.offers import is_offered_too_early, offered_by

translations = AppGroup("translations", help="The catalogues of the languages offered.")


@translations.command("status")
def status() -> None:
    """Say how complete each language is, in which parts of the site it is not, and which landlords offer it.

    Exit 1 when a language is offered that is not ready for tenants, or when one that colleagues work in lacks
    anything. A language that nobody offers may grow at its own pace.
    """
    click.echo(
        f"{'language':<10}{'translated':>11}{'fuzzy':>7}{'missing':>9}{'reviewed':>10}  {'tenants':<11}offered by"
    )
    found, offered = coverage(), offered_by()
    for each in found:
        ready = "ready" if each.is_ready_for_tenants else "not ready"
        counts = f"{each.translated:>11}{each.fuzzy:>7}{each.missing:>9}{each.reviewed:>10}"
        landlords = ", ".join(offered.get(each.language.tag, ())) or "nobody"
        click.echo(f"{each.language.tag:<10}{counts}  {ready:<11}{landlords}")
    for each in found:
        if (early := offered.get(each.language.tag)) and not each.is_ready_for_tenants:
            click.echo(f"{each.language.tag}: offered by {', '.join(early)}: left out of the site until it is ready")
        for line in _behind(each):
            click.echo(line)
        for mistake in each.mistakes:
            click.echo(f"{each.language.tag}: {mistake}", err=True)
    if any(is_offered_too_early(each, offered) for each in found):
        raise SystemExit(1)


def _behind(found: Coverage) -> Iterator[str]:
    """Which parts of the site are not whole in the language: tenants meet English there."""
    for journey in found.journeys:
        if journey.lacks:
            said = f"{journey.missing} missing, {journey.fuzzy} fuzzy, {journey.mistaken} wrong"
            yield f"{found.language.tag}: {journey.room}: {said}, of {journey.sentences}"
            yield from (f"    {sentence}" for sentence in journey.first)


@translations.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--language", "tag", type=click.Choice(list(LANGUAGES)), help="Of the files, where no folder says it.")
@click.option("--count-warnings", is_flag=True, help="Say of each file only how many warnings there are.")
def check(files: tuple[Path, ...], tag: str | None, count_warnings: bool) -> None:
    """Hold catalogues to the source's placeholders and mark-up, the language's plurals and the glossary.

    Without FILES those of every language. Says each finding as “file:line: reason”. Exit 1 when something is wrong;
    what is said of the glossary is a warning.
    """
    mistakes = 0
    for path in files or _all_files():
        findings = check_file(path, _language_of(path, tag))
        for finding in findings:
            if not (finding.is_warning and count_warnings):
                sort = "warning: " if finding.is_warning else ""
                click.echo(f"{_shown(path)}:{finding.line}: {sort}{finding.reason}")
            mistakes += not finding.is_warning
        warnings = sum(finding.is_warning for finding in findings)
        if warnings and count_warnings:
            click.echo(f"{_shown(path)}: {warnings} warnings, which `flask translations check` names")
    if mistakes:
        raise SystemExit(1)


def _all_files() -> list[Path]:
    paths = (path_of(language) for language in LANGUAGES.values() if language != DEFAULT)
    return [path for path in paths if path.exists()]


def _language_of(path: Path, tag: str | None) -> Language:
    """Said on the command line, else by the folder: ``cy/LC_MESSAGES/messages.po``, else by the name: ``cy.po``."""
    names = [tag, *(part.replace("_", "-") for part in (path.stem, *path.resolve().parts[-3:-2]))]
    found = next((LANGUAGES[name] for name in names if name in LANGUAGES), None)
    if found is None or found == DEFAULT:
        raise click.UsageError(f"{path}: say its language with --language")
    return found


def _shown(path: Path) -> Path:
    return path.relative_to(PROJECT) if path.is_absolute() and path.is_relative_to(PROJECT) else path


@translations.command("saved")
@click.argument("tag", type=click.Choice([tag for tag in LANGUAGES if tag != DEFAULT.tag]))
@with_appcontext
def saved(tag: str) -> None:
    """Write the catalogue of TAG, with what translators saved in the application, to standard output."""
    click.echo(export(LANGUAGES[tag]).decode(), nl=False)
