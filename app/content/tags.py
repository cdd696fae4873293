"""A letter's few tags, for parts of pages: whatever is not Markup is escaped. Headings, paragraphs, lists, tables."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

Said = str | Markup  # a sentence that is already in the language of the moment


def said(sentence: str, **facts: Said) -> Markup:
    """A translated sentence with its facts: what is Markup in it stays so."""
    return escape(sentence) % facts


def heading(words: Said, level: int = 2) -> Markup:
    return Markup(f"<h{level}>{{}}</h{level}>").format(words)  # noqa: S704  # a number of ours


def paragraph(words: Said) -> Markup:
    return Markup("<p>{}</p>").format(words)


def bullets(items: Iterable[Said]) -> Markup:
    """Nothing where there are none."""
    made = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<ul>{}</ul>").format(made) if made else made


def address(lines: Iterable[str]) -> Markup:
    return Markup("<address>{}</address>").format(Markup("<br>").join(lines))


def table(caption: Said, headers: Sequence[Said], rows: Iterable[Sequence[Said]]) -> Markup:
    """The first cell of a row says what the row is about."""
    head = Markup("").join(Markup("<th>{}</th>").format(one) for one in headers)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    return Markup("<table><caption>{}</caption><tr>{}</tr>{}</table>").format(caption, head, body)


def together(*pieces: Markup) -> Markup:
    return Markup("\n").join(piece for piece in pieces if piece)
