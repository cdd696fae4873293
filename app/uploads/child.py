"""Runs in a process of its own, with little memory and time: a photo or a PDF made anew, without what betrays.

What somebody attached goes into C code, and may be made to break it: that must not end the process that serves the
site. Started by ``cleaning.py`` by its path:

    python -I child.py < job > result

The job is JSON: ``kind``, ``reader``, ``source``, ``target``, and limits. So is the result: ``media_type`` and
``suffix``, or ``problem``.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any

MEMORY = 2_000_000_000  # bytes: 60 million pixels in four channels take 240 million, twice while they are turned
SECONDS = 60  # of work
BIGGEST_MADE = 100_000_000  # bytes


class Problem(Exception):
    """Why it cannot be taken: a key of ``cleaning.PROBLEMS``."""


def clean_photo(job: dict[str, Any]) -> dict[str, str]:
    """Only what the eye sees goes over: no place, device, time, thumbnail, comment or hidden layer."""
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # we count ourselves, below, before any pixel is read
    longest = job["longest_side"]
    with Image.open(job["source"], formats=[job["reader"]]) as photo:
        if photo.width * photo.height > job["pixels"]:
            raise Problem("too_many_pixels")
        photo.draft("RGB", (longest, longest))  # a JPEG is read at half its size where that is enough
        profile = photo.info.get("icc_profile")
        seen = ImageOps.exif_transpose(photo)
        seen = _in_srgb(seen, profile) if profile else _plain(seen)
    seen.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    bare = Image.new(seen.mode, seen.size)  # what is saved hangs on nothing that was read
    bare.paste(seen)
    if job["reader"] in ("PNG", "GIF") or bare.mode == "RGBA":
        bare.save(job["target"], "PNG")
        return {"media_type": "image/png", "suffix": ".png"}
    bare.convert("RGB").save(job["target"], "JPEG", quality=85)
    return {"media_type": "image/jpeg", "suffix": ".jpg"}


def _plain(photo: Any) -> Any:
    """In eight bits a colour, with transparency where there is any."""
    if photo.mode.startswith("I;16"):
        return photo.point(lambda value: value / 256).convert("RGB")
    return photo.convert("RGBA" if photo.has_transparency_data else "RGB")


def _in_srgb(photo: Any, profile: bytes) -> Any:
    """In the colours that every screen shows; as they are where the profile cannot be used."""
    from PIL import ImageCms

    if photo.has_transparency_data or photo.mode not in ("RGB", "CMYK", "L"):
        return _plain(photo)
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(photo, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return _plain(photo)


# In a PDF's dictionaries: what acts when it is opened, what is hidden in it, and what tells who made it, and when.
ACTING = {"/AA", "/JS", "/JavaScript", "/OpenAction", "/XFA", "/Renditions", "/RichMediaContent", "/RichMediaSettings"}
HIDDEN = {"/EmbeddedFiles", "/EF", "/AF", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/Collection"}
SAFE_ACTIONS = {"/URI", "/GoTo", "/Named"}
UNSAFE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}
SAFE_ANNOTATIONS = {
    "/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Widget",
}  # fmt: skip
DEEPEST = 60  # dictionaries in dictionaries


def clean_document(job: dict[str, Any]) -> dict[str, str]:
    """The pages stay; actions, scripts, files inside and descriptions of the document go."""
    import pikepdf

    try:
        pdf = pikepdf.open(job["source"])
    except pikepdf.PasswordError as wrong:
        raise Problem("locked") from wrong
    with pdf:
        pages = len(pdf.pages)
        if pages == 0:
            raise Problem("broken")
        if pages > job["pages"]:
            raise Problem("too_many_pages")
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        for page in pdf.pages:
            _keep_safe_annotations(page.obj)
        for found in pdf.objects:
            _disarm(found, 0)
        pdf.save(job["target"], encryption=False, deterministic_id=True)
    return {"media_type": "application/pdf", "suffix": ".pdf"}


def _keep_safe_annotations(page: Any) -> None:
    import pikepdf

    if isinstance(page.get("/Annots"), pikepdf.Array):
        page.Annots = pikepdf.Array(
            [
                one
                for one in page.Annots
                if isinstance(one, pikepdf.Dictionary) and str(one.get("/Subtype")) in SAFE_ANNOTATIONS
            ]
        )


def _disarm(found: Any, depth: int) -> None:
    """Take out of this object, and of what stands in it directly, all that acts or tells."""
    import pikepdf

    if depth > DEEPEST:
        raise Problem("broken")
    if isinstance(found, pikepdf.Array):
        for one in found:
            _go_into(one, depth)
        return
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return
    if str(found.get("/S")) in UNSAFE_ACTIONS:
        del found["/S"]
    for key in list(found.keys()):
        if key in ACTING | HIDDEN or (key in ("/A", "/PA", "/Next") and not _is_safe_action(found[key])):
            del found[key]
        else:
            _go_into(found[key], depth)
    if isinstance(found, pikepdf.Stream):
        _disarm_photo(found)


def _disarm_photo(found: Any) -> None:
    """A JPEG in a PDF, which may have been packed once more, without its descriptions."""
    import pikepdf

    filters, parameters = _listed(found.get("/Filter")), _listed(found.get("/DecodeParms"))
    if not filters or filters[-1] != "/DCTDecode":
        return
    how = parameters[-1] if len(parameters) == len(filters) else None
    if len(filters) > 1:
        found.Filter = pikepdf.Array(filters[:-1])
        if len(parameters) == len(filters):
            found.DecodeParms = pikepdf.Array(parameters[:-1])
        photo = found.read_bytes()
    else:
        photo = found.read_raw_bytes()
    found.write(bare_jpeg(photo), filter=pikepdf.Name.DCTDecode, decode_parms=how)


def _listed(one: Any) -> list[Any]:
    """What may stand alone or in an array (ISO 32000-1, 7.3.8.2)."""
    import pikepdf

    if one is None:
        return []
    return list(one) if isinstance(one, pikepdf.Array) else [one]


def _go_into(one: Any, depth: int) -> None:
    import pikepdf

    # What is indirect has its own turn.
    if isinstance(one, pikepdf.Object) and not one.is_indirect:
        _disarm(one, depth + 1)


def _is_safe_action(action: Any) -> bool:
    import pikepdf

    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return True  # not an action: /A and /Next stand for other things elsewhere
    return str(action.S) in SAFE_ACTIONS


def bare_jpeg(photo: bytes) -> bytes:
    """The same picture without its descriptions: JPEG's APP1, APP3 to APP13, APP15 and comments (ITU-T T.81, B.2.4)."""
    kept, at = bytearray(photo[:2]), 2
    while photo[at : at + 1] == b"\xff" and at + 4 <= len(photo):
        marker, length = photo[at + 1], int.from_bytes(photo[at + 2 : at + 4], "big")
        if marker == 0xDA or length < 2:  # the picture itself begins
            break
        if marker not in (0xE1, 0xED, 0xEF, 0xFE, *range(0xE3, 0xED)):
            kept += photo[at : at + 2 + length]
        at += 2 + length
    return bytes(kept + photo[at:])


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (BIGGEST_MADE, BIGGEST_MADE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job = json.load(sys.stdin)
    try:
        result = clean_photo(job) if job["kind"] == "photo" else clean_document(job)
    except Problem as problem:
        result = {"problem": str(problem)}
    except Exception as wrong:
        result = {"problem": "broken", "detail": f"{type(wrong).__name__}: {wrong}"}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
