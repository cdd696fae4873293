"""``flask content …``"""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from app.content.checking import STOPS, findings
from app.content.reading import library
from app.landlords.standards import current_landlord

content = AppGroup("content", help="The pages written under content/.")


@content.command("check")
def check() -> None:
    """Say what is wrong with the landlord's pages, a line a finding.

    Ends with 1 when a file cannot be used, a fact or part is unknown, a link leads nowhere, or a page is past the day
    by which it was to be read again. Soon due, not translated, and hard to read are said too, and stop nothing.
    """
    with current_app.test_request_context(base_url=current_app.config["LETTERBOX"].public_url):
        found = sorted(findings(datetime.now(UTC)), key=lambda one: (one.kind not in STOPS, one.kind, one.where))
        pages = sum(len(versions) for versions in library().pages.values())
    for one in found:
        click.echo(str(one))
    stopping = sum(one.kind in STOPS for one in found)
    click.echo(f"{current_landlord().name}: {pages} pages, {stopping} to put right, {len(found) - stopping} to know of")
    if stopping:
        raise SystemExit(1)
