"""Two languages that nobody speaks, for tests: made in memory from the English sentences that translators are given.

Whatever stands on a page in plain letters did not come through the translators. Words are two fifths longer than the
English, as those of some languages are. Days and numbers are those of Greek and of Hebrew: an English one shows.
"""

import dataclasses
import io
import re
import string
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask
from flask_babel import get_babel

from app.languages import LANGUAGES, Language
from tools.messages import extract

ACCENTED = Language("en-XA", "Þšêûðö", "ltr", "el")
MIRRORED = Language("ar-XB", "פסאודו", "rtl", "he")
PSEUDO = (ACCENTED, MIRRORED)
# Placeholders, what scripts fill in, mark-up, entities: none of them is a word.
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{+[^{}]*\}+|<[^<>]*>|&#?\w+;)")
ALPHABETS = {
    ACCENTED.tag: "áƀçđéƒğĥíĵķľɱñöþɋŕšţûṽŵẋýž" + "ÅƁÇÐÉƑĞĤÍĴĶĽṀÑÖÞɊŔŠŢÛṼŴẊÝŽ",
    MIRRORED.tag: "אבגדהוזחטיכלמנסעפצקרשתךםןף" * 2,
}
LETTERS = {tag: str.maketrans(string.ascii_letters, alphabet) for tag, alphabet in ALPHABETS.items()}
LONGER = re.compile("[aeiouAEIOU]")


def in_pseudo(words: str, tag: str) -> str:
    """The sentence in the letters of the language, every vowel twice."""
    pieces = KEPT.split(words)
    return "".join(
        piece if number % 2 else LONGER.sub(r"\g<0>\g<0>", piece).translate(LETTERS[tag])
        for number, piece in enumerate(pieces)
    )


@cache
def every_sentence() -> Catalog:
    """What translators would be given now: extracted from the source, so that no catalogue has to be up to date."""
    with TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        with template.open("rb") as file:
            return read_po(file)


@cache
def words_of(language: Language) -> Translations:
    """As the site reads them of a catalogue."""
    made = Catalog(locale=language.locale, domain="messages")
    for message in every_sentence():
        if isinstance(message.id, str) and message.id:
            made.add(message.id, in_pseudo(message.id, language.tag), context=message.context)
        elif message.id:
            forms = [message.id[0], *[message.id[1]] * (made.num_plurals - 1)]
            made.add(message.id, [in_pseudo(form, language.tag) for form in forms], context=message.context)
    file = io.BytesIO()
    write_mo(file, made)
    file.seek(0)
    return Translations(file)


@contextmanager
def known(languages: Mapping[str, Language] | None = None) -> Iterator[None]:
    """Inside the block the application knows them as it knows every language."""
    added = languages or {language.tag: language for language in PSEUDO}
    LANGUAGES.update(added)
    try:
        yield
    finally:
        for tag in added:
            del LANGUAGES[tag]


def speak_pseudo(make: Callable[[], Flask]) -> Flask:
    """An application, made inside ``known()``, whose landlord offers English and these."""
    app = make()
    with app.app_context():
        kept = get_babel().instance.domain_instance.cache
        kept.update({(language.locale, "messages"): words_of(language) for language in PSEUDO})
    offered = ("en", *(language.tag for language in PSEUDO))
    app.extensions["landlord"] = dataclasses.replace(app.extensions["landlord"], languages=offered)
    return app
