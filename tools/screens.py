"""What translators are told beside a sentence: where it is shown, and what a short one means.

Both are data: names of screens by the file that says it (``translations/screens.toml``), notes by the English
(``translations/notes.toml``).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog

from app.languages.catalogues import FOLDER

SCREENS = FOLDER / "screens.toml"
NOTES = FOLDER / "notes.toml"
MOST = 2  # names: “Email” stands on twenty screens, and nobody reads a list of twenty
SAYS = "Screen: "
_OF_CODE = re.compile(r" (?:routes|forms|words)$")


def screens(path: Path = SCREENS) -> dict[str, str]:
    """Beginnings of file names and the names of screens. Raises tomllib.TOMLDecodeError."""
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def screen_of(place: str, names: Mapping[str, str]) -> str | None:
    """``templates/letters/stage-1-response.html`` → ``letter: stage 1 response``; None where no beginning fits."""
    beginning = max((one for one in names if place.startswith(one)), key=len, default=None)
    page = _OF_CODE.sub("", re.sub(r"[_-]+", " ", Path(place).stem).strip())
    return None if beginning is None else names[beginning].format(page=page)


def screens_of(places: Iterable[str], names: Mapping[str, str]) -> str:
    """In the order of the files; the first few by name."""
    found = list(dict.fromkeys(filter(None, (screen_of(place, names) for place in places))))
    more = f"; {len(found) - MOST} more" if len(found) > MOST else ""
    return "; ".join(found[:MOST]) + more


def name_screens(template: Catalog, names: Mapping[str, str]) -> None:
    """Write above each sentence where it is shown. What its author says of it stays, and stands first."""
    for message in template:
        said = screens_of((place for place, _line in message.locations), names)
        if message.id and said:
            message.auto_comments = [*message.auto_comments, SAYS + said]


def notes(path: Path = NOTES) -> dict[str, str]:
    """Sentences and what is said of them. Raises tomllib.TOMLDecodeError."""
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def put_notes(template: Catalog, said: Mapping[str, str]) -> list[str]:
    """Write each note above its sentence, whatever its context. Gives the sentences that nothing says any more."""
    here = {message.id: message for message in template if isinstance(message.id, str) and message.id}
    for english in said.keys() & here.keys():
        here[english].auto_comments = [*here[english].auto_comments, said[english]]
    return sorted(said.keys() - here.keys())
