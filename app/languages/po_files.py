"""Reading a catalogue file (``.po``) that somebody else has written: every fault with its line, none passed over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import c2py
from io import StringIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileParser

from app.languages import Language
from app.languages.checking import problems

MOST_ENTRIES = 20_000  # four times the largest of ours
LARGEST_FILE = 8_000_000  # bytes: ten times the largest of ours
# What other programs write there keeps no word from being read.
DATE = re.compile(r'^"(?:POT-Creation|PO-Revision)-Date:[^"]*\\n"(?=\r?$)', re.MULTILINE)
PLURAL_RULE = re.compile(r"\s*nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=([^;]+);?\s*")
LINE = re.compile(r'(?:(?:msgid|msgid_plural|msgctxt|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"\Z')


@dataclass(frozen=True)
class Finding:
    """``line`` counts from 1. A warning is for a person to look at; whatever else is found is wrong.

    ``is_of_entry``: one entry is wrong, and the rest of the file can be read without it.
    """

    line: int
    reason: str
    is_warning: bool = False
    is_of_entry: bool = False


@dataclass
class ReadFile:
    """A catalogue, its entries in the order of the file (an entry that stands twice, twice), and what was wrong."""

    catalogue: Catalog
    entries: list[Message] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    header: dict[str, str] = field(default_factory=dict)

    @property
    def mistakes(self) -> list[Finding]:
        return [one for one in self.findings if not one.is_warning]


def locale_of(language: Language) -> str:
    """As the catalogue's folder and header name it."""
    return language.tag.replace("-", "_")


def forms_of(language: Language) -> int:
    """How many forms a plural has in the language."""
    return int(Catalog(locale=locale_of(language)).num_plurals)


def numbers_of_forms(language: Language, most: int = 5) -> tuple[tuple[int, ...], ...]:
    """For each form of a plural, the first numbers that take it: so that a translator sees which form is which."""
    form_of = c2py(str(Catalog(locale=locale_of(language)).plural_expr))
    found: list[list[int]] = [[] for _form in range(forms_of(language))]
    for number in range(1001):
        numbers = found[form_of(number)]
        if len(numbers) < most:
            numbers.append(number)
    return tuple(tuple(numbers) for numbers in found)


