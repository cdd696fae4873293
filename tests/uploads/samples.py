"""Files as phones and scanners make them, with everything in them that gives people away."""

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

MAKER = "SecretPhoneMaker"
COMMENT = "SecretComment"
PLACE_OF_FILM = "+50.7260-003.5275/"
AUTHOR = "SecretAuthor"


def picture(width: int = 400, height: int = 300) -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", (width, height), "blue")
    made.paste("red", (0, 0, width // 2, height))
    return made


def described() -> Image.Exif:
    """Maker, turned by a quarter, and a place: Exeter, 50.7260 N, 3.5275 W."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MAKER, 6
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 43.0, 33.6), 3: "W", 4: (3.0, 31.0, 39.0)})
    return exif


def as_bytes(image: Image.Image, format: str, **more: object) -> bytes:
    written = BytesIO()
    image.save(written, format, **more)
    return written.getvalue()


def photo(width: int = 400, height: int = 300) -> bytes:
    """A JPEG that was taken with the phone held upright."""
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretXmp</x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return as_bytes(
        picture(width, height), "JPEG", exif=described(), comment=COMMENT.encode(), xmp=xmp, icc_profile=profile
    )


def screenshot() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", AUTHOR)
    return as_bytes(picture(), "PNG", pnginfo=words, exif=described())


def heic() -> bytes:
    made = pillow_heif.from_pillow(picture())
    made.info["exif"] = described().tobytes()
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def moving_gif() -> bytes:
    return as_bytes(picture(), "GIF", save_all=True, append_images=[Image.new("RGB", (400, 300), "green")])


def bomb() -> bytes:
    """A hundred million dots in a few kilobytes."""
    return as_bytes(Image.new("1", (10_000, 10_000)), "PNG")


def document(pages: int = 1) -> bytes:
    """A scan of a letter with the author's name, a script, a program inside, and a photo with its place."""
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page()
    pdf.docinfo["/Author"] = AUTHOR
    with pdf.open_metadata() as described_by:
        described_by["dc:creator"] = [AUTHOR]
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="SecretScript()")
    pdf.attachments["x.exe"] = b"SecretProgram"
    page = pdf.pages[0]
    page.obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="SecretScript"))
    page.obj.Annots = pikepdf.Array(
        [
            _link(S=pikepdf.Name.Launch, F="SecretScript"),
            _link(S=pikepdf.Name.URI, URI="https://example.com/kept"),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9]),
        ]
    )
    shown = pdf.make_stream(
        photo(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Filter=pikepdf.Name.DCTDecode
    )
    shown.Width, shown.Height, shown.ColorSpace, shown.BitsPerComponent = 400, 300, pikepdf.Name.DeviceRGB, 8
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=shown))
    return _saved(pdf)


def locked_document() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return _saved(pdf, encryption=pikepdf.Encryption(owner="one", user="two"))


def _link(**action: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=pikepdf.Dictionary(**action)
    )


def _saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    written = BytesIO()
    pdf.save(written, **how)
    return written.getvalue()


@cache
def film(suffix: str = ".mov", seconds: float = 1) -> bytes:
    """A phone's film with its sound, and the place where it was taken, in the ways of MP4 and of QuickTime."""
    places = [
        "-metadata",
        f"location={PLACE_OF_FILM}",
        "-metadata",
        f"com.apple.quicktime.location.ISO6709={PLACE_OF_FILM}",
    ]
    codecs = {".webm": ["-c:v", "libvpx", "-c:a", "libopus"], ".3gp": ["-c:v", "mpeg4", "-c:a", "aac"]}
    return _recorded(
        suffix,
        "-f", "lavfi", "-i", f"color=s=64x48:r=5:d={seconds}", "-f", "lavfi", "-i", f"sine=d={seconds}",
        *codecs.get(suffix, ["-c:v", "mpeg4", "-c:a", "aac"]),
        *places, "-metadata", f"make={MAKER}", "-metadata:s:v", f"title={AUTHOR}",
        *(["-movflags", "use_metadata_tags"] if suffix == ".mov" else []),
    )  # fmt: skip


@cache
def recording(suffix: str = ".mp3") -> bytes:
    codecs = {".ogg": ["-c:a", "libopus"], ".m4a": ["-c:a", "aac"], ".aac": ["-c:a", "aac"]}
    return _recorded(
        suffix, "-f", "lavfi", "-i", "sine=d=1:sample_rate=48000", *codecs.get(suffix, []),
        "-metadata", f"artist={AUTHOR}", "-metadata", f"comment={COMMENT}",
    )  # fmt: skip


def _recorded(suffix: str, *how: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"made{suffix}"
        subprocess.run(["ffmpeg", "-v", "error", *how, str(path)], check=True, capture_output=True)
        return path.read_bytes()
