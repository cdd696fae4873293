"""What a tenant sends, and what staff get: the same to the eye and ear, without what gives people away."""

import json
import subprocess
import zlib
from io import BytesIO

import pikepdf
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.cases.lists import case_of
from app.extensions import db
from app.uploads.actions import prepare
from app.uploads.models import Upload
from app.uploads.storage import path_of
from tests.complaints.complaining import begin, go_on
from tests.uploads import samples
from tests.uploads.attaching import a_desk, add, at_files, links_to_files, listed, send_complaint, stored, taken

BETRAYING = (samples.MAKER, samples.COMMENT, samples.PLACE_OF_FILM, samples.AUTHOR, "Secret", "Exif", "http://ns.adobe")


def betrays(content: bytes) -> list[str]:
    return [words for words in BETRAYING if words.encode() in content]


def kept(client: FlaskClient, *chosen: tuple[bytes, str]) -> list[tuple[str, str, bytes]]:
    """Name, media type and content of what was kept of these."""
    reader = add(at_files(client), *chosen)
    assert not reader.mistakes, reader.mistakes
    uploads = db.session.scalars(db.select(Upload).order_by(Upload.id)).all()
    assert len(stored()) == len(uploads)
    by_name = {path.name: path.read_bytes() for path in stored()}
    return [(one.kind, one.media_type, by_name[one.name]) for one in uploads]


def test_a_photo_with_its_place_goes_in_through_the_form_and_comes_out_to_staff_without(client: FlaskClient) -> None:
    sent = samples.photo()
    assert betrays(sent), "the sample gives nothing away"
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825), "the sample has no place"
    reader = add(begin(client, "files"), (sent, "IMG_2026 Exeter.jpg"))
    assert listed(reader) == ["IMG_2026 Exeter.jpg"]
    reader.press()
    go_on(reader)
    reference = reader.press().reference
    desk = a_desk(client)
    (answer,) = taken(desk, reference)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={reference}-photo-1.jpg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert betrays(answer.data) == []
    seen = Image.open(BytesIO(answer.data))
    assert dict(seen.getexif()) == {}
    assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    # Taken upright: the quarter turn is in the picture now, and red is at the top instead of on the left.
    assert seen.size == (300, 400)
    top, bottom = seen.getpixel((150, 20)), seen.getpixel((150, 380))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 60 > top[2]
    assert bottom[2] > 200 > 60 > bottom[0]


def test_a_photo_of_an_iphone_becomes_one_that_every_computer_opens(sqlite_app: Flask) -> None:
    ((kind, media_type, content),) = kept(sqlite_app.test_client(), (samples.heic(), "IMG_0001.HEIC"))
    assert (kind, media_type) == ("photo", "image/jpeg")
    seen = Image.open(BytesIO(content))
    assert (seen.format, sorted(seen.size)) == ("JPEG", [300, 400])
    assert betrays(content) == []


def test_photos_of_all_sorts_are_kept_bare_and_not_too_large(sqlite_app: Flask) -> None:
    large = samples.as_bytes(samples.picture(5200, 2600), "JPEG", exif=samples.described())
    sent = [
        (samples.screenshot(), "screen.png"),
        (samples.moving_gif(), "moving.gif"),
        (samples.as_bytes(samples.picture(), "WEBP", exif=samples.described()), "web.webp"),
        (samples.as_bytes(samples.picture(), "TIFF", exif=samples.described()), "scan.tiff"),
        (large, "large.jpg"),
        (samples.as_bytes(samples.picture().convert("CMYK"), "JPEG"), "printed.jpg"),
    ]
    found = kept(sqlite_app.test_client(), *sent)
    assert [media_type for _kind, media_type, _content in found] == [
        "image/png", "image/png", "image/jpeg", "image/jpeg", "image/jpeg", "image/jpeg",
    ]  # fmt: skip
    for _kind, _type, content in found:
        assert betrays(content) == []
        assert not Image.open(BytesIO(content)).getexif()
    assert Image.open(BytesIO(found[1][2])).n_frames == 1, "only the first picture of those that move"
    assert max(Image.open(BytesIO(found[4][2])).size) == 2560


def test_a_pdf_keeps_its_pages_and_links_and_loses_names_scripts_and_what_is_hidden_in_it(sqlite_app: Flask) -> None:
    ((kind, media_type, content),) = kept(sqlite_app.test_client(), (samples.document(pages=2), "letter.pdf"))
    assert (kind, media_type) == ("document", "application/pdf")
    pdf = pikepdf.open(BytesIO(content))
    assert len(pdf.pages) == 2
    assert "/Info" not in pdf.trailer
    assert not {"/OpenAction", "/AA", "/Metadata"} & set(pdf.Root.keys())
    assert not list(pdf.attachments)
    plain = BytesIO()
    pdf.save(
        plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, object_stream_mode=pikepdf.ObjectStreamMode.disable
    )
    assert betrays(plain.getvalue()) == []
    assert b"JavaScript" not in plain.getvalue()
    assert b"Launch" not in plain.getvalue()
    annotations = [str(one.Subtype) for one in pdf.pages[0].obj.Annots]
    assert annotations == ["/Link", "/Link"]
    assert str(pdf.pages[0].obj.Annots[1].A.URI) == "https://example.com/kept"
    shown = pikepdf.PdfImage(pdf.pages[0].obj.Resources.XObject.Photo).as_pil_image()
    assert shown.size == (400, 300), "a photo inside is still seen"


