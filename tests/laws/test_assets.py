"""What lies in static/ is what assets/ gives, in colours that can be read, and in nobody else's clothes."""

import json
import re
import shutil
import subprocess
from itertools import product
from pathlib import Path

import pytest

from app.pages.reading import CHOICES
from tests.laws.source import PROJECT

STATIC = PROJECT / "static"
NODE_MODULES = PROJECT / "node_modules"
# Built from assets/; a landlord's logos/ are added by hand, cards/ are made by tools/cards.py.
BUILT = (
    "favicon.svg", "letterbox.css", "letterbox.js", "letterbox.rtl.css", "service_worker.js", "staff.css", "staff.js",
    "staff.rtl.css",
)  # fmt: skip
INK = ("ink", "quiet-ink", "accent", "accent-strong", "error", "done")
STRONG = ("accent", "accent-strong", "error", "error-strong")
ENHANCED, CONTROL = 7.0, 4.5  # WCAG 1.4.6; look.md for the border of a control


@pytest.fixture(scope="module")
def node() -> str:
    program = shutil.which("node")
    if program is None:
        pytest.fail("The sheets are built with Node. Run: apt-get install --no-install-recommends nodejs npm")
    wanted = json.loads((PROJECT / "package.json").read_text())["devDependencies"]
    for name, version in wanted.items():
        manifest = NODE_MODULES / name / "package.json"
        if not manifest.exists() or json.loads(manifest.read_text())["version"] != version:
            pytest.fail(f"{name} {version} is not installed. Run: npm ci")
    return program


def test_the_committed_files_are_what_their_sources_give(node: str, tmp_path: Path) -> None:
    built = subprocess.run(
        [node, "assets/build.js", tmp_path], cwd=PROJECT, capture_output=True, text=True, timeout=300
    )
    assert built.returncode == 0, built.stderr
    assert tuple(sorted(path.name for path in tmp_path.iterdir())) == BUILT
    for name in BUILT:
        same = (STATIC / name).read_bytes() == (tmp_path / name).read_bytes()
        assert same, f"static/{name} is not what assets/ gives. Run: npm run build, and commit static/"


def tokens(sheet: str, theme: str, is_dark: bool) -> dict[str, str]:
    """The custom properties of one theme, as a browser sees them."""
    media = "@media screen and (prefers-color-scheme:dark){"
    light, _, rest = sheet.partition(media)
    dark = rest.partition("}}")[0] + "}"
    found: dict[str, str] = {}
    for part in (light, dark) if is_dark else (light,):
        for selector in (":root", f".theme-{theme}"):
            for block in re.findall(re.escape(selector) + r"\{([^}]*)", part):
                found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))
    return found


def chosen_tokens(sheet: str, theme: str, colours: str) -> dict[str, str]:
    """The custom properties for a reader who chose these colours, whatever the device prefers."""
    found = tokens(sheet, theme, is_dark=False)
    name = f".reading-colours-{colours}"
    for selectors, block in re.findall(r"([^{}]*)\{([^{}]*)\}", sheet):
        if {name, f"{name}.theme-{theme}"} & set(selectors.split(",")):
            found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))
    return found


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("theme", ["teal", "plum"])
def test_every_text_colour_is_seven_to_one_on_every_ground(theme: str, is_dark: bool) -> None:
    assert_clear(tokens((STATIC / "letterbox.css").read_text(), theme, is_dark))


@pytest.mark.parametrize("chosen", [colours for colours in CHOICES["colours"] if colours != "device"])
@pytest.mark.parametrize("theme", ["teal", "plum"])
def test_so_it_is_in_the_colours_that_readers_choose(theme: str, chosen: str) -> None:
    sheet = (STATIC / "letterbox.css").read_text()
    colours = chosen_tokens(sheet, theme, chosen)
    assert_clear(colours)
    if chosen in ("light", "dark"):
        assert colours == tokens(sheet, theme, chosen == "dark")
    else:
        assert colours == chosen_tokens(sheet, "teal", chosen), "the landlord's colour shows through"
        assert colours["ground"] not in {tokens(sheet, theme, is_dark)["ground"] for is_dark in (False, True)}
        assert contrast(colours["ink"], colours["ground"]) > 16  # look.md


def assert_clear(colours: dict[str, str]) -> None:
    """Every colour of words on every ground that it stands on."""
    pairs = [
        *product(INK, ("ground", "mist")),
        *product(("ink",), ("accent-mist", "error-mist", "done-mist")),
        *[("accent", "accent-mist"), ("error", "error-mist"), ("error-strong", "error-mist"), ("done", "done-mist")],
        *product(("on-strong",), STRONG),
        ("focus-ink", "focus"),
    ]
    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert not {pair: round(ratio, 2) for pair, ratio in faint.items() if ratio < ENHANCED}
    assert contrast(colours["control"], colours["ground"]) >= CONTROL


def test_the_themes_differ_and_so_do_light_and_dark() -> None:
    sheet = (STATIC / "letterbox.css").read_text()
    accents = {tokens(sheet, theme, is_dark)["accent"] for theme in ("teal", "plum") for is_dark in (False, True)}
    assert accents == {"#00504f", "#5a2363", "#7fd6cf", "#dcb3e6"}


@pytest.mark.parametrize("name", [name for name in BUILT if name.endswith(".css")])
def test_nothing_of_another_house_is_worn(name: str) -> None:
    """Neither GOV.UK's typeface, nor its crest, nor its blue, green, red and yellow; no font, no address elsewhere."""
    sheet = (STATIC / name).read_text().lower()
    for worn in (
        "gds transport",
        "@font-face",
        "crest",
        "url(",
        "@import",
        "#1d70b8",
        "#00703c",
        "#0f7a52",
        "#ca3535",
        "#fd0",
    ):
        assert worn not in sheet, worn


def test_a_phone_number_is_never_mirrored() -> None:
    """In Arabic, the digits' groups would swap places: 0300 123 8080 would be read 8080 123 0300."""
    for sheet in ("letterbox.css", "letterbox.rtl.css"):
        (rule,) = re.findall(r"[}](?:\.ltr)\{([^}]*)\}", (STATIC / sheet).read_text())
        assert "direction:ltr" in rule
        assert "unicode-bidi:isolate" in rule


def test_the_mirrored_sheet_is_a_mirror() -> None:
    radio = re.compile(r"\.govuk-radios__label:before\{[^}]*?\b(left|right):2px")
    assert radio.findall((STATIC / "letterbox.css").read_text()) == ["left"]
    assert radio.findall((STATIC / "letterbox.rtl.css").read_text()) == ["right"]


def test_the_lock_names_no_registry() -> None:
    assert "resolved" not in (PROJECT / "package-lock.json").read_text()


def test_what_the_sheet_leaves_out_is_worn_by_no_page() -> None:
    left_out = json.loads((PROJECT / "assets" / "left_out.json").read_text())
    sheet = re.sub(r":not\((?:[^()]|\([^()]*\))*\)", "", (STATIC / "letterbox.css").read_text())
    assert not {name for name in left_out if re.search(rf"\.{name}(?![\w-])", sheet)}
    for folder, kinds in (("templates", ("html",)), ("app", ("py", "toml")), ("assets/js", ("js",))):
        for path in (path for kind in kinds for path in (PROJECT / folder).rglob(f"*.{kind}")):
            words = set(re.findall(r"govuk-[\w-]+", path.read_text()))
            assert not words & set(left_out), path
