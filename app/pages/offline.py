"""What a browser keeps for the time without a connection, and when it must fetch it anew.

The rules of keeping are in assets/js/service_worker.js; this says what they are about.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from app.languages import LANGUAGES, speaking

WORKER = "service_worker.js"
# Below each language. How to reach us, what to do in an emergency, and what stands for every other page.
KEPT_PAGES = ("contact", "help/emergencies", "offline")
FILES = ("letterbox.css", "letterbox.rtl.css", "letterbox.js", "favicon.svg")


def script(pages: Sequence[str], tags: Sequence[str]) -> str:
    """The service worker for these pages and languages. It changes when anything of it does, and only then."""
    asset = current_app.jinja_env.globals["asset"]
    files = [asset(name) for name in FILES]  # type: ignore[operator]
    told = {"pages": list(pages), "files": files, "words": {tag: _kept_words(tag) for tag in tags}}
    code = (Path(current_app.static_folder or "") / WORKER).read_text("utf-8")
    version = hashlib.sha256((json.dumps(told, sort_keys=True) + code).encode()).hexdigest()[:12]
    return f"self.LETTERBOX={json.dumps({'version': version, **told})};\n{code}"


def _kept_words(tag: str) -> str:
    """What stands above a page that is shown from the browser's own store."""
    assert tag in LANGUAGES
    with speaking(tag):
        # Translators: above a page that the phone kept, shown while there is no internet
        return _("You are not connected. This is how the page was when you last had a connection.")
