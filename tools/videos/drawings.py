"""The pictures of a video: each a function from how far its scene is (0 to 1) to SVG, 640 by 360. No words in them."""

import math
from collections.abc import Callable

GROUND, INK, WARM, COLD, METAL, BRASS = "#fbf7ef", "#16191d", "#c8452f", "#3f7fb5", "#d9dde1", "#c9973b"
GREEN, WATER, CLOTH = "#2f8f5b", "#5aa7d6", "#8f6fae"
WIDTH, HEIGHT = 640, 360


def _page(*parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<defs><linearGradient id="part" x1="0" y1="0" x2="0" y2="1"><stop offset=".2" stop-color="{COLD}"/>'
        f'<stop offset=".75" stop-color="{WARM}"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
        f'<g fill="none" stroke="{INK}" stroke-width="5" stroke-linejoin="round" stroke-linecap="round">'
        f"{''.join(parts)}</g></svg>"
    )


def _radiator(x: float, fill: str, wide: int = 300) -> str:
    bars = "".join(
        f'<rect x="{x + 12 + bar * 48}" y="84" width="36" height="180" rx="14" fill="{fill}"/>'
        for bar in range(wide // 48)
    )
    return (
        f'<rect x="{x}" y="98" width="{wide}" height="14" fill="{METAL}"/>'
        f'<rect x="{x}" y="236" width="{wide}" height="14" fill="{METAL}"/>{bars}'
        f'<path d="M{x + 4} 250v50M{x + wide - 4} 250v50M{x - 40} 302h{wide + 80}"/>'
    )


def _waves(x: float, y: float, done: float) -> str:
    """Warm air, rising."""
    rise = 14 * math.sin(done * math.pi * 6)
    return "".join(
        f'<path stroke="{WARM}" d="M{x + 60 * one} {y - rise * (one % 2 or -1) / 3}q10 -12 0 -24q-10 -12 0 -24"/>'
        for one in range(3)
    )


def cold_at_the_top(done: float) -> str:
    shiver = 2 * math.sin(done * math.pi * 24)
    snow = "".join(
        f'<g transform="translate({150 + 90 * one + shiver} 48) rotate({30 * one})" stroke="{COLD}">'
        '<path d="M-14 0h28M-7 -12l14 24M7 -12l-14 24"/></g>'
        for one in range(5)
    )
    return _page(_radiator(170, "url(#part)"), snow)


def turn_off_and_wait(done: float) -> str:
    dial = 120 * (1 - min(1.0, done * 3))
    minute = 180 * max(0.0, min(1.0, (done - 0.35) / 0.55))
    ticks = "".join(f'<path d="M470 78v14" transform="rotate({30 * hour} 470 180)"/>' for hour in range(12))
    return _page(
        f'<circle cx="180" cy="180" r="96" fill="{METAL}"/><circle cx="180" cy="180" r="58" fill="#fff"/>',
        f'<path d="M180 180v-50" transform="rotate({dial} 180 180)" stroke="{WARM if dial > 4 else COLD}" '
        'stroke-width="10"/>',
        '<circle cx="180" cy="62" r="8" fill="#16191d"/>',
        f'<path d="M236 76a120 120 0 0 1 62 72" stroke="{WARM}" stroke-width="9"/>',
        f'<circle cx="470" cy="180" r="108" fill="#fff"/>{ticks}',
        f'<path d="M470 180v-74" transform="rotate({minute} 470 180)" stroke-width="7"/>',
        f'<path d="M470 180v-46" transform="rotate({90 + minute / 12} 470 180)" stroke-width="9"/>',
    )


def _key(x: float, y: float, turn: float = 0, large: float = 1) -> str:
    return (
        f'<g transform="translate({x} {y}) rotate({turn}) scale({large})">'
        f'<path fill="{BRASS}" d="M-44 -14h24v-12h40v12h24a14 14 0 0 1 0 28h-24v12h-40v-12h-24a14 14 0 0 1 0 -28z"/>'
        f'<rect x="-9" y="-9" width="18" height="18" fill="{GROUND}"/></g>'
    )


def _bowl(x: float, y: float) -> str:
    return f'<path fill="#fff" d="M{x - 70} {y}h140q-8 62 -70 62t-70 -62z"/>'


def _cloth(x: float, y: float) -> str:
    return (
        f'<path fill="{CLOTH}" d="M{x - 56} {y - 30}q56 -18 112 0v68q-56 18 -112 0z"/>'
        f'<path stroke="#fff" stroke-width="3" d="M{x - 48} {y - 8}q48 -16 96 0M{x - 48} {y + 16}q48 -16 96 0"/>'
    )


def three_things(done: float) -> str:
    shown = [min(1.0, max(0.0, done * 3 - 0.6 * one)) for one in range(3)]
    parts = (_key(120, 180, 0, 1.4), _cloth(320, 178), _bowl(520, 150))
    return _page(*(f'<g opacity="{step:.2f}">{part}</g>' for step, part in zip(shown, parts, strict=True)))


def _valve(x: float, y: float, large: float = 1) -> str:
    return (
        f'<g transform="translate({x} {y}) scale({large})"><circle r="34" fill="{METAL}"/>'
        f'<circle r="22" fill="{BRASS}"/><rect x="-10" y="-10" width="20" height="20" fill="#fff"/></g>'
    )


def find_the_valve(done: float) -> str:
    grown = min(1.0, max(0.0, done * 2.4 - 0.3))
    return _page(
        _radiator(50, METAL),
        _valve(356, 106, 0.34),
        f'<circle cx="356" cy="106" r="{22 + 8 * math.sin(done * 18) * (1 - grown):.1f}" stroke="{WARM}"/>',
        f'<g opacity="{grown:.2f}"><path stroke="{WARM}" d="M378 112L{408 + 20 * grown} 150"/>'
        f'<circle cx="510" cy="200" r="{100 * grown:.1f}" fill="#fff" stroke="{WARM}"/>'
        f"{_valve(510, 200, 1.8 * grown)}</g>",
    )


def _at_the_valve(turn: float, *more: str) -> str:
    return _page(
        f'<rect x="-20" y="60" width="300" height="120" rx="24" fill="{METAL}"/>',
        f'<rect x="270" y="88" width="50" height="64" fill="{METAL}"/>',
        _valve(340, 120, 1.3),
        _key(340, 120, turn, 1.25),
        _cloth(340, 236),
        _bowl(340, 274),
        *more,
    )


def _arrow(turns_left: bool) -> str:
    turned = '<path d="M420 62a100 100 0 0 0 -150 -6M270 56l34 2M270 56l4 -34"/>'
    flip = "" if turns_left else ' transform="translate(680 0) scale(-1 1)"'
    return f'<g{flip} stroke="{WARM}" stroke-width="8">{turned}</g>'


def turn_left(done: float) -> str:
    turned = min(1.0, max(0.0, (done - 0.45) / 0.3))
    puffs = "".join(
        f'<circle cx="{420 + 26 * one + 40 * (done * 5 % 1):.0f}" cy="{120 + 16 * math.sin(one + done * 20):.0f}" '
        f'r="{8 + 3 * one}" fill="#fff" stroke-width="3"/>'
        for one in range(4)
    )
    return _at_the_valve(-90 * turned, _arrow(True), puffs if turned > 0.3 else "")


def turn_right(done: float) -> str:
    turned = min(1.0, max(0.0, (done - 0.4) / 0.3))
    drops = "".join(
        f'<path stroke-width="3" fill="{WATER}" d="M{318 + 22 * one} {168 + (done * 400 + 37 * one) % 60:.0f}'
        'q-8 14 0 18q8 -4 0 -18z"/>'
        for one in range(3)
    )
    return _at_the_valve(-90 * (1 - turned), _arrow(False) if done > 0.35 else "", drops if turned < 0.9 else "")


def look_at_the_pressure(done: float) -> str:
    risen = -100 + 92 * min(1.0, done * 2)
    marks = "".join(
        f'<g transform="rotate({-120 + 60 * bar} 320 190)"><path d="M320 62v20"/></g>'
        f'<text x="{320 + 94 * math.sin(math.radians(-120 + 60 * bar)):.0f}" '
        f'y="{200 - 94 * math.cos(math.radians(-120 + 60 * bar)):.0f}" fill="{INK}" stroke="none" '
        f'font-family="sans-serif" font-size="26" font-weight="700" text-anchor="middle">{bar}</text>'
        for bar in range(5)
    )
    return _page(
        '<circle cx="320" cy="190" r="146" fill="#fff"/>',
        f'<path stroke="{GREEN}" stroke-width="16" d="M{320 + 126 * math.sin(math.radians(-60)):.0f} '
        f'{190 - 126 * math.cos(math.radians(-60)):.0f}A126 126 0 0 1 320 64"/>',
        marks,
        f'<g transform="rotate({risen - 22:.1f} 320 190)">'
        f'<path stroke="{WARM}" stroke-width="8" d="M320 200v-84"/></g>',
        f'<circle cx="320" cy="190" r="12" fill="{INK}"/>',
    )


def warm_again(done: float) -> str:
    phone = (
        '<rect x="490" y="96" width="96" height="176" rx="16" fill="#fff"/><path d="M526 114h24"/>'
        f'<circle cx="538" cy="250" r="8" fill="{INK}"/>'
        f'<path stroke="{GREEN}" stroke-width="9" '
        'd="M514 160q0 44 44 48l8 -14l-18 -12l-10 8q-12 -6 -14 -18l10 -8l-8 -18z"/>'
    )
    return _page(_radiator(90, WARM), _waves(170, 64, done), phone)


PICTURES: dict[str, Callable[[float], str]] = {
    made.__name__: made
    for made in (
        cold_at_the_top,
        turn_off_and_wait,
        three_things,
        find_the_valve,
        turn_left,
        turn_right,
        look_at_the_pressure,
        warm_again,
    )
}
