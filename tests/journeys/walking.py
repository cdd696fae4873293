"""Walks through the site's pages as a person does, and hands over each page and state on the way."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.journeys.every_form import ANSWERS, Answers, fields_by_page
from tests.journeys.filling import asks_something, filled

MAIN = "main"
ASKED = f"{MAIN} form :is(input:not([type=hidden]):not([tabindex='-1']), textarea, select)"
MOST_STEPS = 80
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

COMPLAINT: Answers = ANSWERS
TENANT_BY_PHONE_IN_BRAILLE: Answers = {**ANSWERS, "contact_channel": "phone", "format": "braille"}
REPRESENTATIVE_BY_EMAIL_IN_LARGE_PRINT: Answers = {
    **ANSWERS,
    "who": "representative",
    "contact_channel": "email",
    "format": "large-print",
}


@dataclass
class Stop:
    """One page in one state: ``empty``, ``error``, ``answered``, ``check``, ``received``, ``ending``, ``page``."""

    address: str
    state: str
    html: str = field(repr=False)  # as the server sent it
    status: int = 200

    @property
    def name(self) -> str:
        return f"{self.address.strip('/').replace('/', '.') or 'root'}.{self.state}"

    @property
    def slug(self) -> str:
        return self.address.removesuffix("/change").rpartition("/")[2]


# The browser reports every answer of 4xx, which a page with a mistake is; the rig keeps pages only where a test asks.
OF_NO_MATTER = ("Failed to load resource", "Service Worker registration blocked by Playwright")


class Walker:
    """Steps from page to page in one window."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.asked_outside: list[str] = []  # addresses that a page asked for elsewhere
        self.complaints_of_browser: list[str] = []
        self._documents: list[Response] = []
        page.on("response", self._remember)
        page.on("request", self._watch)
        page.on("console", self._hear)
        page.on("pageerror", lambda problem: self.complaints_of_browser.append(str(problem)))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not said.text.startswith(OF_NO_MATTER):
            self.complaints_of_browser.append(said.text)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.asked_outside.append(request.url)

    def _remember(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self._documents.append(response)

    def look(self, state: str) -> Stop:
        """What is in the window now."""
        document = self._documents[-1]
        address = document.url.removeprefix(self.site).partition("?")[0]
        return Stop(address, state, document.text(), document.status)

    def visit(self, address: str, state: str = "page") -> Stop:
        self.page.goto(address if address.startswith("http") else self.site + address)
        return self.look(state)

    def walk(
        self, form: str, language: str, answers: Answers, *, unseen: Collection[str] = (), by_hand: bool = True
    ) -> Iterator[Stop]:
        """From the first question to the received page, in the window; the pages ``unseen`` are answered beside it.

        Each page is handed over as it comes. ``by_hand``: answered by clicks and keys, else beside the window.
        """
        here = self._get(f"/{language}/{form}")
        for _ in range(MOST_STEPS):
            if here.slug in unseen:
                here = self._answer_unseen(here, answers)
                continue
            here = self.visit(here.address, _state(here))
            yield here
            if here.state in ("received", "ending"):
                return
            if by_hand or here.state == "check":
                self.answer(answers)
                self.send()
                here = self.look("empty")
            else:
                here = self._answer_unseen(here, answers)
        raise AssertionError(f"the walk never ended; it is at {self.page.url}")

    def to_check(self, form: str = "complaint", language: str = "en", answers: Answers = ANSWERS) -> Stop:
        """Answer everything beside the window, then look at the page from which it is sent."""
        here = self._get(f"/{language}/{form}")
        for _ in range(MOST_STEPS):
            if _state(here) == "check":
                return self.visit(here.address, "check")
            here = self._answer_unseen(here, answers)
        raise AssertionError(f"the walk never came to the check page; it is at {here.address}")

    def pass_by(self, answers: Answers) -> Stop:
        """Answer the page in the window beside it, and go where that leads."""
        here = self._answer_unseen(self._get(urlsplit(self.page.url).path), answers)
        return self.visit(here.address, _state(here))

    def every_page(
        self, form: str, language: str, ways: Sequence[Answers], seen: set[str], *, with_answers: bool = False
    ) -> Iterator[Stop]:
        """Every page of the form that is not ``seen`` (slugs; added to), empty and with mistakes; then what follows.

        ``with_answers``: where an answer opens another question, also answered.
        Each further way is walked in the same draft, from the answers in which it differs.
        """
        here = self._get(f"/{language}/{form}")
        for number, answers in enumerate(ways):
            if number:
                here = self._take_another_way(f"/{language}/{form}", ways[number - 1], answers) or here
            while _state(here) == "empty":
                if here.slug not in seen:
                    seen.add(here.slug)
                    yield from self._empty_and_with_mistakes(here)
                    after = self._answer_unseen(here, answers)
                    if with_answers and "data-aria-controls" in here.html:  # an answer opens another question
                        yield self.visit(here.address, "answered")
                else:
                    after = self._answer_unseen(here, answers)
                here = after
            if _state(here) == "ending":
                seen.add(here.slug)
                yield self.visit(here.address, "ending")
        yield self._back_to_check(f"/{language}/{form}", ways)
        self.send()
        yield self.look("received")

    def _empty_and_with_mistakes(self, here: Stop) -> Iterator[Stop]:
        yield self.visit(here.address, "empty")
        if asks_something(here.html, here.address):
            self.send()
            if self._documents[-1].status == 422:
                yield self.look("error")

    def _take_another_way(self, form: str, before: Answers, answers: Answers) -> Stop | None:
        """Change the answers that differ, where they are asked; gives where that leads."""
        different = {name for name in {*before, *answers} if before.get(name) != answers.get(name)}
        here = None
        for slug, asked in fields_by_page(form.rpartition("/")[2]).items():
            if asked & different:
                page = self._get(f"{form}/{slug}/change")
                if page.slug == slug:  # else it does not apply
                    here = self._answer_unseen(page, answers)
        return here

    def _back_to_check(self, form: str, ways: Sequence[Answers]) -> Stop:
        self._take_another_way(form, ways[-1], ways[0])
        here = self._get(f"{form}/check")
        for _ in range(MOST_STEPS):
            if _state(here) == "check":
                return self.visit(here.address, "check")
            here = self._answer_unseen(here, ways[0])
        raise AssertionError(f"the walk never came to the check page; it is at {here.address}")

    def _get(self, address: str) -> Stop:
        """The page that stands at the address, beside the window, with its cookies."""
        answer = self.page.request.get(self.site + address)
        return self._seen_beside(answer.url, answer.text(), answer.status)

    def _answer_unseen(self, here: Stop, answers: Answers) -> Stop:
        """Answer the page beside the window; gives where that leads."""
        body = urlencode(filled(here.html, here.address, answers))
        answer = self.page.request.post(self.site + here.address, data=body, headers=FORM)
        assert answer.status == 200, (
            f"{here.address} was not taken: {answer.status} {filled(here.html, here.address, answers)}"
        )
        return self._seen_beside(answer.url, answer.text(), answer.status)

    def _seen_beside(self, url: str, html: str, status: int) -> Stop:
        return Stop(url.removeprefix(self.site).partition("?")[0], "empty", html, status)

    def answer(self, answers: Answers) -> None:
        """Answer every question in the window by hand: those shown only after another's answer too."""
        for name, value in filled(self.page.content(), urlsplit(self.page.url).path, answers):
            fields = self.page.locator(f'{MAIN} form [name="{name}"]')
            kind = fields.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                self.page.locator(f'{MAIN} form [name="{name}"][value="{value}"]').check()
            elif kind != "hidden" and fields.first.is_visible():
                fields.first.fill(value)

    def send(self) -> None:
        with self.page.expect_navigation():
            self.page.locator(button_of(self.page)).last.click()


def button_of(page: Page) -> str:
    """The selector of the button that goes on from here: of the page's own form, where it has others too."""
    path = urlsplit(page.url).path
    own = f'{MAIN} form[action="{path}"] [type=submit]'
    return own if page.locator(own).count() else f"{MAIN} form [type=submit]"


def _state(here: Stop) -> str:
    if here.slug in ("received", "check"):
        return here.slug
    return "empty" if 'method="post"' in here.html.partition("<main")[2] else "ending"
