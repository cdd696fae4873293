"""A walk over the public site: from its front door along every link, each address once."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.laws.page_laws import page_of

SITE = "http://localhost"
# What takes long to make: that there is such an address is asked, the file is not.
HEAVY = ("/as/audio", "/as/large-print", "/as/standard-print")
LINKS = "//a/@href | //link/@href | //form[not(@method) or @method='get']/@action | //img/@src | //script/@src"
LINKS += " | //video/@src | //source/@src | //track/@src | //video/@poster"


@dataclass(frozen=True)
class Link:
    """``on`` the page where it stands; ``to`` a path of ours with its question, and ``fragment``."""

    on: str
    to: str
    fragment: str


@dataclass
class Walk:
    """What was seen: the pages as they were answered and parsed, other files by their status, links out of the site."""

    pages: dict[str, tuple[TestResponse, Any]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    leads_to: dict[str, str] = field(default_factory=dict)  # where an address sends its reader
    links: list[Link] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)
    past: Collection[str] = ()  # languages that are not walked

    def passes_by(self, address: str) -> bool:
        return address.split("/")[1] in self.past

    def end_of(self, address: str) -> str:
        """The address at which a reader arrives."""
        for _step in range(5):
            if address not in self.leads_to:
                return address
            address = self.leads_to[address]
        raise AssertionError(f"{address} leads round and round")


def walk(client: FlaskClient, *doors: str, past: Collection[str] = ()) -> Walk:
    """Every address that can be reached from the doors by following links. Languages in ``past`` are passed by."""
    seen, waiting, known = Walk(past=past), deque(doors), set(doors)
    while waiting:
        address = waiting.popleft()
        for found in _look(client, address, seen):
            if found not in known and not seen.passes_by(found):
                known.add(found)
                waiting.append(found)
    return seen


def _look(client: FlaskClient, address: str, seen: Walk) -> Iterator[str]:
    is_file = address.startswith("/static/") or any(heavy in address for heavy in HEAVY)
    if is_file and any(heavy in address for heavy in HEAVY):
        adapter = client.application.url_map.bind("localhost")
        adapter.match(urlsplit(address).path)  # raises NotFound
        seen.statuses[address] = 200
        return
    response = client.head(address) if is_file else client.get(address)
    seen.statuses[address] = response.status_code
    if response.status_code in (301, 302, 303, 308):
        to = _inside(response.headers["Location"], address, seen)
        if to is None:  # out of the site, as whoever leaves in a hurry
            seen.statuses[address] = 200
        else:
            seen.leads_to[address] = to.to
            yield to.to
    elif response.mimetype == "text/html" and not is_file:
        page = page_of(response)
        seen.pages[address] = response, page
        for href in page.xpath(LINKS):
            link = _inside(href, address, seen)
            if link is not None and not seen.passes_by(link.to):
                seen.links.append(link)
                yield link.to
    response.close()


def _inside(href: str, on: str, seen: Walk) -> Link | None:
    """The link, where it stays on this site."""
    parts = urlsplit(urljoin(SITE + on, href))
    if parts.scheme in ("tel", "sms", "mailto", "data", "webcal"):
        return None
    if parts.hostname not in ("localhost", "127.0.0.1"):
        seen.outside.add(href)
        return None
    return Link(on, parts.path + (f"?{parts.query}" if parts.query else ""), parts.fragment)
