"""Pages that a process keeps once it has made them. Pure: what may be kept, and for whom it is the same page."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import brotli

# Pages without a form and without a session, the same for everybody whose key is the same. A page is added here on
# purpose: one that shows what only its reader may see would else be shown to the next.
KEPT = {
    "pages.home",
    "pages.contact",
    "pages.accessibility",
    "pages.privacy",
    "pages.standards",
    "pages.help_index",
    "pages.help_page",
    "notices.see_all",
    "notices.see_one",
}
MOST_PAGES = 400  # of about 30 kB, packed ones included, in each process
BROTLI_LEVEL = 9  # packed once and sent often
K = TypeVar("K", bound=Hashable)


@dataclass
class KeptPage:
    """One page as it was made, and packed when somebody first asks for it so. ``state`` is what it was true for."""

    state: Hashable
    body: bytes
    said: tuple[tuple[str, str], ...] = ()  # headers of its own
    packed: dict[str, bytes] = field(default_factory=dict)
    tag: str = field(init=False)  # names the content, for browsers that ask whether it has changed

    def __post_init__(self) -> None:
        self.tag = hashlib.sha256(self.body).hexdigest()[:24]

    def as_sent(self, encoding: str) -> bytes:
        """Its bytes packed in one of ``PACKED_AS``; for any other word, as they are."""
        if encoding not in self.packed and encoding in _PACKERS:
            self.packed[encoding] = _PACKERS[encoding](self.body)
        return self.packed.get(encoding, self.body)


_PACKERS = {
    "br": lambda body: brotli.compress(body, quality=BROTLI_LEVEL, mode=brotli.MODE_TEXT),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
PACKED_AS = tuple(_PACKERS)  # the smaller one first


class Shelf(Generic[K]):
    """Keeps the pages that were asked for last. One that is no longer true makes room for the next at its place."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._pages: OrderedDict[K, KeptPage] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: K, state: Hashable) -> KeptPage | None:
        """The page, if it is still true."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.state != state:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: K, page: KeptPage) -> None:
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)

    def __len__(self) -> int:
        return len(self._pages)
