"""``flask translations …``"""

import click
from flask.cli import AppGroup

from app.languages.catalogues import coverage

translations = AppGroup("translations", help="The catalogues of the languages offered.")


@translations.command("status")
def status() -> None:
    """Say how complete each language is. Exit 1 when one that is offered is not."""
    click.echo(f"{'language':<10}{'translated':>11}{'fuzzy':>7}{'missing':>9}{'reviewed':>10}")
    found = coverage()
    for each in found:
        click.echo(f"{each.language.tag:<10}{each.translated:>11}{each.fuzzy:>7}{each.missing:>9}{each.reviewed:>10}")
    for each in found:
        for mistake in each.mistakes:
            click.echo(f"{each.language.tag}: {mistake}", err=True)
    if not all(each.is_complete for each in found):
        raise SystemExit(1)
