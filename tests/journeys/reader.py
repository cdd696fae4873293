"""A person at a web form, without a browser: sees the page's fields, fills in what is named, presses the button."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.laws.page_laws import assert_page_laws, words_of


class Reader:
    """Every page that is shown is held against the page laws. Redirects are followed as a browser would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: Any = None
        self.response: TestResponse
        self.path = ""

    def open(self, path: str) -> "Reader":
        return self._see(self.client.get(path, follow_redirects=True))

    def answer(self, **answers: str | list[str] | None) -> "Reader":
        """Fill in these fields, leave the others as they are, press the button. None leaves a choice open."""
        return self._see(self.client.post(self.path, data=self.filled_in(**answers), follow_redirects=True))

    def press(self) -> "Reader":
        return self.answer()

    def filled_in(self, **answers: str | list[str] | None) -> dict[str, Any]:
        """What a browser would send."""
        data = self.fields()
        for name, value in answers.items():
            assert self.page.xpath("//form//*[@name=$name]", name=name), f"{self.path} does not ask {name}"
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
        return data

    def fields(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for field in self.page.xpath("//main//form//input | //main//form//textarea"):
            kind = field.get("type")
            if field.tag == "textarea":
                data[field.get("name")] = (field.text or "").removeprefix("\n")
            elif kind == "checkbox" and field.get("checked") is not None and field.get("name") in data:
                data[field.get("name")] = [*_several(data[field.get("name")]), field.get("value", "")]
            elif kind not in ("radio", "checkbox") or field.get("checked") is not None:
                data[field.get("name")] = field.get("value", "")
        for option in self.page.xpath("//main//form//select/option[@selected]"):
            data[option.getparent().get("name")] = option.get("value", "")
        return data

    def follow(self, words: str) -> "Reader":
        """Follow the link whose words are these, or end with these, or hold these."""
        links = [link for link in self.page.xpath("//a") if words in words_of(link)]
        links = [link for link in links if words_of(link).endswith(words)] or links
        assert len(links) == 1, f"{len(links)} links say {words!r}"
        return self.open(links[0].get("href"))

    @property
    def heading(self) -> str:
        return words_of(self.page.xpath("//h1")[0])

    @property
    def words(self) -> str:
        return words_of(self.page.xpath("//main")[0])

    @property
    def mistakes(self) -> list[str]:
        return [words_of(link) for link in self.page.xpath("//*[contains(@class, 'error-summary__list')]//a")]

    @property
    def summary(self) -> dict[str, str]:
        """The check page: question → answer, lines kept."""
        rows = {}
        for row in self.page.xpath("//dl/div"):
            answer = row.xpath("./dd[1]")[0]
            for line_end in answer.xpath(".//br"):
                line_end.tail = "\n" + (line_end.tail or "")
            rows[words_of(row.xpath("./dt")[0])] = answer.text_content().strip()
        return rows

    @property
    def reference(self) -> str:
        (shown,) = self.page.xpath("//*[@data-reference]")
        assert words_of(shown) == shown.get("data-reference")
        return str(shown.get("data-reference"))

    def _see(self, response: TestResponse) -> "Reader":
        self.response, self.path = response, response.request.path
        self.page = assert_page_laws(response)
        return self


def _several(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