def test_a_photo_in_a_pdf_loses_its_place_however_it_is_packed(sqlite_app: Flask) -> None:
    flate, dct = pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode
    nothing = pikepdf.Dictionary()
    for filters, parameters, packed in (
        ([dct], None, samples.photo()),
        ([flate, dct], None, zlib.compress(samples.photo())),
        ([flate, dct], [nothing, nothing], zlib.compress(samples.photo())),
    ):
        pdf = pikepdf.open(BytesIO(samples.document()))
        shown = pdf.pages[0].obj.Resources.XObject.Photo
        shown.write(packed, filter=pikepdf.Array(filters), decode_parms=parameters and pikepdf.Array(parameters))
        sent = BytesIO()
        shown.Filter = pikepdf.Array(filters)  # write() makes a name of an array of one
        pdf.save(sent, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        made = path_of(prepare(BytesIO(sent.getvalue()), "scan.pdf").name).read_bytes()
        cleaned = pikepdf.open(BytesIO(made))
        photo = cleaned.pages[0].obj.Resources.XObject.Photo
        assert photo.Filter == dct
        assert betrays(photo.read_raw_bytes()) == []
        assert pikepdf.PdfImage(photo).as_pil_image().size == (400, 300)


RECORDED = [
    (".mov", "film", "video/mp4"),
    (".mp4", "film", "video/mp4"),
    (".3gp", "film", "video/mp4"),
    (".webm", "film", "video/webm"),
    (".mp3", "sound", "audio/mpeg"),
    (".wav", "sound", "audio/wav"),
    (".m4a", "sound", "audio/mp4"),
    (".ogg", "sound", "audio/ogg"),
    (".aac", "sound", "audio/aac"),
]


def test_films_and_recordings_lose_their_place_and_makers(sqlite_app: Flask) -> None:
    for suffix, kind, media_type in RECORDED:
        sent = samples.film(suffix) if kind == "film" else samples.recording(suffix)
        assert betrays(sent) or suffix in (".aac", ".3gp"), "the sample gives nothing away"
        made = prepare(BytesIO(sent), f"what I heard{suffix}")
        content = path_of(made.name).read_bytes()
        assert (made.kind, made.media_type) == (kind, media_type)
        assert betrays(content) == []
        asked = [
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "format=duration:format_tags:stream=codec_type",
            "-of",
            "json",
        ]
        found = json.loads(subprocess.run([*asked, str(path_of(made.name))], capture_output=True, check=True).stdout)
        assert not {"location", "artist", "comment", "make", "creation_time"} & set(found["format"].get("tags", {}))
        streams = {one["codec_type"] for one in found["streams"]}
        assert streams == ({"video", "audio"} if kind == "film" else {"audio"})
        assert 0.5 < float(found["format"]["duration"]) < 2


def test_what_it_is_called_never_decides_what_it_is(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = add(at_files(client), (samples.document(), "photo.jpg"), (samples.photo(), "../../etc/passwd"))
    assert listed(reader) == ["photo.jpg", "passwd"]
    reader.press()
    reference = send_complaint(reader)
    names = [answer.headers["Content-Disposition"] for answer in taken(a_desk(client), reference)]
    assert names == [
        f"attachment; filename={reference}-document-1.pdf",
        f"attachment; filename={reference}-photo-1.jpg",
    ]


def test_a_photo_that_is_a_page_and_an_archive_too_is_a_photo_only(sqlite_app: Flask) -> None:
    sent = samples.photo() + b"<html><script>alert(1)</script>" + b"PK\x03\x04 SecretProgram"
    ((_kind, media_type, content),) = kept(sqlite_app.test_client(), (sent, "page.html"))
    assert media_type == "image/jpeg"
    assert b"<script>" not in content
    assert b"PK\x03\x04" not in content


def test_files_lie_outside_every_address_readable_by_their_owner_only(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    add(at_files(client), (samples.photo(), "photo.jpg"))
    (path,) = stored()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "photo" not in path.name
    name = path.name
    for address in (
        f"/{name}",
        f"/uploads/{name}",
        f"/static/{name}",
        f"/static/../instance/uploads/{name}",
        "/uploads/",
    ):
        assert client.get(address).status_code in (404, 308, 301, 302, 303), address


def test_the_names_are_on_the_check_page_and_in_the_receipt(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = add(at_files(client), (samples.photo(), "the lift.jpg"), (samples.photo(), "صورة.jpg"), then="continue")
    reader.open("/en/complaint/check")
    assert reader.summary["Files you sent"] == "the lift.jpg\nصورة.jpg"
    reader.press()
    receipt = client.get("/en/complaint/received/text").get_data(as_text=True)
    assert "the lift.jpg" in receipt
    assert "صورة.jpg" in receipt


def test_staff_without_the_right_to_a_case_cannot_take_its_files(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    reader = add(at_files(client), (samples.photo(), "photo.jpg"))
    reader.press()
    reference = send_complaint(reader)
    case = case_of(reference)
    assert case is not None
    case.is_restricted = True
    db.session.commit()
    desk = a_desk(client)
    (link,) = links_to_files(desk, reference)
    assert desk.get(link).status_code == 200
    db.session.expire_all()
    assert [event.what for event in case.events].count("file_viewed") == 1
    assert "A file of this restricted case was downloaded" in desk.get(f"/staff/cases/{reference}").get_data(
        as_text=True
    )
    stranger = client.application.test_client()
    assert stranger.get(link).status_code == 303
    a_desk(stranger, email="ann@landlord.example", roles=("advisor",))
    assert stranger.get(link).status_code == 403
