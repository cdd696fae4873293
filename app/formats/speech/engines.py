"""Which engines read a letter in a language, the best first."""

from flask import current_app

from app.formats.speech.engine import ENGINES, Engine
from app.formats.speech.piper import piper_in


def engines_for(language: str) -> tuple[Engine, ...]:
    """Those that have a voice for the letter's own language: no letter has a better voice for its quotations alone."""
    piper = piper_in(current_app.config["LETTERBOX"].speech_voices)
    return tuple(engine for engine in (piper, *ENGINES) if engine and language in engine.voices)
