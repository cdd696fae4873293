"""Which references somebody may have meant whose reference has one mistake in it.

The check character says, for each place, which one character would make the whole right: so there are few to look up.
"""

from collections.abc import Iterator

from app.cases.references import ALPHABET, RANDOM_CHARACTERS, plain_characters, read_reference

LENGTH = RANDOM_CHARACTERS + 1


def references_meant(text: str) -> tuple[str, ...]:
    """References that differ from this by one character that is wrong, missing or too many, or by two swapped.

    Empty where it is right already, or cannot be one.
    """
    typed = plain_characters(text)
    if abs(len(typed) - LENGTH) > 1 or read_reference(typed) or sum(one not in ALPHABET for one in typed) > 1:
        return ()
    read = (read_reference(candidate) for candidate in _nearly(typed))
    return tuple(dict.fromkeys(reference for reference in read if reference))


def _nearly(typed: str) -> Iterator[str]:
    """At most 23 for each of nine places; one of the 23 is right at most."""
    if len(typed) == LENGTH:
        for place in range(LENGTH):
            yield from (typed[:place] + other + typed[place + 1 :] for other in ALPHABET)
        for place in range(LENGTH - 1):
            yield typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :]
    elif len(typed) < LENGTH:
        for place in range(LENGTH):
            yield from (typed[:place] + missing + typed[place:] for missing in ALPHABET)
    else:
        yield from (typed[:place] + typed[place + 1 :] for place in range(LENGTH + 1))
