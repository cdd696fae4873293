"""Walks through the site's pages as a person does, and hands over each page and state on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request, Response

MAIN = "main"
SEND = f"{MAIN} form [type=submit]"
ASKED = f"{MAIN} form :is(input:not([type=hidden]), textarea, select)"
MOST_STEPS = 40

# By the field's name. What no walk is asked is not typed.
COMPLAINT: dict[str, str] = {
    "who": "customer",
    "representing_name": "Jan Nowak",
    "representing_relation": "I am his daughter.",
    "representing_permission": "yes",
    "about_banding": "no",
    "what_happened": "The lift has been broken for three weeks.\nI cannot carry my shopping up.",
    "how_long_ago": "within-12-months",
    "when_happened": "Since the start of November",
    "outcome_sought": "Please repair the lift & tell me <when>.",
    "raised_before": "yes",
    "raised_before_details": "I rang on 5 November.",
    "name": "Anna Nowak",
    "address_line_1": "1 High Street",
    "address_line_2": "",
    "town": "Exeter",
    "postcode": "EX1 1AA",
    "country": "",
    "contact_channel": "letter",
    "email": "anna.nowak@tenant.example",
    "phone": "07700 900123",
    "may_leave_messages": "yes",
    "safe_times": "After 6 in the evening",
    "needs_interpreter": "yes",
    "interpreter_language": "Polish",
    "format": "standard-print",
    "point_size": "24",
    "braille_grade": "2",
    "consent": "yes",
}
# Together these are asked every question of a complaint.
TENANT_BY_PHONE_IN_BRAILLE = {**COMPLAINT, "contact_channel": "phone", "format": "braille"}
REPRESENTATIVE_BY_EMAIL_IN_LARGE_PRINT = {
    **COMPLAINT,
    "who": "representative",
    "contact_channel": "email",
    "format": "large-print",
}
APPLICANT_BY_LETTER_AS_SOUND = {**COMPLAINT, "who": "housing-applicant", "format": "audio"}
WAYS = (TENANT_BY_PHONE_IN_BRAILLE, REPRESENTATIVE_BY_EMAIL_IN_LARGE_PRINT, APPLICANT_BY_LETTER_AS_SOUND)


@dataclass
class Stop:
    """One page in one state: ``empty``, ``error``, ``answered``, ``check``, ``received``, ``page``."""

    address: str
    state: str
    html: str = field(repr=False)  # as the server sent it
    status: int = 200

    @property
    def name(self) -> str:
        return f"{self.address.strip('/').replace('/', '.') or 'root'}.{self.state}"


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
        # The browser itself reports every answer of 4xx, which a page with a mistake is.
        if said.type in ("error", "warning") and "Failed to load resource" not in said.text:
            self.complaints_of_browser.append(said.text)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.asked_outside.append(request.url)

    def _remember(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self._documents.append(response)

    def look(self, state: str) -> Stop:
        """What is in the window now."""
        document = self._documents[-1]
        address = document.url.removeprefix(self.site).partition("?")[0]
        return Stop(address, state, document.text(), document.status)

    def visit(self, address: str) -> Stop:
        self.page.goto(self.site + address)
        return self.look("page")

    def complain(self, language: str, answers: dict[str, str], *, with_mistakes: bool = True) -> Iterator[Stop]:
        """From the first question to the received page; at each question once without an answer, first."""
        self.page.goto(f"{self.site}/{language}/complaint")
        for _ in range(MOST_STEPS):
            if "/received" in self.page.url:
                yield self.look("received")
                return
            if "/check" in self.page.url:
                yield self.look("check")
                self.send()
                continue
            if not self.page.locator(ASKED).count():
                yield self.look("ending")
                return
            yield self.look("empty")
            if with_mistakes and self.is_refused_when_empty():
                yield self.look("error")
            self.answer(answers)
            self.send()
        raise AssertionError(f"the walk never ended; it is at {self.page.url}")

    def is_refused_when_empty(self) -> bool:
        """Send the page as it came. Where that is taken, go back to it."""
        before = self.page.url
        self.send()
        if self._documents[-1].status == 422:
            return True
        self.page.goto(before)
        return False

    def answer(self, answers: dict[str, str]) -> None:
        """Answer every question on the page: those shown only after another's answer too."""
        names = self.page.eval_on_selector_all(ASKED, "all => [...new Set(all.map(each => each.name))]")
        for name in names:
            fields = self.page.locator(f'{MAIN} form [name="{name}"]')
            if fields.first.get_attribute("type") == "radio":
                wanted = answers.get(name) or fields.first.get_attribute("value")
                self.page.locator(f'{MAIN} form [name="{name}"][value="{wanted}"]').check()
            else:
                fields.first.fill(answers[name])

    def send(self) -> None:
        with self.page.expect_navigation():
            self.page.locator(SEND).first.click()
