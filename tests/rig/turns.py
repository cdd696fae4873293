"""Which languages a law is tried in: every one of them would cost the suite more than it finds.

English, Arabic (from right to left, six forms of a plural), and one of the others: each law another one, so that the
suite as a whole goes through all. LETTERBOX_SOAK=1 goes through all for each law.
"""

import os
from zlib import crc32

from app.languages import DEFAULT, LANGUAGES

ALWAYS = (DEFAULT.tag, "ar")


def in_turn(law: str | int, *, with_english: bool = True) -> tuple[str, ...]:
    """Tags, in the order of LANGUAGES. ``law``: a name or number, by which the third is chosen, always the same one."""
    others = [tag for tag in LANGUAGES if tag not in ALWAYS]
    turn = law if isinstance(law, int) else crc32(law.encode())
    chosen = {*ALWAYS, others[turn % len(others)]}
    if os.environ.get("LETTERBOX_SOAK") == "1":
        chosen = set(LANGUAGES)
    return tuple(tag for tag in LANGUAGES if tag in chosen and (with_english or tag != DEFAULT.tag))
