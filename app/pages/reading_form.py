"""The form of the reading aids."""

from flask_babel import lazy_gettext as _l

from app.journeys.fields import Choice, Pick
from app.journeys.forms import QuestionForm


class ReadingForm(QuestionForm):
    """Its fields and their answers are those of ``reading.CHOICES``."""

    text = Choice(
        _l("How large should words be?"),
        (
            Pick("usual", _l("As usual"), classes="sized"),
            Pick("large", _l("Large"), classes="sized sized--large"),
            Pick("larger", _l("Larger"), classes="sized sized--larger"),
            Pick("largest", _l("Largest: twice the usual size"), classes="sized sized--largest"),
        ),
        needed=_l("Choose how large words should be"),
    )
    colours = Choice(
        _l("Which colours are easiest for you?"),
        (
            Pick("device", _l("As my phone or computer has them")),
            Pick("light", _l("Dark words on white"), classes="swatch swatch--light"),
            Pick("dark", _l("Light words on a dark page"), classes="swatch swatch--dark"),
            Pick("yellow", _l("Yellow words on black"), classes="swatch swatch--yellow"),
            Pick("cream", _l("Black words on cream"), classes="swatch swatch--cream"),
        ),
        needed=_l("Choose the colours"),
    )
    spacing = Choice(
        _l("How far apart should words and lines be?"),
        (
            Pick("usual", _l("As usual")),
            Pick("wide", _l("Further apart")),
            Pick("widest", _l("As far apart as we can")),
        ),
        needed=_l("Choose how far apart words and lines should be"),
    )
    lines = Choice(
        _l("How long should a line be?"),
        (
            Pick("usual", _l("As usual")),
            Pick("short", _l("Short")),
            Pick("long", _l("As wide as my screen")),
        ),
        needed=_l("Choose how long a line should be"),
    )
