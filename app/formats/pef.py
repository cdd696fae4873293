"""PEF: braille as an XML file, for embossers' software and transcription services anywhere.

Its rows hold the cells as Unicode braille. The shapes are those of the Portable Embosser Format 1.0 (2008-1).
"""

from lxml import etree

from app.formats import Choice
from app.formats.braille_cells import to_brf
from app.formats.braille_pages import BraillePages, make_pages
from app.formats.document import Document, File, file_name

NAMESPACE = "http://www.daisy.org/ns/2008/pef"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
VERSION = "2008-1"
MEDIA_TYPE = "application/x-pef+xml"


def make(document: Document, choice: Choice) -> File:
    """One volume of one section, a row a line, printed on one side: not every embosser can turn the sheet.

    Raises FormatRefused as ``make_pages`` does.
    """
    pages = make_pages(document, choice)
    root = etree.Element(f"{{{NAMESPACE}}}pef", nsmap={None: NAMESPACE}, version=VERSION)
    head = etree.SubElement(root, f"{{{NAMESPACE}}}head")
    meta = etree.SubElement(head, f"{{{NAMESPACE}}}meta", nsmap={"dc": DUBLIN_CORE})
    for name, value in _told(document, pages):
        etree.SubElement(meta, f"{{{DUBLIN_CORE}}}{name}").text = value
    body = etree.SubElement(root, f"{{{NAMESPACE}}}body")
    size = {"cols": str(pages.page.width), "rows": str(pages.page.height), "rowgap": "0", "duplex": "false"}
    volume = etree.SubElement(body, f"{{{NAMESPACE}}}volume", size)
    section = etree.SubElement(volume, f"{{{NAMESPACE}}}section")
    for rows in pages.rows():
        sheet = etree.SubElement(section, f"{{{NAMESPACE}}}page")
        for row in rows:
            to_brf(row)  # raises on a cell that no embosser can write
            etree.SubElement(sheet, f"{{{NAMESPACE}}}row").text = row
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return File(file_name(document, f"{pages.name}.pef"), MEDIA_TYPE, content)


def _told(document: Document, pages: BraillePages) -> list[tuple[str, str]]:
    """What the file says of itself; format and identifier must be there."""
    return [
        ("format", MEDIA_TYPE),
        ("identifier", f"{document.reference.value}-{document.dated.value}-{pages.name}"),
        ("title", document.title),
        ("creator", document.sender.name),
        ("date", document.dated.value),
        ("language", document.language),
        ("description", f"grade {pages.grade}"),
    ]
