"""What stands on the pages of a made PDF: each piece of text with its size, font and colour, and each painted shape.

Reads the content streams themselves, so that it sees the file as it is and not as we meant it.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from app.formats.check.pdf_fonts import Font

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[float, float, float]  # red, green, blue, from 0 to 1
UNIT: Matrix = (1, 0, 0, 1, 0, 0)
BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True)
class Piece:
    """Text shown by one operator. Sizes and places in points, from the page's lower left corner."""

    text: str
    font: Font
    size: float
    colour: Colour
    x: float
    y: float
    content: int | None  # the number by which a tag names it; None for what is no content, such as the foot
    order: int = 0  # among all that was painted on the page: what has a higher one lies above


@dataclass(frozen=True)
class Shape:
    """The box around a painted path. A frame is painted only along its edge."""

    left: float
    bottom: float
    right: float
    top: float
    colour: Colour
    is_frame: bool = False
    order: int = 0

    def holds(self, x: float, y: float) -> bool:
        return not self.is_frame and self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass
class Page:
    number: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    has_pictures: bool = False

    @property
    def painted(self) -> int:
        return len(self.pieces) + len(self.shapes)


@dataclass(frozen=True)
class _State:
    """What ``q`` keeps and ``Q`` brings back."""

    matrix: Matrix = UNIT
    fill: Colour = BLACK
    stroke: Colour = BLACK
    font: Font | None = None
    size: float = 0


def read_pages(pdf: pikepdf.Pdf) -> list[Page]:
    fonts: dict[Any, Font] = {}
    pages = []
    for number, page in enumerate(pdf.pages, 1):
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        read = Page(number, right - left, top - bottom)
        _Reader(read, fonts).read(page)
        pages.append(read)
    return pages


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _colour(numbers: list[float]) -> Colour | None:
    """Grey, RGB or CMYK by the count of its numbers; None for anything else, such as a pattern."""
    match numbers:
        case [grey]:
            return (grey, grey, grey)
        case [red, green, blue]:
            return (red, green, blue)
        case [cyan, magenta, yellow, black]:
            return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    return None


class _Reader:
    def __init__(self, page: Page, fonts: dict[Any, Font]) -> None:
        self.page = page
        self.fonts = fonts
        self.state = _State()
        self.kept: list[_State] = []
        self.text: Matrix = UNIT
        self.line: Matrix = UNIT
        self.path: list[tuple[float, float]] = []
        self.outlines = 0
        self.marked: list[int | None] = []

    def read(self, stream: Any) -> None:
        resources = stream.get("/Resources", pikepdf.Dictionary())
        for instruction in pikepdf.parse_content_stream(stream):
            self.do(str(instruction.operator), list(instruction.operands), resources)

    def do(self, operator: str, operands: list[Any], resources: Any) -> None:
        match operator:
            case "q":
                self.kept.append(self.state)
            case "Q":
                self.state = self.kept.pop()
            case "cm":
                self.state = replace(self.state, matrix=_times(_matrix(operands), self.state.matrix))
            case "g" | "rg" | "k" | "sc" | "scn":
                self.state = replace(self.state, fill=_colour(_numbers(operands)) or BLACK)
            case "G" | "RG" | "K" | "SC" | "SCN":
                self.state = replace(self.state, stroke=_colour(_numbers(operands)) or BLACK)
            case "BMC" | "BDC":
                self.marked.append(_content_number(operands))
            case "EMC":
                self.marked.pop()
            case "Do":
                self.draw(resources["/XObject"][str(operands[0])])
            case "BT" | "Tf" | "Td" | "TD" | "Tm" | "Tj" | "TJ":
                self.write(operator, operands, resources)
            case _:
                self.paint(operator, operands)

    def write(self, operator: str, operands: list[Any], resources: Any) -> None:
        match operator:
            case "BT":
                self.text = self.line = UNIT
            case "Tf":
                self.state = replace(self.state, font=self.font(resources["/Font"][str(operands[0])]))
                self.state = replace(self.state, size=float(operands[1]))
            case "Td" | "TD":
                x, y = _numbers(operands)
                self.text = self.line = _times((1, 0, 0, 1, x, y), self.line)
            case "Tm":
                self.text = self.line = _matrix(operands)
            case "Tj":
                self.show([operands[0]])
            case "TJ":
                self.show([part for part in operands[0] if isinstance(part, pikepdf.String)])

    def font(self, dictionary: Any) -> Font:
        return self.fonts.setdefault(dictionary.objgen, Font(dictionary))

    def show(self, strings: list[Any]) -> None:
        font = self.state.font
        if font is None:
            return
        place = _times(self.text, self.state.matrix)
        height = (place[2] ** 2 + place[3] ** 2) ** 0.5
        text = "".join(font.decode(bytes(string)) for string in strings)
        content = next((number for number in reversed(self.marked) if number is not None), None)
        size = self.state.size * height
        at = place[4], place[5]
        self.page.pieces.append(Piece(text, font, size, self.state.fill, *at, content, self.page.painted))

    def draw(self, thing: Any) -> None:
        if thing.get("/Subtype") == "/Image":
            self.page.has_pictures = True
        elif thing.get("/Subtype") == "/Form":
            before = self.state
            self.state = replace(before, matrix=_times(_matrix(thing.get("/Matrix", UNIT)), before.matrix))
            self.read(thing)
            self.state = before

    def paint(self, operator: str, operands: list[Any]) -> None:
        match operator:
            case "m" | "l" | "c" | "v" | "y":
                numbers = _numbers(operands)
                self.path += [self.place(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
                self.outlines += operator == "m"
            case "re":
                self.outlines += 1
                x, y, width, height = _numbers(operands)
                self.path += [self.place(x, y), self.place(x + width, y + height)]
            case "S" | "s":
                self.add_shape(self.state.stroke, is_frame=True)
            case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*":
                self.add_shape(self.state.fill, is_frame="*" in operator and self.outlines > 1)
            case "n":
                self.path, self.outlines = [], 0

    def place(self, x: float, y: float) -> tuple[float, float]:
        *_, e, f = _times((1, 0, 0, 1, x, y), self.state.matrix)
        return e, f

    def add_shape(self, colour: Colour, *, is_frame: bool) -> None:
        if self.path:
            across, up = zip(*self.path, strict=True)
            box = min(across), min(up), max(across), max(up)
            self.page.shapes.append(Shape(*box, colour, is_frame, self.page.painted))
        self.path, self.outlines = [], 0


def _numbers(operands: Any) -> list[float]:
    return [float(operand) for operand in operands if not isinstance(operand, pikepdf.Name)]


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = _numbers(operands)
    return a, b, c, d, e, f


def _content_number(operands: list[Any]) -> int | None:
    if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
        return int(operands[1]["/MCID"])
    return None
