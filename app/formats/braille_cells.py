"""Cells and the 64 signs that stand for them in a BRF file."""

import re
from collections.abc import Iterator
from functools import cache

from app.formats.document import FormatRefused

BLANK = "\u2800"
# North American ASCII Braille, in the order of Unicode's cells U+2800 to U+283F: what embossers and displays read.
_SIGNS = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
CELLS = {chr(0x2800 + number): sign for number, sign in enumerate(_SIGNS)}
SIGNS = {sign: cell for cell, sign in CELLS.items()}

NUMBER, CAPITAL, LETTER = "⠼", "⠠", "⠰"
CAPITAL_ELSEWHERE = "⠨"  # in Polish, Portuguese and most of Europe
_DIGITS = dict(zip("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚", "1234567890", strict=True))
_LETTERS = dict(zip("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True))
# What joins the digits of one number: comma, full stop, the line of a fraction, and UEB's blank inside a number.
_IN_NUMBER = "⠂⠲⠌⠐"
# A number may begin with its point, as in .5 (UEB 6.2), and so does what stands after a point in an address.
# The older codes, Welsh among them, put dot 3 before each three digits of thousands: elsewhere it is an apostrophe.
_D = f"[{''.join(_DIGITS)}]"
_THOUSANDS = f"⠄(?={_D}{{3}}(?!{_D}))"


def to_brf(cells: str) -> str:
    """Raises FormatRefused on a cell that has no sign, such as one of eight dots: it would be embossed as another."""
    for cell in cells:
        if cell not in CELLS:
            raise FormatRefused(f"The braille table gave U+{ord(cell):04X}, which no embosser can write.")
    return "".join(CELLS[cell] for cell in cells)


def from_brf(text: str) -> str:
    """Raises KeyError on a sign that stands for no cell."""
    return "".join(SIGNS[sign] for sign in text.upper())


@cache
def _number(point: str) -> re.Pattern[str]:
    return re.compile(f"{NUMBER}[⠂⠲]?({_D}+(?:(?:[{_IN_NUMBER}{point}]|{_THOUSANDS}){_D}+)*)")


def digits_in(cells: str, point: str = "") -> str:
    """All the digits, in order: in every code here a number is the number sign and the letters A to J.

    ``point``: a cell that joins digits in this code beside those that do so in every code.
    """
    return "".join(_DIGITS[cell] for found in _number(point).finditer(cells) for cell in found[1] if cell in _DIGITS)


def number(value: int) -> str:
    cells = {digit: cell for cell, digit in _DIGITS.items()}
    return NUMBER + "".join(cells[digit] for digit in str(value))


def codes_in(cells: str) -> Iterator[str]:
    """Words of Latin letters and digits written letter by letter, as references are: read without any table."""
    for word in re.split(f"[^{''.join(_LETTERS)}{NUMBER}{CAPITAL}{CAPITAL_ELSEWHERE}{LETTER}⠤]+", cells):
        yield "-".join(_code(group) for group in word.split("⠤"))


def _code(group: str) -> str:
    made, in_number = [], False
    for cell in group:
        if cell in (NUMBER, CAPITAL, CAPITAL_ELSEWHERE, LETTER):
            in_number = cell == NUMBER
        elif in_number and cell in _DIGITS:
            made.append(_DIGITS[cell])
        else:
            in_number = False
            made.append(_LETTERS[cell])
    return "".join(made)
