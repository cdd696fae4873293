"""What a file is, by what it holds. Its name is never asked."""

from dataclasses import dataclass

import filetype

HEAD = 4096  # bytes from the beginning that tell
# For a browser's list of files: a suggestion and no check.
ACCEPTED = "image/*,.heic,.heif,application/pdf,audio/*,.amr,video/*,.3gp"


@dataclass(frozen=True)
class Sort:
    """``reader`` names what reads it: Pillow's format for photos, FFmpeg's demuxer for sound and film.

    For sound and film the streams inside decide which of the two it is: see media.py.
    """

    kind: str  # photo | document | media
    reader: str


_BY_MEDIA_TYPE = {
    "image/jpeg": Sort("photo", "JPEG"),
    "image/png": Sort("photo", "PNG"),
    "image/apng": Sort("photo", "PNG"),
    "image/gif": Sort("photo", "GIF"),
    "image/webp": Sort("photo", "WEBP"),
    "image/tiff": Sort("photo", "TIFF"),
    "application/pdf": Sort("document", "PDF"),
    "audio/mpeg": Sort("media", "mp3"),
    "audio/x-wav": Sort("media", "wav"),
    "audio/ogg": Sort("media", "ogg"),
    "video/ogg": Sort("media", "ogg"),
    "audio/aac": Sort("media", "aac"),
    "audio/amr": Sort("media", "amr"),
    "video/webm": Sort("media", "matroska"),
    "video/x-matroska": Sort("media", "matroska"),
}
# ISO base media files say at byte 8 whose they are. All others of them are sound or film.
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
# QuickTime files from before 2001 begin with one of their parts instead.
_OLD_QUICKTIME = {b"moov", b"mdat", b"wide"}
_PDF_MAY_BEGIN_WITHIN = 1024  # bytes: ISO 32000-1, Annex H; what scanners and mail programs put before it


def recognise(head: bytes) -> Sort | None:
    """From the first ``HEAD`` bytes; None for what we do not take."""
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in _HEIF:
            return Sort("photo", "HEIF")
        return Sort("photo", "AVIF") if brand in _AVIF else Sort("media", "mov")
    if head[4:8] in _OLD_QUICKTIME:
        return Sort("media", "mov")
    found = filetype.guess_mime(head) if head else None
    if found in _BY_MEDIA_TYPE:
        return _BY_MEDIA_TYPE[found]
    if found is None and b"%PDF-" in head[:_PDF_MAY_BEGIN_WITHIN]:
        return Sort("document", "PDF")
    return None


# Of what we make: see child.py and media.py.
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/ogg": ".ogg",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/mp4": ".m4a",
    "audio/3gpp": ".3gp",
    "audio/webm": ".webm",
    "audio/x-matroska": ".mka",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "video/x-matroska": ".mkv",
}


def suffix_of(media_type: str) -> str:
    return _SUFFIXES[media_type]
