"""``flask standards …``"""

from datetime import datetime
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from app.config import POLICIES
from app.landlords.lint import LAXER, rows_against_the_code
from app.landlords.standards import current_landlord, load_landlord

standards_group = AppGroup("standards", help="What the landlord promises.")
KNOWN = sorted(path.stem for path in POLICIES.glob("*.toml") if not path.stem.startswith("_"))


@standards_group.command("lint")
@click.option("--landlord", "key", type=click.Choice(KNOWN), help="Another landlord than LANDLORD.")
def lint(key: str | None) -> None:
    """Hold the landlord against the Complaint Handling Code, a line a row. Ends with 1 when it is laxer anywhere."""
    landlord = load_landlord(key) if key else current_landlord()
    today = datetime.now(ZoneInfo("Europe/London")).date()
    rows = rows_against_the_code(landlord, today)
    for row in rows:
        click.echo(str(row))
    laxer = sum(row.result == LAXER for row in rows)
    click.echo(f"{landlord.name}: laxer than the Code in {laxer} of {len(rows)} rows")
    if landlord.unchecked:
        click.echo(f"Still to be confirmed by the landlord: {', '.join(landlord.unchecked)}")
    if laxer:
        raise SystemExit(1)
