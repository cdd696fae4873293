"""A catalogue with what was saved here, in the very form that ``make messages`` writes: ready to be committed."""

from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from app.languages import Language
from app.languages.catalogues import REVIEWED, folder_of, path_of
from app.languages.models import ProposedWords
from app.languages.po_files import forms_of_message
from app.languages.sentences import has_landed, key_of, newest_savings

WIDTH = 110  # of lines: tools/messages.py has the same


def export(language: Language) -> bytes:
    """The whole file. Without anything saved here it is the file itself, byte for byte. Raises FileNotFoundError."""
    content = path_of(language).read_bytes()
    catalogue = read_po(BytesIO(content), locale=folder_of(language))
    newest = newest_savings(language.tag)
    changed = False
    for message in catalogue:
        sources, filed = forms_of_message(message)
        saving = newest.get(key_of(message.context, sources)) if message.id else None
        if saving is not None and not has_landed(saving, message, filed):
            _put_in(message, tuple(saving.words), review_of(saving) if saving.is_reviewed else None)
            changed = True
    return _written(catalogue) if changed else content


def review_of(saving: ProposedWords) -> str:
    """The comment that says who has reviewed the words, and when: as the file said in which they came."""
    return saving.review or f"{REVIEWED} by {' '.join(saving.by_name.split())}, {saving.at.date().isoformat()}"


def _put_in(message: Message, words: tuple[str, ...], review: str | None) -> None:
    """New words were not read by whoever reviewed those before them."""
    message.string = words if isinstance(message.id, tuple | list) else words[0]
    message.flags.discard("fuzzy")
    kept = [comment for comment in message.user_comments if not comment.startswith(REVIEWED)]
    message.user_comments = [*kept, review] if review else kept


def _written(catalogue: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalogue, width=WIDTH, include_lineno=False)
    return file.getvalue()
