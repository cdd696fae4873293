"""A photo of 12 megapixels made fit to be kept, against Pillow alone making it smaller and saving it."""

import dataclasses
import io
from pathlib import Path
from random import Random

from PIL import Image, ImageOps

from app import create_app
from app.uploads.actions import prepare
from benchmarks.measuring import Row, measure_in_turn
from tests.rig.databases import SqliteDatabases, settings_from

WIDTH, HEIGHT = 4000, 3000
LONGEST_SIDE, QUALITY = 2560, 85  # what the site keeps: app/uploads/limits.toml and child.py
ROUNDS, WARM_UP = 12, 2


def run(folder: Path, databases: SqliteDatabases) -> list[Row]:
    place = folder / "files"
    app = create_app(dataclasses.replace(settings_from(place, databases.make(place), "livewest")))
    photo = _photo()
    with app.app_context():
        times = measure_in_turn(
            {"ours": lambda: prepare(io.BytesIO(photo), "photo.jpg"), "bare": lambda: _made_smaller(photo)},
            ROUNDS,
            WARM_UP,
        )
    ours, theirs = times["ours"], times["bare"]
    return [
        Row(
            f"A photo of 12 megapixels, {len(photo) / 1e6:.1f} MB: recognised, cleaned in a process of its own, kept",
            f"{ours.median:.0f} ms (95 %: {ours.p95:.0f})",
            f"bare Pillow, made smaller and saved: {theirs.median:.0f} ms (95 %: {theirs.p95:.0f})",
            f"{ours.median / theirs.median:.1f}",
        )
    ]


def _photo() -> bytes:
    """Soft shapes with a little noise, as a camera gives them; the same each time."""
    random = Random(1)  # the same each time is what it is for
    small = Image.frombytes("RGB", (160, 120), random.randbytes(160 * 120 * 3))
    out = io.BytesIO()
    small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(out, "JPEG", quality=90)
    return out.getvalue()


def _made_smaller(photo: bytes) -> bytes:
    with Image.open(io.BytesIO(photo)) as image:
        turned = ImageOps.exif_transpose(image).convert("RGB")
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        turned.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()
