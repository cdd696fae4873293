"""``flask voices …``: which voice reads what, and how it says a word, to listen to before a letter is sent."""

import wave
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.formats import RATES
from app.languages import LANGUAGES, speaking

voices_commands = AppGroup("voices", help="The voices that read letters out.")


@voices_commands.command("list")
def list_voices() -> None:
    """The voices of each language, in the order in which they are asked."""
    from app.formats.speech.engines import engines_for

    for language in LANGUAGES:
        said = ", ".join(f"{engine.name} {Path(engine.voices[language]).stem}" for engine in engines_for(language))
        click.echo(f"{language}  {said}")


@voices_commands.command("say")
@click.argument("language", type=click.Choice(list(LANGUAGES)))
@click.argument("words")
@click.option("--sender", default="", help="The landlord's name, to have its own pronunciations too.")
@click.option("--rate", type=click.Choice(RATES), default="usual")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The WAV file to write.")
def say(language: str, words: str, sender: str, rate: str, out: Path) -> None:
    """Write the words as they are said in a letter, and print what the voice is given for them."""
    from app.formats.speech import rates, waves
    from app.formats.speech.engine import SpeechFailed
    from app.formats.speech.plain import sayable, with_copied_facts
    from app.formats.speech.pronunciation import pronounced

    with speaking(language):
        given = pronounced(with_copied_facts(sayable(words), language), language, sender)
    try:
        sound = _spoken(given, language, rates.BY_NAME[rate].words_a_minute["plain"])
    except SpeechFailed as failure:
        raise click.ClickException(str(failure)) from failure
    with wave.open(str(out), "wb") as file:
        file.setparams((1, 2, waves.RATE, 0, "NONE", ""))
        file.writeframes(sound)
    click.echo(given)


def _spoken(text: str, language: str, words_a_minute: int) -> bytes:
    from app.formats.speech import waves
    from app.formats.speech.engine import Breath, speak
    from app.formats.speech.engines import engines_for
    from app.formats.speech.vowels import NEEDS_VOWELS, with_vowels

    seconds = current_app.config["LETTERBOX"].speech_timeout
    if language in NEEDS_VOWELS:
        (text,) = with_vowels([text], seconds)
    (sound,) = speak([Breath(text, language, words_a_minute)], seconds, engines_for(language))
    return waves.frames(sound)
