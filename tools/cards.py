"""``python -m tools.cards``: each landlord's pictures for shared links and a phone's home screen, in static/cards/.

Made of the mark and the name in the policy. Run it again when those change.
"""

from pathlib import Path

from markupsafe import Markup
from PIL import Image
from playwright.sync_api import Browser

from app.config import POLICIES
from app.landlords.shapes import Mark
from app.landlords.standards import Landlord, load_landlord
from app.languages import LANGUAGES
from tests.rig.browsers import running_browser

CARDS = Path(__file__).resolve().parent.parent / "static" / "cards"
COLOURS = 64
CARD = (1200, 630)  # what most services crop nothing of
ICONS = (192, 512)
# For a landlord without a mark: a letter.
LETTER = Mark("A letter", "#4a4f57", "#c3c6ca", ("M3 9H45L24 27Z M3 14V39H45V14L24 32Z",))
CARD_PAGE = Markup("""<!DOCTYPE html><style>
body {{ margin: 0; width: 1200px; height: 630px; display: flex; flex-direction: column; justify-content: center;
  box-sizing: border-box; padding: 0 96px; border-top: 24px solid {colour}; background: #f3f1ec; color: #16191d;
  font-family: "Liberation Sans", "Noto Sans Arabic", sans-serif; }}
svg {{ width: 168px; fill: {colour}; fill-rule: evenodd; }}
h1 {{ margin: 40px 0 28px; color: {colour}; font-size: {size}px; line-height: 1.1; }}
p {{ margin: 0; font-size: 40px; word-spacing: 0.1em; }}
</style>{mark}<h1>{name}</h1><p>{languages}</p>""")
# A phone cuts the corners off, or a circle out: the mark stands well inside.
ICON_PAGE = Markup("""<!DOCTYPE html><style>
body {{ margin: 0; width: {size}px; height: {size}px; display: grid; place-items: center; background: #f3f1ec; }}
svg {{ width: 62%; fill: {colour}; fill-rule: evenodd; }}
</style>{mark}""")


def main() -> None:
    CARDS.mkdir(parents=True, exist_ok=True)
    with running_browser() as browser:
        for policy in sorted(POLICIES.glob("[!_]*.toml")):
            landlord = load_landlord(policy.stem)
            _draw(browser, _card(landlord), CARD, f"{landlord.key}.png")
            for size in ICONS:
                _draw(browser, _icon(landlord, size), (size, size), f"{landlord.key}-{size}.png")


def _icon(landlord: Landlord, size: int) -> str:
    mark = landlord.mark or LETTER
    return ICON_PAGE.format(size=size, colour=mark.colour, mark=_drawn(mark))


def _card(landlord: Landlord) -> str:
    mark = landlord.mark or LETTER
    names = (LANGUAGES[tag] for tag in landlord.languages if tag in LANGUAGES)
    languages = Markup(" · ").join(Markup('<bdi lang="{}">{}</bdi>').format(one.tag, one.own_name) for one in names)
    return CARD_PAGE.format(
        colour=mark.colour,
        mark=_drawn(mark),
        name=landlord.name,
        size=112 if len(landlord.name) < 14 else 80,
        languages=languages,
    )


def _drawn(mark: Mark) -> Markup:
    paths = Markup("").join(Markup('<path d="{}"/>').format(path) for path in mark.paths)
    return Markup('<svg viewBox="0 0 48 48">{}</svg>').format(paths)


def _draw(browser: Browser, page: str, size: tuple[int, int], name: str) -> None:
    window = browser.new_page(viewport={"width": size[0], "height": size[1]})
    window.set_content(page)
    window.screenshot(path=CARDS / name)
    window.close()
    with Image.open(CARDS / name) as picture:
        picture.convert("RGB").quantize(COLOURS).save(CARDS / name, optimize=True)
    print(CARDS / name)


if __name__ == "__main__":
    main()
