"""The sender's mark beside its name, in the formats that are seen. Its words are for whoever does not see it."""

from flask_babel import gettext as _
from markupsafe import Markup

from app.formats.document import Document
from app.landlords.shapes import Mark

_SVG = Markup('<svg class="mark" role="img" viewBox="0 0 48 48" width="48" height="48"')


def on_paper(document: Document) -> Markup:
    """Nothing where the sender has no mark. The page engine takes the words of a picture from its ``title``."""
    mark = document.sender.mark
    if mark is None:
        return Markup("")
    colour = Markup(' fill="{}"').format(mark.colour)
    return Markup("{}{}><title>{}</title>{}</svg>").format(_SVG, colour, _(mark.label), _paths(mark))


def on_a_page(document: Document) -> Markup:
    """The same for HTML, where the words stand in no text: the colour is the style sheet's, for a page may be dark."""
    mark = document.sender.mark
    if mark is None:
        return Markup("")
    return Markup('{} aria-label="{}">{}</svg>').format(_SVG, _(mark.label), _paths(mark))


def colours(document: Document) -> Markup:
    """The style of ``on_a_page``."""
    mark = document.sender.mark
    if mark is None:
        return Markup("")
    return Markup(
        ".mark {{ fill: {}; }}\n@media screen and (prefers-color-scheme: dark) {{ .mark {{ fill: {}; }} }}"
    ).format(mark.colour, mark.colour_on_dark)


def _paths(mark: Mark) -> Markup:
    return Markup("").join(Markup('<path fill-rule="evenodd" d="{}"/>').format(path) for path in mark.paths)