def forms_of_message(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English (and its plural), and the words in each form; no words at all where there are none."""
    sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    words = message.string or ()
    return sources, (words,) if isinstance(words, str) else tuple(words)


def read_file(path: Path, language: Language) -> ReadFile:
    """``read``, of a file that is opened only where it is no larger than any catalogue. Raises nothing."""
    try:
        if path.stat().st_size <= LARGEST_FILE:
            return read(path.read_bytes(), language)
        reason = f"the file is larger than {LARGEST_FILE} bytes"
    except OSError as wrong:
        reason = f"it cannot be read: {wrong.strerror}"
    return ReadFile(Catalog(locale=locale_of(language)), findings=[Finding(1, reason)])


def read(content: bytes, language: Language) -> ReadFile:
    """Read the file and check everything in it. Raises nothing: what is no catalogue gives findings."""
    found = ReadFile(Catalog(locale=locale_of(language)))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        found.findings.append(Finding(content.count(b"\n", 0, wrong.start) + 1, "this is not UTF-8"))
        return found
    found.findings += _misshapen_lines(text)
    if text.count("\nmsgid ") > MOST_ENTRIES:
        found.findings.append(Finding(1, f"the file has more than {MOST_ENTRIES} sentences"))
    if found.findings:
        return found
    try:
        _Parser(found).parse(StringIO(DATE.sub('""', text)))
    except (ValueError, IndexError, LookupError, TypeError, AttributeError) as wrong:
        found.findings.append(Finding(1, f"this cannot be read as a catalogue: {wrong}"))
        return found
    found.findings += _of_header(found, language)
    found.findings += _of_entries(found, language)
    found.findings.sort(key=lambda one: one.line)
    return found


def _misshapen_lines(text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip().removeprefix("#~").strip() if line.strip().startswith("#~") else line.strip()
        if bare and not bare.startswith(("#", "|")) and not LINE.match(bare):
            yield Finding(number, "this line is no part of a catalogue: a keyword, then words between quotation marks")


class _Parser(PoFileParser):
    """Babel's, which would print its warnings, join entries that stand twice and fill up plurals that lack a form."""

    def __init__(self, found: ReadFile) -> None:
        super().__init__(found.catalogue)
        self._found = found
        self._forms_must_be = found.catalogue.num_plurals  # a header may say something else

    def _add_message(self) -> None:
        line, numbers = self.offset + 1, [number for number, _words in self.translations]
        if not self.obsolete:
            self._look_at(line, numbers)
        super()._add_message()
        self.catalog._num_plurals = self._forms_must_be  # type: ignore[assignment]

    def _process_keyword_line(self, lineno: int, line: str, obsolete: bool = False) -> None:
        """What an obsolete guess was made from (``#~|``) is a comment of other programs."""
        if not (obsolete and line.startswith("|")):
            super()._process_keyword_line(lineno, line, obsolete)

    def _look_at(self, line: int, numbers: list[int]) -> None:
        words = {number: each.denormalize() for number, each in self.translations}
        if not self.messages[0].denormalize():
            said = (row.partition(":") for row in words.get(0, "").splitlines())
            if self._found.header:
                self._found.findings.append(Finding(line, "a second header"))
            self._found.header |= {name.strip().lower(): value.strip() for name, _colon, value in said}
            return
        is_plural, forms = len(self.messages) > 1, self._forms_must_be
        wanted = list(range(forms)) if is_plural else [0]
        if sorted(numbers) != wanted and any(words.values()):
            reason = f"there are {len(numbers)} forms of the plural, and the language has {forms}"
            wrong = reason if is_plural else "there must be one msgstr"
            self._found.findings.append(Finding(line, wrong, is_of_entry=True))
        english = tuple(each.denormalize() for each in self.messages)
        self._found.entries.append(
            Message(
                english if is_plural else english[0],
                tuple(words.get(number, "") for number in wanted) if is_plural else words.get(0, ""),
                self.locations, self.flags, self.auto_comments, self.user_comments, lineno=line,
                context=self.context.denormalize() if self.context else None,
            )
        )  # fmt: skip

    def _invalid_pofile(self, line: str, lineno: int, msg: str) -> None:
        if not msg.startswith("msg has more translations"):  # said already, with both numbers
            self._found.findings.append(Finding(lineno + 1, msg))


def _of_header(found: ReadFile, language: Language) -> Iterator[Finding]:
    """Of a header that says something: the language's own name and plural rule, and UTF-8."""
    ours = Catalog(locale=locale_of(language))
    must_be = {
        "language": (locale_of(language), _is_same_language),
        "plural-forms": (ours.plural_forms, _is_same_rule),
    }
    for name, (value, is_same) in must_be.items():
        said = found.header.get(name)
        if said is None:
            yield Finding(1, f"the header does not say {name}: {value}")
        elif not is_same(said, value):
            yield Finding(1, f"the header says {name}: {said}; for this language it is {value}")
    if "utf-8" not in found.header.get("content-type", "").lower():
        yield Finding(1, "the header does not say that the file is UTF-8")


def _is_same_language(said: str, ours: str) -> bool:
    """“pl_PL” is Polish; but where ours names a country or a script, it has to be that one."""
    bare, own = said.strip().lower().replace("-", "_"), ours.lower()
    return bare == own or (bare.partition("_")[0] == own and bare.count("_") == 1)


def _is_same_rule(said: str, ours: str) -> bool:
    """Programs write the same rule in their own ways: it has to give the same form for every number."""
    rules = [PLURAL_RULE.fullmatch(one) for one in (said, ours)]
    if not all(rules):
        return False
    try:
        (forms, form_of), (our_forms, our_form_of) = ((int(one[1]), c2py(one[2].strip())) for one in rules if one)
        return forms == our_forms and all(form_of(number) == our_form_of(number) for number in range(1001))
    except (ValueError, ArithmeticError, RecursionError):
        return False


def _of_entries(found: ReadFile, language: Language) -> Iterator[Finding]:
    seen: dict[tuple[str | None, str], int] = {}
    forms = forms_of(language)
    for message in found.entries:
        sources, words = forms_of_message(message)
        line = message.lineno or 1
        before = seen.setdefault((message.context, sources[0]), line)
        if before != line:
            yield Finding(line, f"this sentence stands already in line {before}", is_of_entry=True)
        if message.fuzzy:
            continue  # the site does not say it
        for problem in problems(sources, words, forms):
            form = "" if problem.form is None else f"form {problem.form + 1}: "
            yield Finding(line, f"{form}{problem}: {sources[0][:60]!r}", is_of_entry=True)
