"""A font inside a PDF: its name and kind, and which characters its codes stand for."""

import re
from typing import Any

SERIF, ITALIC = 1 << 1, 1 << 6  # flags of a font descriptor (ISO 32000-1, table 123)
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")  # a glyph may stand for no character: <0034> <>
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)


class Font:
    def __init__(self, dictionary: Any) -> None:
        self.name = str(dictionary.get("/BaseFont", "")).lstrip("/").partition("+")[2] or str(
            dictionary.get("/BaseFont", "")
        ).lstrip("/")
        self.bytes_a_code = 2 if dictionary.get("/Subtype") == "/Type0" else 1
        inner = dictionary["/DescendantFonts"][0] if "/DescendantFonts" in dictionary else dictionary
        descriptor = inner.get("/FontDescriptor", {})
        self.flags = int(descriptor.get("/Flags", 0))
        self.is_slanted = bool(float(descriptor.get("/ItalicAngle", 0)))
        self.is_embedded = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
        unicode_map = dictionary.get("/ToUnicode")
        self.characters = read_unicode_map(unicode_map.read_bytes()) if unicode_map is not None else {}

    @property
    def is_italic(self) -> bool:
        return bool(self.flags & ITALIC) or self.is_slanted or bool(re.search("Italic|Oblique", self.name))

    @property
    def is_serif(self) -> bool:
        """By its flag, or by its name: a sans serif says so in it ("Noto Sans"), or is one of a few that do not."""
        is_named_sans = re.search("Sans|Arial|Helvetica|Verdana|Tahoma|Calibri", self.name)
        return bool(self.flags & SERIF) or not is_named_sans

    def decode(self, codes: bytes) -> str:
        step = self.bytes_a_code
        numbers = (int.from_bytes(codes[i : i + step], "big") for i in range(0, len(codes), step))
        return "".join(self.characters.get(number, "\ufffd" if step == 2 else chr(number)) for number in numbers)


def read_unicode_map(source: bytes) -> dict[int, str]:
    """A ToUnicode map: code → characters."""
    characters = {}
    for kind, body in _SECTION.findall(source):
        numbers = _HEX.findall(body)
        if kind == b"char":
            for code, text in zip(numbers[::2], numbers[1::2], strict=True):
                characters[int(code, 16)] = _text(text)
        else:
            for first, last, text in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
                start = _text(text)
                for step in range(int(last, 16) - int(first, 16) + 1):
                    characters[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return characters


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")
