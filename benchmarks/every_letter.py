"""Every letter × format × language × landlord, made and held against its format's rules: writes docs/checked.md.

``python -m benchmarks.every_letter`` makes them all (an hour or more). Some of them: ``--formats braille,pef
--languages cy --landlords livv --out FILE``.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import create_app, formats
from app.landlords.standards import current_landlord
from app.languages import LANGUAGES
from tests.letters import matrix
from tests.letters.matrix import LANDLORDS, Made
from tests.rig.databases import SqliteDatabases, settings_from

DOCS = Path(__file__).parent.parent / "docs" / "checked.md"
Key = tuple[str, str, str, str, str]  # landlord, letter, kind of case, language, format


def made_and_checked(
    folder: Path, landlords: Sequence[str], only_languages: Sequence[str], only_formats: Sequence[str]
) -> dict[Key, Made]:
    databases = SqliteDatabases(folder)
    done: dict[Key, Made] = {}
    for landlord in landlords:
        address = databases.make(folder / landlord)
        app = create_app(settings_from(folder / landlord, address, landlord))
        with app.app_context(), app.test_request_context():
            languages = [tag for tag in current_landlord().languages if tag in only_languages]
            wanted = [one for one in matrix.every(landlord, languages) if one[3] in only_formats]
            documents = matrix.documents(app, [(name, kind, language) for name, kind, language, _format in wanted])
            for name, kind, language, format_name in wanted:
                with tempfile.TemporaryDirectory(dir=folder) as inside:
                    key = (landlord, name, kind, language, format_name)
                    document = documents[name, kind, language]
                    done[key] = matrix.made(document, format_name, formats.Choice(), Path(inside))
    return done


def written(done: dict[Key, Made], seconds: float) -> str:
    names = sorted({(name, kind) for _landlord, name, kind, _language, _format in done})
    shown = [name for name in formats.FORMATS if any(key[4] == name for key in done)]
    rows = []
    for name, kind in names:
        cells = []
        for format_name in shown:
            of_these = [made for key, made in done.items() if key[1:3] == (name, kind) and key[4] == format_name]
            right = sum(not (made.findings or made.refused) for made in of_these)
            cells.append(f"{right} of {len(of_these)}")
        rows.append(f"| {name} ({kind}) | {' | '.join(cells)} |")
    return "\n".join(
        [
            "# Letters that were checked", "",
            f"Written by `python -m benchmarks.every_letter` on {datetime.now(UTC):%d %B %Y}. {len(done):,} files, "
            f"{sum(made.size for made in done.values()) / 1e6:,.0f} MB, {seconds / 60:.0f} minutes.", "",
            "Each cell: how many of the files in every language and for both landlords kept all rules of their format "
            "(`flask letters check`). A checker sees what a machine can see. What it cannot: whether words are right, "
            "whether a voice is pleasant, whether a blind reader gets on with it.", "",
            f"| letter (kind of case) | {' | '.join(shown)} |", f"| --- |{' --- |' * len(shown)}", *rows, "",
            "## Findings and refusals", "", *_wrong(done), "",
        ]
    )  # fmt: skip


def _wrong(done: dict[Key, Made]) -> list[str]:
    by_words: dict[str, list[Key]] = defaultdict(list)
    for key, made in done.items():
        for words in (*made.findings, *([f"refused: {made.refused}"] if made.refused else ())):
            by_words[words.partition(": ")[2] or words].append(key)
    lines = [f"- {len(keys)} × {words} First: {' '.join(keys[0])}." for words, keys in sorted(by_words.items())]
    return lines or ["None."]


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.every_letter")
    several = {"type": lambda text: text.split(","), "metavar": "A,B"}
    asked.add_argument("--formats", default=list(formats.FORMATS), **several)  # type: ignore[arg-type]  # as argparse has it
    asked.add_argument("--languages", default=list(LANGUAGES), **several)  # type: ignore[arg-type]
    asked.add_argument("--landlords", default=list(LANDLORDS), **several)  # type: ignore[arg-type]
    asked.add_argument("--out", type=Path, default=DOCS)
    chosen = asked.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="letterbox-letters-") as name, pytest.MonkeyPatch.context() as patch:
        matrix.share_recordings(patch)
        done = made_and_checked(Path(name), chosen.landlords, chosen.languages, chosen.formats)
    chosen.out.write_text(written(done, time.monotonic() - started), encoding="utf-8")
    print(chosen.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
