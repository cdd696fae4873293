"""Reading aids: how large words are, how far apart, how long a line is, in which colours. Pure.

What a reader chose stands in one cookie, as words joined by dots (``text-large.colours-cream``); the server makes
classes of the whole page of it, so that the first thing painted is right, without JavaScript.
"""

from dataclasses import dataclass, fields, replace

COOKIE = "reading"
# By kind of choice: its answers, the usual one first. Their sizes and colours are in assets/sass/_reading.scss.
CHOICES = {
    "text": ("usual", "large", "larger", "largest"),
    "spacing": ("usual", "wide", "widest"),
    "lines": ("usual", "short", "long"),
    "colours": ("device", "light", "dark", "yellow", "cream"),
}
# What the browser paints before any sheet is there, and its own controls.
SCHEMES = {"device": "light dark", "light": "light", "dark": "dark", "yellow": "dark", "cream": "light"}


@dataclass(frozen=True)
class Aids:
    """One reader's choice. Each field is a key of ``CHOICES``, each value one of its answers."""

    text: str = CHOICES["text"][0]
    spacing: str = CHOICES["spacing"][0]
    lines: str = CHOICES["lines"][0]
    colours: str = CHOICES["colours"][0]

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is not as usual: ``("text-large", "colours-cream")``."""
        pairs = ((kind, getattr(self, kind)) for kind in CHOICES)
        return tuple(f"{kind}-{answer}" for kind, answer in pairs if answer != CHOICES[kind][0])

    @property
    def kept(self) -> str:
        """For the cookie. Empty when all is as usual. The same for every cookie that means the same."""
        return ".".join(self.chosen)

    @property
    def classes(self) -> tuple[str, ...]:
        """For the ``html`` element."""
        return tuple(f"reading-{one}" for one in self.chosen)

    @property
    def colour_scheme(self) -> str:
        """For the browser: what it paints by itself."""
        return SCHEMES[self.colours]


def aids_in(kept: str | None) -> Aids:
    """What a cookie means. What it holds beside our own words counts for nothing."""
    aids = Aids()
    for part in (kept or "")[:100].split("."):
        kind, _dash, answer = part.partition("-")
        if answer in CHOICES.get(kind, ()):
            aids = replace(aids, **{kind: answer})
    return aids


assert tuple(CHOICES) == tuple(field.name for field in fields(Aids))
