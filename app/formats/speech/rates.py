"""How fast a recording is read: by the reader's need, and slower wherever something is to be written down."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.formats.speech.script import Pace


@dataclass(frozen=True)
class Rate:
    """``words_a_minute`` for what is listened to and for what is written down; each pause is ``pauses`` times as long.

    The pauses grow and shrink less than the words: a pen takes its time however fast somebody listens.
    """

    words_a_minute: Mapping[Pace, int]
    pauses: float


# By the names in ``formats.RATES``. Narrated books run at 150 to 160 words a minute; a synthetic voice is understood a
# little slower. "Fast" is for ears that know the voice: blind listeners follow it, and a player can go faster still.
BY_NAME: Mapping[str, Rate] = {
    "slow": Rate({"plain": 110, "slow": 90}, pauses=1.3),
    "usual": Rate({"plain": 145, "slow": 115}, pauses=1.0),
    "fast": Rate({"plain": 185, "slow": 130}, pauses=0.8),
}
