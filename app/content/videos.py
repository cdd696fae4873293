"""The self-help videos: a player on the page, and what the video says and shows in words, for every other format.

The files lie in ``static/videos/``: ``make videos`` makes them (``tools/videos/``).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from flask import Flask, current_app, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from app.content.parts import add_part
from app.landlords.shapes import Landlord
from app.languages import DEFAULT, LANGUAGES, Language, current_language

VIDEOS = ("bleed-a-radiator",)
_CUE = re.compile(r"^\S+ --> \S+.*\n((?:.+\n?)+)", re.MULTILINE)


def init_app(app: Flask) -> None:
    for name in VIDEOS:
        add_part(app, f"video-{name}", lambda landlord, at: Markup(), partial(on_screen, name))
        add_part(app, f"video-{name}-in-words", partial(in_words, name))


def in_words(name: str, landlord: Landlord, at: datetime) -> Markup:
    """What the video says and shows, a paragraph a scene; in English where it has no captions in this one."""
    language = next(one for one in (current_language(), DEFAULT) if one in languages_of(_folder(), name))
    paragraphs = [Markup("<h2>{}</h2>").format(_("What the video says and shows"))]
    for words in transcript((_folder() / f"{name}.described.{language.tag}.vtt").read_text(encoding="utf-8")):
        said = Markup('<span lang="{}">{}</span>').format(language.tag, words)
        paragraphs.append(Markup("<p>{}</p>").format(words if language == current_language() else said))
    return Markup("\n").join(paragraphs)


def on_screen(name: str, landlord: Landlord, at: datetime) -> Markup:
    """The players. On paper and in sound there are the words alone, which are a part of their own."""
    player = render_template(
        "content/video.html",
        name=name,
        captions=languages_of(_folder(), name),
        megabytes={suffix: _megabytes(_folder() / f"{name}{suffix}.mp4") for suffix in ("", ".described")},
    )
    return Markup(player)  # noqa: S704  # a template of ours


def transcript(captions: str) -> Iterator[str]:
    """WebVTT of the described video → a paragraph a scene; what is seen stands in [brackets], as in the captions."""
    scene: list[str] = []
    for cue in _CUE.finditer(captions):
        words = " ".join(cue[1].split())
        if words.startswith("[") and scene and not scene[-1].startswith("["):
            yield " ".join(scene)
            scene = []
        scene.append(words)
    if scene:
        yield " ".join(scene)


@lru_cache
def languages_of(folder: Path, name: str) -> tuple[Language, ...]:
    """Those that the video has captions in, in the order of the site's."""
    return tuple(one for tag, one in LANGUAGES.items() if (folder / f"{name}.described.{tag}.vtt").exists())


def _folder() -> Path:
    return Path(str(current_app.static_folder)) / "videos"


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 1_000_000
